/** Smith & Topin 2018 as PyTorch's OneCycleLR takes it (two phases, cosines); the momentum is left as it is. */
import { type ScheduleImplementation, stepsOr } from "../schedule.ts";

export default {
  rate: (config, { base, step, totalSteps }) => {
    const total = stepsOr(config["total_steps"], totalSteps);
    const start = base / (config["div_factor"] as number);
    const end = start / (config["final_div_factor"] as number);
    const top = (config["pct_start"] as number) * total - 1;
    if (step < top) return along(start, base, step / top);
    return along(base, end, Math.min(1, (step - top) / Math.max(1e-9, total - 1 - top)));
  },
} satisfies ScheduleImplementation;

/** Half a cosine from one value to another; `share` from 0 to 1. */
const along = (from: number, to: number, share: number): number => to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * share));
