/** Keras's PiecewiseConstantDecay, with values that are powers of one factor (PyTorch's MultiStepLR): a boundary belongs to the piece before it. */
import type { ScheduleImplementation } from "../schedule.ts";

export default {
  rate: (config, { base, step }) => {
    const boundaries = config["boundaries"] as readonly number[];
    let rate = base;
    for (let i = 0; i < boundaries.length; i++) if (step > (boundaries[i] as number)) rate *= config["factor"] as number;
    return rate;
  },
} satisfies ScheduleImplementation;
