/** What a case is: an op, its attributes, and inputs of given shapes whose numbers are drawn as the op allows. */
import type { Random } from "../../core/data/random.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import { type Attributes, type Shape, sizeOf } from "../../core/ir/tensor.ts";

/** What the numbers of an input are drawn from. */
export type Fill =
  | "normal"
  | "positive"
  | "probability"
  | "binary"
  | "sign"
  | "zero_or_normal"
  | { readonly classes: number }
  | { readonly rowsSumToOne: number }
  | readonly number[];

export interface OpCase {
  readonly op: OpName;
  readonly inputs: readonly { readonly shape: Shape; readonly fill: Fill }[];
  readonly attributes: Attributes;
}

export function valuesOf(shape: Shape, fill: Fill, random: Random): number[] {
  const numbers = Array.from({ length: sizeOf(shape) }, (_, i) => {
    if (Array.isArray(fill)) return (fill as readonly number[])[i] ?? 0;
    if (typeof fill === "object" && "classes" in fill) return random.below(fill.classes);
    switch (fill) {
      case "positive":
        return 0.05 + random.float() * 2;
      case "probability":
        return 0.01 + random.float() * 0.98;
      case "binary":
        return random.below(2);
      case "sign":
        return random.below(2) * 2 - 1;
      case "zero_or_normal":
        return random.below(3) === 0 ? 0 : random.normal();
      default:
        return random.normal();
    }
  });
  if (typeof fill === "object" && "rowsSumToOne" in fill)
    for (let row = 0; row < numbers.length; row += fill.rowsSumToOne) {
      const exponentials = numbers.slice(row, row + fill.rowsSumToOne).map(Math.exp);
      const total = exponentials.reduce((a, b) => a + b, 0);
      exponentials.forEach((e, k) => {
        numbers[row + k] = e / total;
      });
    }
  return numbers.map(Math.fround);
}

export const one = (op: OpName, inputs: readonly (readonly [Shape, Fill])[], attributes: Attributes = {}): OpCase => ({
  op,
  inputs: inputs.map(([shape, fill]) => ({ shape, fill })),
  attributes,
});
