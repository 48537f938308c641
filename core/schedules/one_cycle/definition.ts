import { float, optionalInt } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "one_cycle",
  schema: {
    total_steps: optionalInt({ min: 1, max: 1_000_000_000 }),
    pct_start: float({ default: 0.3, min: 0, max: 1, exclusiveMin: true, exclusiveMax: true }),
    div_factor: float({ default: 25, min: 1, max: 1e9, advanced: true }),
    final_div_factor: float({ default: 10_000, min: 1, max: 1e12, advanced: true }),
  },
  texts: {
    en: {
      label: "One cycle",
      summary: "Rises to the learning rate of the optimizer and falls far below where it began: short runs with a high rate.",
      fields: {
        total_steps: { label: "Total steps", help: "Steps of the cycle. Empty: the whole run." },
        pct_start: { label: "Rising share", help: "Share of the steps in which it rises." },
        div_factor: { label: "Start divisor", help: "It begins at the learning rate divided by this." },
        final_div_factor: { label: "End divisor", help: "It ends at the start divided by this." },
      },
    },
    zh: {
      label: "单周期",
      summary: "先升到优化器的学习率，再降到远低于起点：用高学习率做短训练。",
      fields: {
        total_steps: { label: "总步数", help: "整个周期的步数。留空表示整个训练过程。" },
        pct_start: { label: "上升比例", help: "上升阶段所占的步数比例。" },
        div_factor: { label: "起点除数", help: "起点为学习率除以此值。" },
        final_div_factor: { label: "终点除数", help: "终点为起点除以此值。" },
      },
    },
  },
  keras: "LearningRateSchedule",
} satisfies ScheduleDefinition;
