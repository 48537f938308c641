/** Drop duplicate columns: numbers are compared as numbers, categories by their words; a number is never the same as a word. */
import type { StepColumn, StepImplementation } from "../step.ts";

interface State {
  /** Places among the step's columns. */
  readonly dropped: readonly number[];
}

const implementation: StepImplementation = {
  fit: (columns) => {
    const dropped = columns.flatMap((column, place) => (columns.slice(0, place).some((earlier) => isSame(earlier, column)) ? [place] : []));
    return { dropped } satisfies State;
  },
  apply: (columns, fitted) => {
    const dropped = new Set((fitted as State).dropped);
    return columns.map((column, place) => (dropped.has(place) ? [] : [column]));
  },
};
export default implementation;

function isSame(a: StepColumn, b: StepColumn): boolean {
  if (a.kind === "number" && b.kind === "number")
    return a.values.every((value, row) => Object.is(value + 0, (b.values[row] as number) + 0));
  if (a.kind !== "category" || b.kind !== "category") return false;
  return a.codes.every((code, row) => a.categories[code] === b.categories[b.codes[row] as number]);
}
