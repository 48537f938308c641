/** What a step does to its columns: their figures and first values just before and just after it, for the eye. */
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { momentWords } from "../schema/times-of-day.ts";
import { presentCategories, recode } from "../steps/categories.ts";
import { sortClasses } from "../steps/order.ts";
import type { StepColumn, StepTarget } from "../steps/step.ts";
import { chooseRows } from "./filter/choose-rows.ts";
import { filterTable } from "./filter/filter-table.ts";
import { type ColumnGroups, columnsOfTable, fitSteps, takeRows } from "./pipeline.ts";
import { isMissingAt } from "./series-parts.ts";
import type { Table } from "./table.ts";
import { className, classNames } from "./targets.ts";

export interface ColumnLook {
  name: string;
  kind: StepColumn["kind"];
  missing: number;
  mean: number | null;
  deviation: number | null;
  /** Of numbers: rows in bins of equal width; of classes: rows of the most frequent, names beside. */
  counts: number[];
  labels: string[];
  first: string[];
}
export interface StepEffect {
  rows: number;
  columns: { name: string; before: ColumnLook[]; after: ColumnLook[] }[];
}

const BINS = 20;
const FIRST = 5;
/** Rows that are looked at. */
export const EFFECT_MOST_ROWS = 5000;
/** Columns that are shown, and parts that one became. */
const MOST_COLUMNS = 12;

/**
 * Learnt here from the first rows that the filter keeps: a look, not the preparation itself.
 * @param table columns that the steps up to this one name, and the target
 */
export function stepEffect(given: Table, data: DataDocument, place: number): StepEffect {
  const table = filterTable(chooseRows(given, data), { columns: data.columns, filter: data.filter });
  const steps = data.steps.slice(0, place + 1);
  const step = steps[place];
  if (step === undefined) throw new AppError("data.step_gone", { place: place + 1 });
  const named = new Set(steps.flatMap(({ columns }) => columns));
  const targets = new Set(data.columns.filter(({ role }) => role === "target").map(({ name }) => name));
  const documents = data.columns.filter(({ name, role }) => (named.has(name) || targets.has(name)) && role !== "ignored");
  const all = columnsOfTable(table, documents);
  const first = Uint32Array.from({ length: Math.min(table.rowCount, EFFECT_MOST_ROWS) }, (_, row) => row);
  // As in a training: nothing is learnt from rows without a target, but of a series each row stays.
  const answers = [...targets].flatMap((name) => all.get(name) ?? []);
  const taught = data.window === undefined ? first.filter((row) => !answers.some((answer) => isMissingAt(answer, row))) : first;
  const groups = takeRows(all, taught.length === 0 ? first : taught);
  const known = new Set(data.columns.map(({ name }) => name));
  const target = (): StepTarget | null => targetIn(groups, targets, data.class_count !== null);
  fitSteps(steps.slice(0, place), groups, targets, known, target);
  const before: ColumnGroups = new Map(groups);
  fitSteps([step], groups, targets, known, target);
  return {
    rows: taught.length === 0 ? first.length : taught.length,
    columns: step.columns.slice(0, MOST_COLUMNS).flatMap((name) => {
      const [was, is] = [before.get(name), groups.get(name)];
      return was === undefined || is === undefined
        ? []
        : [{ name, before: was.slice(0, MOST_COLUMNS).map(look), after: is.slice(0, MOST_COLUMNS).map(look) }];
    }),
  };
}

/** Only what the step and those before it work on need be read. */
export function columnsOfEffect(data: DataDocument, place: number): DataDocument["columns"] {
  const named = new Set(data.steps.slice(0, place + 1).flatMap(({ columns }) => columns));
  return data.columns.map((column) => (named.has(column.name) || column.role === "target" ? column : { ...column, role: "ignored" }));
}

/** @param isClasses whether the network takes the target for classes, also where it is numbers */
function targetIn(groups: ColumnGroups, targets: ReadonlySet<string>, isClasses: boolean): StepTarget | null {
  const [name] = targets;
  const column = name === undefined || targets.size > 1 ? undefined : groups.get(name)?.[0];
  if (column?.kind === "number") {
    const classes = isClasses && !column.values.some(Number.isNaN) ? classNames([column]) : null;
    if (classes === null) return { kind: "numbers", values: column.values };
    return { kind: "classes", codes: Int32Array.from(column.values, (value) => classes.indexOf(className(value))), classes };
  }
  if (column?.kind !== "category" || column.codes.includes(-1)) return null;
  const classes = sortClasses(presentCategories(column));
  return { kind: "classes", codes: recode(column, classes), classes };
}

function look(column: StepColumn): ColumnLook {
  const plain = { name: column.name, kind: column.kind, missing: 0, mean: null, deviation: null, counts: [], labels: [], first: [] };
  switch (column.kind) {
    case "number":
    case "date":
      return { ...plain, ...lookAtNumbers(column.values, column.kind === "date") };
    case "category":
      return { ...plain, ...lookAtCodes(column.codes, column.categories) };
    case "one_hot":
      return { ...plain, ...lookAtCodes(column.codes, column.names) };
    case "text":
      return {
        ...plain,
        missing: column.values.filter((value) => value === null).length,
        first: column.values.slice(0, FIRST).map((value) => value ?? ""),
      };
    case "tensor": {
      const width = column.shape.reduce((product, length) => product * length, 1);
      const first = Array.from({ length: Math.min(FIRST, column.values.length / Math.max(1, width)) }, (_, row) =>
        [...column.values.subarray(row * width, row * width + 8)].map(short).join(" "),
      );
      return { ...plain, ...lookAtNumbers(Float64Array.from(column.values.subarray(0, 200_000)), false), first };
    }
    default:
      return plain;
  }
}

const short = (value: number): string => (Number.isNaN(value) ? "" : String(Number(value.toPrecision(5))));

function lookAtNumbers(values: Float64Array, isDate: boolean): Partial<ColumnLook> {
  const present = values.filter((value) => Number.isFinite(value));
  const first = [...values.subarray(0, FIRST)].map((value) => (isDate && Number.isFinite(value) ? momentWords(value) : short(value)));
  const missing = values.length - present.length;
  if (present.length === 0) return { missing, first };
  const low = present.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = present.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const counts = new Array<number>(BINS).fill(0);
  for (const value of present) {
    const bin = high === low ? 0 : Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length);
  return { missing, counts, labels: [short(low), short(high)], first, ...(isDate ? {} : { mean, deviation }) };
}

function lookAtCodes(codes: Int32Array, names: readonly string[]): Partial<ColumnLook> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const frequent = [...counts].filter(([code]) => code >= 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return {
    missing: counts.get(-1) ?? 0,
    counts: frequent.slice(0, BINS).map(([, count]) => count),
    labels: frequent.slice(0, 3).map(([code]) => names[code] ?? ""),
    first: [...codes.subarray(0, FIRST)].map((code) => names[code] ?? ""),
  };
}
