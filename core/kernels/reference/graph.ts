/** Products with a sparse adjacency; see core/ir/ops/graph.ts. Edges in their order, sums in double precision. */
import { attribute } from "../../ir/op.ts";
import { graphSizes } from "../../ir/ops/graph.ts";
import { get, type Operand, operand, type ReferenceKernel } from "./kernel.ts";

const isNode = (index: number, nodes: number): boolean => Number.isInteger(index) && index >= 0 && index < nodes;

/** Calls `body` for every edge of a sample that is not padding; both ends are −1 where one is no node. */
function forEdges(edges: Operand, sample: number, nodes: number, body: (source: number, target: number, weight: number) => void): void {
  const count = edges.shape[1] ?? 0;
  for (let e = sample * count; e < (sample + 1) * count; e++) {
    const [source, target, weight] = [get(edges.data, 3 * e), get(edges.data, 3 * e + 1), get(edges.data, 3 * e + 2)];
    if (weight === 0) continue;
    if (isNode(source, nodes) && isNode(target, nodes)) body(source, target, weight);
    else body(-1, -1, weight);
  }
}

export const graphNormalization: ReferenceKernel = (inputs, outputs, attributes) => {
  const edges = operand(inputs, 0);
  const scales = operand(outputs, 0).data;
  const nodes = attribute<number>(attributes, "nodes");
  for (let b = 0; b < (edges.shape[0] ?? 0); b++) {
    const degrees = new Float64Array(nodes).fill(1);
    forEdges(edges, b, nodes, (_, target, weight) => {
      if (target >= 0) degrees[target] = get(degrees, target) + weight;
    });
    // NaN stays NaN: a broken weight must not become an isolated node.
    degrees.forEach((degree, n) => {
      scales[b * nodes + n] = degree <= 0 ? 0 : 1 / Math.sqrt(degree);
    });
  }
};

/** Into `sums` [N, F] the product of one sample; a bad edge makes the first node NaN. */
function addProduct(
  edges: Operand,
  sample: number,
  x: Float32Array | Float64Array,
  scales: Operand | undefined,
  { N, F }: { readonly N: number; readonly F: number },
  sums: Float64Array,
  transposed: boolean,
): void {
  const scale = (node: number): number => (scales === undefined ? 1 : get(scales.data, sample * N + node));
  if (scales !== undefined)
    for (let n = 0; n < N; n++)
      for (let k = 0; k < F; k++) sums[n * F + k] = get(sums, n * F + k) + scale(n) * scale(n) * get(x, n * F + k);
  forEdges(edges, sample, N, (source, target, weight) => {
    if (source < 0) {
      sums.fill(Number.NaN, 0, F);
      return;
    }
    const [from, to] = transposed ? [target, source] : [source, target];
    const factor = weight * scale(source) * scale(target);
    for (let k = 0; k < F; k++) sums[to * F + k] = get(sums, to * F + k) + factor * get(x, from * F + k);
  });
}

export const graphProduct: ReferenceKernel = (inputs, outputs) => {
  const [edges, x] = [operand(inputs, 0), operand(inputs, 1)];
  const sizes = graphSizes(edges.shape, x.shape);
  const { B, N, F } = sizes;
  for (let b = 0; b < B; b++) {
    const sums = new Float64Array(N * F);
    const own = x.shape.length === 2 ? x.data : x.data.subarray(b * N * F, (b + 1) * N * F);
    addProduct(edges, b, own, inputs[2], sizes, sums, false);
    operand(outputs, 0).data.set(sums, b * N * F);
  }
};

export const graphProductGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [edges, dy] = [operand(inputs, 0), operand(inputs, 1)];
  const sizes = graphSizes(edges.shape, dy.shape);
  const { B, N, F } = sizes;
  const shared = attribute<boolean>(attributes, "shared");
  let sums = new Float64Array(N * F);
  for (let b = 0; b < B; b++) {
    if (!shared) sums = new Float64Array(N * F);
    addProduct(edges, b, dy.data.subarray(b * N * F, (b + 1) * N * F), inputs[2], sizes, sums, true);
    if (!shared) operand(outputs, 0).data.set(sums, b * N * F);
  }
  if (shared) operand(outputs, 0).data.set(sums);
};
