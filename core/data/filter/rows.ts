/**
 * The rows that a filter keeps, over columns in memory. As in SQL a comparison with what is missing is neither true nor
 * false, and such a row is not kept. Dates compare with texts in ISO 8601, times of day with '13:45'; texts compare by code point.
 */
import { AppError } from "../../errors.ts";
import type { ColumnDocument } from "../../graph/document.ts";
import { isTimeFormat, timeOfText } from "../../schema/times-of-day.ts";
import { compareCodePoints } from "../../steps/order.ts";
import type { Column, Table } from "../table.ts";
import { columnsOfFilter, type Expression, parseFilter } from "./parse.ts";

type Value = number | string | boolean | null;
type Kind = "number" | "text" | "truth" | "date" | "time";

interface Reader {
  readonly kind: Kind;
  readonly at: (row: number) => Value;
  /** The text of a constant: it may yet be a date or a number, by what it is compared with. */
  readonly constant?: string;
}

/**
 * @param table     the columns that the filter names (`columnsOfFilter`)
 * @param documents types of all columns of the data
 * @returns positions of the rows that are kept, ascending
 * @throws AppError data.filter_*
 */
export function filteredRows(table: Table, documents: readonly ColumnDocument[], filter: string): Uint32Array {
  const reader = read(parseFilter(filter), { table, documents });
  if (reader.kind !== "truth") throw new AppError("data.filter_no_condition", { filter });
  const kept = new Uint32Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row += 1) if (reader.at(row) === true) kept[count++] = row;
  return kept.slice(0, count);
}

/** Columns that a filter reads, whatever their role; one that is left out of the training is read all the same. @throws AppError data.filter_* */
export function columnsForFilter(documents: readonly ColumnDocument[], filter: string | undefined): ColumnDocument[] {
  if (filter === undefined) return [];
  return columnsOfFilter(parseFilter(filter)).map((name) => {
    const found = documents.find((column) => column.name === name);
    if (found === undefined) throw unknownColumn(name, documents);
    return found.role === "ignored" ? { ...found, role: "feature" } : found;
  });
}

interface Source {
  readonly table: Table;
  readonly documents: readonly ColumnDocument[];
}

function unknownColumn(name: string, documents: readonly ColumnDocument[]): AppError {
  const lower = name.toLowerCase();
  const near =
    documents.find((column) => column.name.toLowerCase() === lower) ??
    documents.find((column) => column.name.toLowerCase().includes(lower));
  const shown = near === undefined ? documents.slice(0, 8).map((column) => column.name) : [near.name];
  return new AppError("data.filter_unknown_column", { column: name, columns: shown.join(", ") });
}

function read(expression: Expression, source: Source): Reader {
  switch (expression.kind) {
    case "column":
      return readColumn(expression.name, source);
    case "number":
      return { kind: "number", at: () => expression.value };
    case "truth":
      return { kind: "truth", at: () => expression.value };
    case "text":
      return { kind: "text", at: () => expression.value, constant: expression.value };
    case "arithmetic":
      return arithmetic(expression, source);
    case "call":
      return call(expression, source);
    case "comparison":
      return comparison(expression.sign, read(expression.left, source), read(expression.right, source));
    case "in":
      return expression.among
        .map((one) => comparison("=", read(expression.of, source), read(one, source)))
        .reduce((left, right) => combined("or", left, right));
    case "like":
      return like(expression, source);
    case "missing": {
      const of = read(expression.of, source);
      return { kind: "truth", at: (row) => of.at(row) === null };
    }
    case "not": {
      const of = condition(read(expression.of, source));
      return { kind: "truth", at: (row) => negation(of.at(row)) };
    }
    default:
      return combined(expression.kind, condition(read(expression.left, source)), condition(read(expression.right, source)));
  }
}

const negation = (value: Value): Value => (value === null ? null : value !== true);

function readColumn(name: string, { table, documents }: Source): Reader {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw unknownColumn(name, documents);
  return { kind: column.kind === "number" ? kindOfNumbers(documents.find((one) => one.name === name)) : "text", at: cellReader(column) };
}

function kindOfNumbers(document: ColumnDocument | undefined): Kind {
  if (document?.type !== "date") return "number";
  return isTimeFormat(document.date_format) ? "time" : "date";
}

function cellReader(column: Column): (row: number) => Value {
  switch (column.kind) {
    case "number":
      return (row) => {
        const value = column.values[row] as number;
        return Number.isNaN(value) ? null : value;
      };
    case "category":
      return (row) => column.categories[column.codes[row] as number] ?? null;
    case "text":
      return (row) => column.values[row] ?? null;
    default:
      throw new AppError("data.filter_picture", { column: column.name });
  }
}

function condition(reader: Reader): Reader {
  if (reader.kind !== "truth") throw new AppError("data.filter_no_condition", { filter: reader.constant ?? "" });
  return reader;
}

function combined(kind: "and" | "or", left: Reader, right: Reader): Reader {
  const decides = kind === "or";
  return {
    kind: "truth",
    at: (row) => {
      const first = left.at(row);
      if (first === decides) return decides;
      const second = right.at(row);
      if (second === decides) return decides;
      return first === null || second === null ? null : !decides;
    },
  };
}

