/** Whether target columns can be given to a loss in an encoding: asked by the preparation, and by who looks at a design before it. */
import type { StepColumn } from "../steps/step.ts";
import type { TargetEncoding } from "./rows.ts";

/** What decides whether an encoding can be used. */
export interface TargetColumns {
  /** Numbers the output puts out; 0 when that is not known yet: then only the columns decide. */
  readonly width: number;
  readonly kinds: readonly StepColumn["kind"][];
  /** Different values over all the columns together; 0 where they are no classes. */
  readonly classes: number;
}

export function encodingFits(encoding: TargetEncoding, { width, kinds, classes: count }: TargetColumns): boolean {
  const isWide = (expected: number): boolean => width === 0 || width === expected;
  const single = kinds.length === 1;
  switch (encoding) {
    case "value":
      return isWide(kinds.length) && kinds.every((kind) => kind === "number");
    case "binary":
      return isWide(1) && single && count === 2;
    case "class_index":
      return single && count >= 2 && isWide(count);
    case "one_hot":
      return single && count >= 2 && isWide(count);
    case "multi_binary":
      return isWide(kinds.length) && count === 2;
    case "sign":
      return count === 2 ? isWide(kinds.length) : single && count > 2 && isWide(count);
    default:
      return encoding satisfies never;
  }
}
