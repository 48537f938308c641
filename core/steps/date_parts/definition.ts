/** Date parts: numbers from dates, and from names of months. */
import { bool } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "date_parts",
  schema: {
    year: bool({ default: true }),
    month: bool({ default: true }),
    day: bool({ default: true }),
    weekday: bool({ default: true }),
    hour: bool({ default: false }),
    minute: bool({ default: false }),
  },
  takes: ["date", "category"],
  onTargets: false,
  texts: {
    en: {
      label: "Date parts",
      summary: "Takes a date apart into numbers; a column with names of months (July, Jul, 7月) becomes 1 to 12.",
      fields: {
        year: { label: "Year", help: "2015" },
        month: { label: "Month", help: "1 to 12" },
        day: { label: "Day", help: "Day of the month, 1 to 31" },
        weekday: { label: "Weekday", help: "0 is Monday, 6 is Sunday" },
        hour: { label: "Hour", help: "0 to 23" },
        minute: { label: "Minute", help: "0 to 59" },
      },
    },
    zh: {
      label: "日期拆分",
      summary: "把日期拆成数；月份名称列（July、Jul、7月）变成 1 到 12。",
      fields: {
        year: { label: "年", help: "2015" },
        month: { label: "月", help: "1 到 12" },
        day: { label: "日", help: "一个月中的第几天，1 到 31" },
        weekday: { label: "星期", help: "0 是星期一，6 是星期日" },
        hour: { label: "小时", help: "0 到 23" },
        minute: { label: "分钟", help: "0 到 59" },
      },
    },
  },
});
