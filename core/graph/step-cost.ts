/**
 * What one row costs in a step of training: forward, the gradient of the weights where they are trained, and the gradient of what came
 * in where a layer before is trained, counted in the instructions of each layer (layer-cost.ts). What losses, masks and the optimizer
 * take is not counted.
 */
import { layerDefinition } from "../layers/registry.ts";
import type { DesignDocument } from "./document.ts";
import { edgesBy, nodeMap } from "./ports.ts";
import type { Propagation } from "./propagation.ts";

/** @returns multiply–adds a row */
export function stepMultiplyAdds({ graph }: Pick<DesignDocument, "graph">, propagation: Propagation, lookup = layerDefinition): number {
  const incoming = edgesBy(graph, "target");
  const nodes = nodeMap(graph);
  const trains = (id: string): boolean => {
    const { parameters = 0, frozenParameters = 0 } = propagation.nodes.get(nodes.get(id)?.shared_with ?? id) ?? {};
    return parameters > frozenParameters;
  };
  /** Layers behind which something depends on trained weights. */
  const learns = new Set<string>();
  let sum = 0;
  for (const id of propagation.order) {
    const edges = incoming.get(id) ?? [];
    // In the order in which the layer gets them.
    const arriving = lookup(nodes.get(id)?.type ?? "")?.ports.inputs.flatMap(({ name, multiple }) => {
      const here = edges.filter(({ target_port }) => target_port === name);
      return multiple === true ? here : here.slice(0, 1);
    });
    const before = (arriving ?? edges).map(({ source }) => learns.has(source));
    const own = trains(id);
    if (own || before.includes(true)) learns.add(id);
    sum += propagation.nodes.get(id)?.step?.multiplyAdds(own, before) ?? 0;
  }
  return sum;
}
