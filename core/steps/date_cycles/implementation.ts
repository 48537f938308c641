/** Cycles: sine and cosine of 2π times the share of the year, month, week or day that has gone by (UTC); of a number, over its period. */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { columnByColumn, numbersOf, type StepColumn } from "../step.ts";
import definition from "./definition.ts";

const DAY = 86_400_000;
type Part = "year" | "month" | "week" | "day";

/** Share of the cycle gone by at a moment, from 0 to below 1. */
const SHARES: Readonly<Record<Part, (date: Date) => number>> = {
  year: (date) => between(date, Date.UTC(date.getUTCFullYear(), 0), Date.UTC(date.getUTCFullYear() + 1, 0)),
  month: (date) =>
    between(date, Date.UTC(date.getUTCFullYear(), date.getUTCMonth()), Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)),
  week: (date) => (((date.getUTCDay() + 6) % 7) + timeOfDay(date)) / 7,
  day: (date) => timeOfDay(date),
};

const between = (date: Date, start: number, end: number): number => (date.getTime() - start) / (end - start);
const timeOfDay = (date: Date): number => (date.getTime() - Math.floor(date.getTime() / DAY) * DAY) / DAY;

export default columnByColumn<typeof definition.schema, { readonly kind: "date" | "number" }>(definition, {
  fit: (column, config) => {
    if (column.kind === "date" && partsOf(config).length === 0) throw new AppError("data.no_date_parts", { column: column.name });
    return { kind: column.kind === "date" ? "date" : "number" };
  },
  apply: (column, { kind }, config) => {
    if (column.kind !== kind)
      throw new AppError("data.column_type_changed", { column: column.name, expected: kind, received: column.kind });
    const values = numbersOf(column);
    if (kind === "number") return onCircle(column.name, values, (value) => value / config.period);
    return partsOf(config).flatMap((part) => onCircle(`${column.name}.${part}`, values, (time) => SHARES[part](new Date(time))));
  },
});

function partsOf(config: ConfigOf<typeof definition.schema>): Part[] {
  return (Object.keys(SHARES) as Part[]).filter((part) => config[part]);
}

/** What is missing stays missing: NaN has neither sine nor cosine. */
function onCircle(name: string, values: Float64Array, shareOf: (value: number) => number): StepColumn[] {
  const angles = values.map((value) => 2 * Math.PI * shareOf(value));
  return [
    { kind: "number", name: `${name} sin`, values: angles.map(Math.sin) },
    { kind: "number", name: `${name} cos`, values: angles.map(Math.cos) },
  ];
}
