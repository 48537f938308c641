import { float, shape } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "piecewise",
  schema: {
    boundaries: shape({ default: [1000, 2000], maxRank: 32 }),
    factor: float({ default: 0.1, min: 0, max: 1, exclusiveMin: true }),
  },
  texts: {
    en: {
      label: "Piecewise constant",
      summary: "Multiplied by a factor after each of the given steps.",
      fields: {
        boundaries: { label: "Steps", help: "Last step of each piece." },
        factor: { label: "Factor", help: "What the learning rate is multiplied by at each boundary." },
      },
    },
    zh: {
      label: "分段恒定",
      summary: "在给定的每个步数之后乘以一个系数。",
      fields: {
        boundaries: { label: "步数", help: "每一段的最后一步。" },
        factor: { label: "系数", help: "每到一个边界，学习率乘以此值。" },
      },
    },
  },
  keras: "PiecewiseConstantDecay",
} satisfies ScheduleDefinition;
