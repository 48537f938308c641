/** lr · rate^(step / steps) (Keras's ExponentialDecay). */
import type { ScheduleImplementation } from "../schedule.ts";

export default {
  rate: (config, { base, step }) => {
    const passed = step / (config["decay_steps"] as number);
    return base * (config["decay_rate"] as number) ** (config["staircase"] === true ? Math.floor(passed) : passed);
  },
} satisfies ScheduleImplementation;
