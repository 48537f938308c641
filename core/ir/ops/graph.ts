/**
 * Products with the sparse adjacency of a graph. Edges are rows [source, target, weight] of whole numbers and a weight, one
 * list a sample: [B, E, 3]; weight 0 is padding. No gradient flows to them. An end that is no node gives NaN, which names the layer.
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import type { Shape } from "../tensor.ts";

export interface GraphSizes {
  readonly B: number;
  readonly E: number;
  readonly N: number;
  readonly F: number;
}

/** @param x [B, N, F], or [N, F] where all samples have the same features */
export function graphSizes(edges: Shape, x: Shape): GraphSizes {
  const [B, E] = [at(edges, 0), at(edges, 1)];
  if (edges.length !== 3 || at(edges, 2) !== 3) throw new Error("graph: edges are [samples, edges, 3]");
  if (x.length === 3 && at(x, 0) !== B) throw new Error("graph: edges and features differ in samples");
  return { B, E, N: at(x, x.length - 2), F: at(x, x.length - 1) };
}

/**
 * Input edges [B, E, 3]; attribute `nodes` N; output [B, N]: 1/√(1 + sum of the weights of the edges into a node), the diagonal of
 * D^−½ of A + I (Kipf & Welling 2017); 0 where the sum is not positive.
 */
export const graphNormalization: OpDefinition = {
  outputShapes: ([edges = []], attributes) => [[at(edges, 0), attribute<number>(attributes, "nodes")]],
  multiplyAdds: ([edges = []]) => at(edges, 0) * at(edges, 1),
  gradient: () => [null],
};

const multiplyAdds = (edges: Shape, x: Shape): number => {
  const { B, E, F } = graphSizes(edges, x);
  return B * E * F;
};

/**
 * Inputs edges [B, E, 3], x [B, N, F] or [N, F], (scales s [B, N]); output [B, N, F]: Σ w · x[source] into every target. With scales
 * s[t]² · x[t] + Σ w · s[t] · s[source] · x[source]: the product with D^−½ (A + I) D^−½. Terms are added in the order of the edges.
 */
export const graphProduct: OpDefinition = {
  outputShapes: ([edges = [], x = []]) => {
    const { B, N, F } = graphSizes(edges, x);
    return [[B, N, F]];
  },
  multiplyAdds: ([edges = [], x = []]) => multiplyAdds(edges, x),
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const [edges, x, ...scales] = [at(inputs, 0), at(inputs, 1), ...inputs.slice(2)];
    const dy = at(outputGradients, 0);
    const none = inputs.map(() => null);
    if (dy === null || needs[1] !== true) return none;
    const dx = builder.one("graph_product_gradient", [edges, dy, ...scales], { shared: x.shape.length === 2 });
    return none.map((_, i) => (i === 1 ? dx : null));
  },
};

/** Inputs edges, dy [B, N, F], (scales); attribute `shared`: one x for all samples. Output dx: the product with the transpose. */
export const graphProductGradient: OpDefinition = {
  outputShapes: ([, dy = []], attributes) => [attribute<boolean>(attributes, "shared") ? dy.slice(1) : dy],
  multiplyAdds: ([edges = [], dy = []]) => multiplyAdds(edges, dy),
};