const NUMBERS = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
};

function arithmetic({ sign, left, right }: Extract<Expression, { kind: "arithmetic" }>, source: Source): Reader {
  const [a, b] = [numbers(read(left, source)), numbers(read(right, source))];
  const act = NUMBERS[sign];
  return {
    kind: "number",
    at: (row) => {
      const [first, second] = [a.at(row), b.at(row)];
      const value = typeof first === "number" && typeof second === "number" ? act(first, second) : Number.NaN;
      return Number.isNaN(value) ? null : value;
    },
  };
}

/** A constant as it is written; else what kind of value it is, for which people's language has a word (problem-words.ts). */
const operandOf = ({ kind, constant }: Reader): string => (constant === undefined ? kind : `'${constant}'`);

function numbers(reader: Reader): Reader {
  if (reader.kind !== "number") throw new AppError("data.filter_types", { left_operand: operandOf(reader), right_operand: "number" });
  return reader;
}

function call({ name, of }: Extract<Expression, { kind: "call" }>, source: Source): Reader {
  const inner = read(of, source);
  const wanted = name === "abs" ? "number" : "text";
  if (inner.kind !== wanted) throw new AppError("data.filter_types", { left_operand: `${name}()`, right_operand: inner.kind });
  const act = (value: Value): Value => {
    if (typeof value === "number") return Math.abs(value);
    if (typeof value !== "string") return null;
    return name === "length" ? [...value].length : name === "lower" ? value.toLowerCase() : value.toUpperCase();
  };
  return { kind: name === "abs" || name === "length" ? "number" : "text", at: (row) => act(inner.at(row)) };
}

function comparison(sign: string, left: Reader, right: Reader): Reader {
  if (sign !== "=" && sign !== "<>") refuseOrderOfWords(left, right);
  const [a, b] = [as(left, right), as(right, left)];
  if (a.kind !== b.kind) throw new AppError("data.filter_types", { left_operand: operandOf(a), right_operand: operandOf(b) });
  const test = TESTS[sign] as (order: number) => boolean;
  return {
    kind: "truth",
    at: (row) => {
      const [first, second] = [a.at(row), b.at(row)];
      return first === null || second === null ? null : test(order(first, second));
    },
  };
}

/** A number may name a class, which is the same or not; which of words and numbers is more nobody means by it. */
function refuseOrderOfWords(left: Reader, right: Reader): void {
  const kinds = [left, right].map(({ kind, constant }) => (constant === undefined ? kind : "constant"));
  if (kinds.includes("text") && kinds.includes("number"))
    throw new AppError("data.filter_types", { left_operand: left.kind, right_operand: right.kind });
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

function order(a: Value, b: Value): number {
  if (typeof a === "string" && typeof b === "string") return compareCodePoints(a, b);
  return Number(a) - Number(b);
}

/** A constant text as what it is compared with: '2020-01-01' a date, '3' a number; a number as the words of a column of words (1 and '1'). */
function as(reader: Reader, other: Reader): Reader {
  if (reader.constant === undefined) {
    if (reader.kind === "number" && other.kind === "text" && other.constant === undefined)
      return { kind: "text", at: (row) => (reader.at(row) === null ? null : String(reader.at(row))) };
    return reader;
  }
  const { constant } = reader;
  if (other.kind === "date") {
    const time = dateOfText(constant);
    if (Number.isNaN(time)) throw new AppError("data.filter_not_a_date", { value: constant });
    return { kind: "date", at: () => time };
  }
  if (other.kind === "time") {
    const time = timeOfText(constant);
    if (Number.isNaN(time)) throw new AppError("data.filter_not_a_time", { value: constant });
    return { kind: "time", at: () => time };
  }
  if (other.kind === "number") {
    const number = constant.trim() === "" ? Number.NaN : Number(constant);
    if (Number.isNaN(number)) throw new AppError("data.filter_types", { left_operand: `'${constant}'`, right_operand: "number" });
    return { kind: "number", at: () => number };
  }
  return reader;
}

/** In UTC, whatever the time zone of the machine; NaN for what is no date, or a day that no month has. */
function dateOfText(text: string): number {
  const found = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ T](\d{1,2}:\d{2}.*?))?Z?$/.exec(text.trim());
  if (found === null) return Number.NaN;
  const [, year = "", month = "", day = "1", time = "0:00"] = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = Date.parse(`${date}T${time.replace(/^(\d):/, "0$1:")}Z`);
  return !Number.isNaN(parsed) && new Date(`${date}T00:00Z`).toISOString().startsWith(date) ? parsed : Number.NaN;
}

/** `%` stands for any characters, `_` for one; upper and lower case are the same, as people expect of a search. */
function like({ of, pattern }: Extract<Expression, { kind: "like" }>, source: Source): Reader {
  const inner = read(of, source);
  if (inner.kind !== "text") throw new AppError("data.filter_types", { left_operand: "like", right_operand: inner.kind });
  const escaped = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  const test = new RegExp(`^${escaped}$`, "isu");
  return {
    kind: "truth",
    at: (row) => {
      const value = inner.at(row);
      return value === null ? null : test.test(String(value));
    },
  };
}
