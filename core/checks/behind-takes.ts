/** A fix that gives what comes out of a layer another shape is tried before it is offered: whether all behind it take that shape. */
import { nodeDataOf } from "../graph/node-data.ts";
import { sharersOf } from "../graph/sharing.ts";
import { type Shape, sameShape, sizeOf } from "../ir/tensor.ts";
import type { Arrivals } from "../layers/layer.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { arrivalsOf, asArrived, shapesOf } from "./arrivals.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { sharesWeights } from "./walk.ts";
import { wantedSize } from "./wanted-size.ts";

/** Whether no layer behind refuses what then comes to it, or would need weights of another shape than those it shares. */
export function behindTakes(context: CheckedDesign, from: CheckedNode, outputs: readonly Shape[]): boolean {
  if (sameShapes(outputs, from.result.outputs ?? [])) return true;
  const instead = new Map([[from.node.id, outputs]]);
  const behind = allBehind(context, from);
  for (const id of context.propagation.order) {
    const checked = behind.has(id) ? context.nodes.get(id) : undefined;
    if (checked === undefined || !checked.incoming.some(({ source }) => instead.has(source))) continue;
    const arrivals = arrivalsOf(context, checked, instead);
    const before = checked.result.outputs;
    // What is refused already is not made worse.
    if (before === null || arrivals === null || checked.config === null) continue;
    const { config, definition, node } = checked;
    const inputs = arrivals.map(({ shape }) => shape);
    const [first] = inputs;
    if (node.bypassed) {
      if (first !== undefined)
        instead.set(
          id,
          before.map(() => first),
        );
      continue;
    }
    const came = asArrived(definition, arrivals);
    const found = shapesOf(definition, config, { ...came, data: nodeDataOf(definition, node, context.design.data) });
    if ("code" in found) return false;
    const wanted = wantedSize(context, checked);
    if (wanted !== null && sizesOf(checked.result.inputs) === wanted && sizesOf(inputs) !== wanted) return false;
    if (sharesWeights(checked)) {
      const weights = (shapes: Arrivals<Shape>): string =>
        JSON.stringify((definition.parameters?.({ config: config as never, ...shapes }) ?? []).map(({ shape }) => shape));
      if (weights(came) !== weights({ ...came, inputs: checked.result.inputs })) return false;
    }
    if (!sameShapes(found, before)) instead.set(id, found);
  }
  return true;
}

/** Whether all that use the same weights elsewhere, which get the options too, go on to fit what is behind them. */
export function sharersTake(context: CheckedDesign, { node }: CheckedNode, options: AnyConfig): boolean {
  return sharersOf(context.design, node.id).every(({ id }) => {
    const other = id === node.id ? undefined : context.nodes.get(id);
    const arrivals = other === undefined ? null : arrivalsOf(context, other);
    // What is refused already is not made worse.
    if (other === undefined || arrivals === null || other.config === null || other.node.bypassed || other.result.outputs === null)
      return true;
    const outputs = shapesOf(other.definition, { ...other.config, ...options }, asArrived(other.definition, arrivals));
    return !("code" in outputs) && behindTakes(context, other, outputs);
  });
}

function allBehind({ nodes }: CheckedDesign, from: CheckedNode): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [from];
  for (let one = left.pop(); one !== undefined; one = left.pop())
    for (const { target } of one.outgoing) {
      const next = nodes.get(target);
      if (next === undefined || found.has(target)) continue;
      found.add(target);
      left.push(next);
    }
  return found;
}

const sizesOf = (shapes: readonly Shape[]): number => shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean =>
  a.length === b.length && a.every((shape, index) => sameShape(shape, b[index] ?? []));
