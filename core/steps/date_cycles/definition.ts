/** Cyclic parts: what comes round again, as a point on a circle. */
import { bool, float } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "date_cycles",
  schema: {
    year: bool({ default: true }),
    month: bool({ default: false }),
    week: bool({ default: true }),
    day: bool({ default: false }),
    period: float({ default: 24, min: 0, exclusiveMin: true, max: 1e12 }),
  },
  takes: ["date", "number"],
  onTargets: false,
  texts: {
    en: {
      label: "Cycles",
      summary:
        "Writes the time of year, month, week or day as sine and cosine, so that December stands beside January. Numbers that come round again are taken too.",
      fields: {
        year: { label: "Time of year", help: "Day of the year, over the days of that year." },
        month: { label: "Time of month", help: "Day of the month, over the days of that month." },
        week: { label: "Time of week", help: "Monday is at the start." },
        day: { label: "Time of day", help: "Hour and minute." },
        period: {
          label: "Period of numbers",
          help: "For columns of numbers: after how much they come round (24 for hours, 12 for months).",
        },
      },
    },
    zh: {
      label: "周期编码",
      summary: "用正弦和余弦表示一年、一月、一周或一天中的时间，使十二月与一月相邻。循环的数也可以。",
      fields: {
        year: { label: "一年中", help: "当年第几天，除以当年天数。" },
        month: { label: "一月中", help: "当月第几天，除以当月天数。" },
        week: { label: "一周中", help: "从星期一开始。" },
        day: { label: "一天中", help: "小时和分钟。" },
        period: { label: "数的周期", help: "用于数值列：每隔多少循环一次（小时为 24，月份为 12）。" },
      },
    },
  },
});
