/**
 * A mean over the whole picture of values that each saw only a small part of it: what is larger than that part is never seen whole. The
 * part is computed from windows and strides back to the input (Dumoulin & Visin 2016).
 */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { feeders } from "./walk.ts";
import { listOf, windowOf } from "./windows.ts";

const LEAST_SHARE = 0.5;
/** Axes of one, the channels counted. */
const PICTURE = 3;

export const smallReceptiveField = defineCheck({
  code: "design.small_receptive_field",
  run: (context) => {
    if ((context.definition.traits.averagesGrid ?? 0) < PICTURE) return [];
    const seen = fieldOf(context, context);
    if (seen === null || seen.field.every((size, axis) => size >= LEAST_SHARE * (seen.picture[axis] ?? 0))) return [];
    const params = { name: context.node.name, field: listOf(seen.field), picture: listOf(seen.picture) };
    return [nodeProblem(context.node.id, "design.small_receptive_field", params, "warning")];
  },
});

/** What one position in front of a node sees of the input, and the input's size; null where the way there is not a plain row of windows. */
function fieldOf(context: CheckedDesign, checked: CheckedNode): { field: readonly number[]; picture: readonly number[] } | null {
  const rank = checked.definition.traits.averagesGrid ?? 0;
  let field = Array.from({ length: rank - 1 }, () => 1);
  let convolved = false;
  for (const one of feeders(context, checked)) {
    if (one.definition.traits.role === "input") {
      const picture = one.result.outputs?.[0];
      return convolved && picture?.length === rank ? { field, picture: picture.slice(0, -1) } : null;
    }
    if (one.definition.traits.spreads !== undefined) return null;
    const window = windowOf(one);
    const [input, output] = [one.result.inputs[0], one.result.outputs?.[0]];
    if (window !== null) {
      convolved ||= one.definition.traits.window?.kind === "convolution";
      field = field.map((size, axis) => (size - 1) * (window[axis]?.stride ?? 1) + (window[axis]?.span ?? 1));
    } else if (input === undefined || output === undefined || input.slice(0, -1).join() !== output.slice(0, -1).join()) return null;
  }
  return null;
}
