import { bool, float, optionalInt } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "polynomial_decay",
  schema: {
    decay_steps: optionalInt({ min: 1, max: 1_000_000_000 }),
    end_learning_rate: float({ default: 0.0001, min: 0, max: 100 }),
    power: float({ default: 1, min: 0, max: 100, exclusiveMin: true }),
    cycle: bool({ default: false, advanced: true }),
  },
  texts: {
    en: {
      label: "Polynomial decay",
      summary: "Goes to an end value along a power; with power 1 in a straight line.",
      fields: {
        decay_steps: { label: "Decay steps", help: "Steps until the end value is reached. Empty: the whole run." },
        end_learning_rate: { label: "End value", help: "The learning rate it ends with." },
        power: { label: "Power", help: "1 is a straight line; more falls faster at first." },
        cycle: { label: "Cycle", help: "Starts again, over a longer stretch, when the end is reached." },
      },
    },
    zh: {
      label: "多项式衰减",
      summary: "沿幂函数走向终值；幂为 1 时是直线。",
      fields: {
        decay_steps: { label: "衰减步数", help: "到达终值所需的步数。留空表示整个训练过程。" },
        end_learning_rate: { label: "终值", help: "最终的学习率。" },
        power: { label: "幂", help: "1 为直线；越大则起初下降越快。" },
        cycle: { label: "循环", help: "到达终点后在更长的区间上重新开始。" },
      },
    },
  },
  keras: "PolynomialDecay",
} satisfies ScheduleDefinition;
