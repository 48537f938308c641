/** Connections that a layer can do without, where what comes by them does not fit. */
import type { Fix } from "../graph/problem.ts";
import { type Shape, showShape } from "../ir/tensor.ts";
import { against, arrivalsOf } from "./arrivals.ts";
import { bridge } from "./bridge.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { disconnected, ledThrough, typesOf } from "./mend.ts";

/** The connections to ports that may stay empty and without which the layer has nothing of the code to say. */
export function withoutOptional(context: CheckedDesign & CheckedNode, code: string): readonly Fix[] {
  const arrivals = arrivalsOf(context, context) ?? [];
  const optional = new Set(context.definition.ports.inputs.filter((port) => port.optional === true).map(({ name }) => name));
  const mending = arrivals.filter((one) => {
    const others = arrivals.filter((other) => other !== one);
    const shapes = others.map(({ shape }) => shape);
    return optional.has(one.edge.target_port) && against(context, others, shapes) !== code;
  });
  return mending.map(({ edge }) => {
    const from = context.nodes.get(edge.source)?.node.name ?? "";
    return disconnected([edge], "fix.disconnect_ends", { from, to: context.node.name });
  });
}

/** Layers that bring what comes to a port to the shape that it takes. */
export function broughtTo(context: CheckedDesign & CheckedNode, port: string, to: Shape): readonly Fix[] {
  const arrival = arrivalsOf(context, context)?.find(({ edge }) => edge.target_port === port);
  const steps = arrival === undefined ? null : bridge(context.lookup, arrival.shape, to);
  if (arrival === undefined || steps === null || steps.length === 0) return [];
  const from = context.nodes.get(arrival.edge.source)?.node.name ?? "";
  const params = { from, layer_type: typesOf(steps), shape: showShape(to) };
  return [{ code: "fix.match_input", params, commands: ledThrough(context, [arrival.edge], steps) }];
}
