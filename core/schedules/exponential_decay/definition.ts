import { bool, float, int } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "exponential_decay",
  schema: {
    decay_steps: int({ default: 1000, min: 1, max: 1_000_000_000 }),
    decay_rate: float({ default: 0.96, min: 0, max: 1, exclusiveMin: true }),
    staircase: bool({ default: false }),
  },
  texts: {
    en: {
      label: "Exponential decay",
      summary: "Falls by the same share in the same number of steps.",
      fields: {
        decay_steps: { label: "Decay steps", help: "Steps in which it falls by the decay rate." },
        decay_rate: { label: "Decay rate", help: "What is left of it after that many steps." },
        staircase: { label: "Staircase", help: "Falls at once at the end of those steps, and not a little at each." },
      },
    },
    zh: {
      label: "指数衰减",
      summary: "每经过相同步数，按相同比例下降。",
      fields: {
        decay_steps: { label: "衰减步数", help: "下降一个衰减率所需的步数。" },
        decay_rate: { label: "衰减率", help: "经过这么多步之后剩下的比例。" },
        staircase: { label: "阶梯式", help: "到步数时一次下降，而不是每步下降一点。" },
      },
    },
  },
  keras: "ExponentialDecay",
} satisfies ScheduleDefinition;
