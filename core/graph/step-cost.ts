/**
 * What one row costs in a step of training: forward, the gradient of the weights where they are trained, and the gradient of
 * what came in where a layer before is trained. Each of the three takes as many multiply–adds as the layer takes forward: exact
 * for matrix products and convolutions, about right for the rest; the optimizer's own are not counted.
 */
import type { DesignDocument } from "./document.ts";
import { edgesBy } from "./ports.ts";
import type { Propagation } from "./propagation.ts";

/** @returns multiply–adds a row */
export function stepMultiplyAdds({ graph }: Pick<DesignDocument, "graph">, propagation: Propagation): number {
  const incoming = edgesBy(graph, "target");
  const sharedWith = new Map(graph.nodes.map(({ id, shared_with }) => [id, shared_with]));
  const trains = (id: string): boolean => {
    const { parameters = 0, frozenParameters = 0 } = propagation.nodes.get(sharedWith.get(id) ?? id) ?? {};
    return parameters > frozenParameters;
  };
  /** Layers behind which something depends on trained weights. */
  const learns = new Set<string>();
  let sum = 0;
  for (const id of propagation.order) {
    const before = (incoming.get(id) ?? []).some(({ source }) => learns.has(source));
    const own = trains(id);
    if (before || own) learns.add(id);
    sum += (propagation.nodes.get(id)?.multiplyAdds ?? 0) * (1 + Number(own) + Number(before));
  }
  return sum;
}
