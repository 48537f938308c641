/**
 * lr · (step + 1) / warm-up, so that the first step moves too (Vaswani et al. 2017, equation 3, which goes on as 1/√step);
 * linear and cosine end at 0 after the last step (Hugging Face's get_linear_schedule_with_warmup and its like).
 */
import type { ScheduleImplementation } from "../schedule.ts";

export default {
  rate: (config, { base, step, totalSteps }) => {
    const warmUp = config["warmup_steps"] as number;
    if (step < warmUp) return (base * (step + 1)) / warmUp;
    const passed = Math.min(1, (step - warmUp) / Math.max(1, totalSteps - warmUp));
    if (config["decay"] === "linear") return base * (1 - passed);
    if (config["decay"] === "cosine") return base * 0.5 * (1 + Math.cos(Math.PI * passed));
    return config["decay"] === "inverse_square_root" ? base * Math.sqrt(warmUp / (step + 1)) : base;
  },
} satisfies ScheduleImplementation;
