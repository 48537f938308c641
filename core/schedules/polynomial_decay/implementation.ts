/** (lr − end) · (1 − step / steps)^power + end (Keras's PolynomialDecay). */
import { type ScheduleImplementation, stepsOr } from "../schedule.ts";

export default {
  rate: (config, { base, step, totalSteps }) => {
    const steps = stepsOr(config["decay_steps"], totalSteps);
    const end = config["end_learning_rate"] as number;
    const stretch = config["cycle"] === true ? steps * Math.max(1, Math.ceil(step / steps)) : steps;
    return (base - end) * (1 - Math.min(step, stretch) / stretch) ** (config["power"] as number) + end;
  },
} satisfies ScheduleImplementation;
