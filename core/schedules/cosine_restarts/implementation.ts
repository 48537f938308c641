/** Loshchilov & Hutter 2017, equation 5 (SGDR), as Keras's CosineDecayRestarts takes it. */
import { type ScheduleImplementation, stepsOr } from "../schedule.ts";

export default {
  rate: (config, { base, step, totalSteps }) => {
    const alpha = config["alpha"] as number;
    let period = stepsOr(config["first_decay_steps"], totalSteps);
    let height = 1;
    let since = step;
    while (since >= period) {
      since -= period;
      period *= config["t_mul"] as number;
      height *= config["m_mul"] as number;
    }
    const cosine = 0.5 * height * (1 + Math.cos((Math.PI * since) / period));
    return base * ((1 - alpha) * cosine + alpha);
  },
} satisfies ScheduleImplementation;
