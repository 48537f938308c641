/** Where the axes of what a layer gives come from among those of what it takes, as its traits and the two shapes tell. */
import { type Shape, sizeOf } from "../ir/tensor.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import type { NodeDocument } from "./document.ts";
import { validConfigOf } from "./node-result.ts";

/**
 * The place of the axis that it is; `piece`: one of the outer parts that an axis was cut into; `merged`: several axes as one; null: it is made
 * by the layer.
 */
export type Origin = number | "piece" | "merged" | null;

/** @returns one an axis of the output */
export function axisOrigins(
  definition: LayerDefinition,
  node: Pick<NodeDocument, "name" | "config" | "bypassed">,
  input: Shape,
  output: Shape,
): readonly Origin[] {
  const { traits } = definition;
  const same = output.map((_, place): Origin => (place < input.length ? place : null));
  if (node.bypassed) return same;
  if (traits.orderField !== undefined) {
    const order = validConfigOf(definition, node)?.[traits.orderField];
    return Array.isArray(order) ? order.map((place) => Number(place) - 1) : output.map(() => null);
  }
  if (traits.shapeField !== undefined) return reshapedOrigins(input, output);
  // It looks up a vector for each number.
  if (traits.indexCountField !== undefined) return same;
  if (input.length !== output.length) return output.map(() => null);
  const last = output.length - 1;
  const makesLast = traits.unitsField !== undefined || traits.window?.kind === "convolution" || output[last] !== input[last];
  return makesLast ? [...same.slice(0, last), null] : same;
}

/** The same numbers in the same order: from the front on, axes that hold as many numbers together belong together. */
function reshapedOrigins(input: Shape, output: Shape): readonly Origin[] {
  // One row of numbers has no axes that could be kept.
  if (input.length === 1 || sizeOf(input) !== sizeOf(output)) return output.map(() => null);
  const origins: Origin[] = output.map(() => null);
  let [first, next] = [0, 0];
  while (first < output.length && next < input.length) {
    const [from, into] = [[next++], [first++]];
    let [taken, made] = [input[from[0] ?? 0] ?? 1, output[into[0] ?? 0] ?? 1];
    while (taken !== made) {
      if (taken < made) {
        taken *= input[next] ?? 1;
        from.push(next++);
      } else {
        made *= output[first] ?? 1;
        into.push(first++);
      }
    }
    // An axis of one entry says nothing about the others.
    const [sources, targets] = [from.filter((at) => input[at] !== 1), into.filter((at) => output[at] !== 1)];
    if (sources.length === 0 && targets.length === 0) [sources[0], targets[0]] = [from[0] ?? 0, into[0] ?? 0];
    const [source, ...others] = sources;
    const inner = targets.at(-1);
    if (source === undefined || inner === undefined) continue;
    if (others.length > 0 && targets.length > 1) continue;
    for (const target of targets) origins[target] = target !== inner ? "piece" : others.length > 0 ? "merged" : source;
  }
  return origins;
}
