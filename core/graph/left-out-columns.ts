/**
 * An input that is one picture wants every pixel, also those that are the same in all pictures: as columns of a table they say nothing
 * and are left out. They become features where with them the sizes fit.
 */
import type { ColumnDocument, DataDocument } from "./document.ts";
import { pixelRun } from "./pixel-run.ts";

export interface LeftOut {
  /** Columns that come in. */
  readonly columns: readonly string[];
  readonly data: DataDocument;
}

/**
 * @param expected numbers that the input wants
 * @param received numbers that it gets
 * @returns null where the columns that are left out do not make up the number
 */
export function withLeftOut(data: DataDocument, expected: number, received: number): LeftOut | null {
  const numbers = data.columns.filter(({ type, role }) => type === "numeric" && (role === "feature" || role === "ignored"));
  const leftOut = numbers.filter(({ role }) => role === "ignored").map(({ name }) => name);
  const run = pixelRun(numbers.map(({ name }) => name));
  if (run?.columns.length === expected) {
    const lacking = run.columns.filter((name) => leftOut.includes(name));
    return lacking.length === 0 ? null : { columns: lacking, data: using(data, lacking, new Set(run.columns), expected) };
  }
  if (leftOut.length === 0 || received + leftOut.length !== expected) return null;
  return { columns: leftOut, data: using(data, leftOut, null, expected) };
}

/** @param only the features from then on; null for those that are there and what comes in */
function using(data: DataDocument, added: readonly string[], only: ReadonlySet<string> | null, expected: number): DataDocument {
  const coming = new Set(added);
  const roleOf = ({ name, role }: ColumnDocument): ColumnDocument["role"] => {
    if (coming.has(name)) return "feature";
    return role === "feature" && only !== null && !only.has(name) ? "ignored" : role;
  };
  const columns = data.columns.map((column) => ({ ...column, role: roleOf(column) }));
  const features = columns.filter(({ role, name }) => role === "feature" && !coming.has(name)).map(({ name }) => name);
  // What is done to every other pixel is done to these.
  const steps = data.steps.map((step) =>
    features.every((name) => step.columns.includes(name))
      ? { ...step, columns: [...step.columns, ...added.filter((name) => !step.columns.includes(name))] }
      : step,
  );
  return { ...data, columns, steps, feature_count: expected };
}
