/** Constraints, in place on one parameter; formulas in core/ir/ops/constraint.ts. */
import { attribute } from "../../ir/op.ts";
import { NORM_EPSILON, normGeometry } from "../../ir/ops/constraint.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const constrain: ReferenceKernel = (inputs, _, attributes) => {
  const { data: w, shape } = operand(inputs, 0);
  const kind = attribute<string>(attributes, "function");
  if (kind === "non_neg") {
    for (let i = 0; i < w.length; i++) w[i] = Math.max(0, get(w, i));
    return;
  }
  const limit = kind === "max_norm" ? attribute<number>(attributes, "limit") : 1;
  const { outer, length, inner } = normGeometry(shape, attribute<string>(attributes, "over"));
  for (let o = 0; o < outer; o++)
    for (let k = 0; k < inner; k++) {
      const start = o * length * inner + k;
      let squares = 0;
      for (let i = 0; i < length; i++) squares += get(w, start + i * inner) ** 2;
      const norm = Math.sqrt(squares);
      const factor = (kind === "max_norm" ? Math.min(norm, limit) : 1) / (norm + NORM_EPSILON);
      for (let i = 0; i < length; i++) w[start + i * inner] = get(w, start + i * inner) * factor;
    }
};
