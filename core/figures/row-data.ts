/** A made-up table of a number and a category, made into numbers by the steps of preparation that tables are given. */
import { stepImplementation } from "../steps/implementations.ts";
import type { StepColumn } from "../steps/step.ts";

export interface TableRow {
  readonly number: number;
  readonly category: string;
  /** What the network is given of it. */
  readonly values: readonly number[];
}

const NUMBERS = [12, 30, 21, 45];
const CATEGORIES = ["A", "B", "C"];
const CODES = [1, 0, 2, 1];

export function tableRows(): readonly TableRow[] {
  const number: StepColumn = { kind: "number", name: "number", values: Float64Array.from(NUMBERS) };
  const category: StepColumn = { kind: "category", name: "category", codes: Int32Array.from(CODES), categories: CATEGORIES };
  const numbers = prepared("standardise", number);
  const places = prepared("one_hot", category);
  return NUMBERS.map((value, row) => ({
    number: value,
    category: CATEGORIES[CODES[row] ?? 0] ?? "",
    values: [...numbersOf(numbers, row), ...numbersOf(places, row)],
  }));
}

function prepared(type: string, column: StepColumn): StepColumn {
  const step = stepImplementation(type);
  const [columns = []] = step.apply([column], step.fit([column], {}), {});
  return columns[0] ?? column;
}

function numbersOf(column: StepColumn, row: number): readonly number[] {
  if (column.kind === "number") return [column.values[row] ?? 0];
  if (column.kind === "one_hot") return column.names.map((_, place) => (column.codes[row] === place ? 1 : 0));
  return [];
}
