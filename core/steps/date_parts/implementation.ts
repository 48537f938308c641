/**
 * Date parts: year, month, day, weekday (Monday is 0, as in Python), hour and minute of a date, in UTC and by the Gregorian
 * calendar; a column of month names becomes its month's number. Nothing is learnt but what kind of column it was.
 */
import type { CategoryColumn } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { presentCategories } from "../categories.ts";
import { columnByColumn, numbersOf, type StepColumn } from "../step.ts";
import definition from "./definition.ts";

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const PARTS: Readonly<Record<keyof typeof definition.schema, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  weekday: (date) => (date.getUTCDay() + 6) % 7,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
};

export default columnByColumn<typeof definition.schema, { readonly kind: "date" | "month_name" }>(definition, {
  fit: (column, config) => {
    if (column.kind === "category") {
      for (const name of presentCategories(column))
        if (Number.isNaN(monthNumber(name))) {
          const row = 1 + column.codes.indexOf(column.categories.indexOf(name));
          throw new AppError("data.not_a_month", { column: column.name, value: name, row });
        }
      return { kind: "month_name" };
    }
    if (partsOf(config).length === 0) throw new AppError("data.no_date_parts", { column: column.name });
    return { kind: "date" };
  },
  apply: (column, { kind }, config) => {
    if ((column.kind === "category") !== (kind === "month_name"))
      throw new AppError("data.column_type_changed", {
        column: column.name,
        expected: kind === "date" ? "date" : "categorical",
        received: column.kind === "category" ? "categorical" : "date",
      });
    return column.kind === "category" ? months(column) : datesApart(column, config);
  },
});

function partsOf(config: ConfigOf<typeof definition.schema>): (keyof typeof PARTS)[] {
  return (Object.keys(PARTS) as (keyof typeof PARTS)[]).filter((part) => config[part]);
}

function datesApart(column: StepColumn, config: ConfigOf<typeof definition.schema>): StepColumn[] {
  const dates = numbersOf(column);
  return partsOf(config).map((part) => ({
    kind: "number",
    name: `${column.name}.${part}`,
    // A missing date is an invalid Date, whose parts are all NaN.
    values: dates.map((time) => PARTS[part](new Date(time))),
  }));
}

function months(column: CategoryColumn): StepColumn {
  const numbers = column.categories.map(monthNumber);
  return {
    kind: "number",
    name: column.name,
    values: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : (numbers[code] as number))),
  };
}

/** 1 … 12, or NaN for what is not a month. */
function monthNumber(name: string): number {
  const word = name.trim().toLowerCase().replace(/\.$/, "");
  const chinese = /^(\d{1,2})月$/.exec(word);
  if (chinese !== null) {
    const number = Number(chinese[1]);
    return number >= 1 && number <= 12 ? number : Number.NaN;
  }
  const place = MONTHS.findIndex((month) => word === month || word === month.slice(0, 3) || (word === "sept" && month === "september"));
  return place < 0 ? Number.NaN : place + 1;
}
