/** Keras's ReduceLROnPlateau, epoch by epoch. */
import type { ScheduleImplementation } from "../schedule.ts";

export default {
  rate: (_, { base }, state) => state.rate ?? base,
  observe: (config, base, state, value) => {
    if (state.cooldown > 0) {
      state.cooldown -= 1;
      state.waited = 0;
    }
    if (state.best === null || value < state.best - (config["min_delta"] as number)) {
      state.best = value;
      state.waited = 0;
      return;
    }
    // Keras asks again after counting down: the last epoch of a cooldown counts.
    if (state.cooldown > 0) return;
    state.waited += 1;
    const rate = state.rate ?? base;
    const least = config["min_lr"] as number;
    if (state.waited < (config["patience"] as number) || rate <= least) return;
    state.rate = Math.max(least, rate * (config["factor"] as number));
    state.cooldown = config["cooldown"] as number;
    state.waited = 0;
  },
} satisfies ScheduleImplementation;
