/**
 * Nodes of a graph as rows: the network answers for all nodes of its one sample at once; what is shown, scored and written is one
 * answer a row of the table.
 */
import type { GraphRows } from "../data/graph/node-graph.ts";
import type { PreparedPart } from "../data/prepared.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { LayerSpec } from "../spec/model-spec.ts";
import type { Evaluated } from "./row-evaluation.ts";

interface Output {
  readonly layer: LayerSpec;
}

/** Outputs as one node has them. */
export const outputsOfNodes = <O extends Output>(outputs: readonly O[]): O[] =>
  outputs.map((output) => ({ ...output, layer: { ...output.layer, shape: output.layer.shape.slice(1) } }));

/** The rows of a part, each with the target of its node; inputs are those of the graph and are left out. */
export function partOfNodes({ nodes, nodeIds, targets }: PreparedPart): PreparedPart {
  if (nodes === undefined || nodeIds === undefined) throw new Error("the part is no graph");
  const own = Object.entries(targets).map(([id, { values }]) => [id, { values: gather(values, nodes, 1), shape: [1] }] as const);
  return { rowCount: nodes.length, rowIds: nodeIds, inputs: {}, targets: Object.fromEntries(own) };
}

/** Rows that are nodes of the graph already. */
export function knownRows(nodes: ArrayLike<number>): GraphRows {
  return { nodes: Int32Array.from(nodes), incoming: [], features: null };
}

/** What the network says of these nodes. @param outputs as one node has them */
export function foundOfNodes<O extends Output>(found: Evaluated, nodes: ArrayLike<number>, outputs: readonly O[]): Evaluated {
  const predictions = outputs.map(({ layer }): [string, Float32Array] => {
    return [layer.id, gather(found.predictions[layer.id] ?? new Float32Array(0), nodes, sizeOf(layer.shape))];
  });
  return { ...found, predictions: Object.fromEntries(predictions), masks: {} };
}

/** `width` numbers of each node. */
export function gather(values: Float32Array, nodes: ArrayLike<number>, width: number): Float32Array {
  const own = new Float32Array(nodes.length * width);
  for (let row = 0; row < nodes.length; row += 1) {
    const start = (nodes[row] as number) * width;
    own.set(values.subarray(start, start + width), row * width);
  }
  return own;
}

/** A part and what the network says of it, by row: as they come, or a row for each node that counts. */
export function asRows<O extends Output>(
  part: PreparedPart,
  found: Evaluated,
  outputs: readonly O[],
): { readonly data: PreparedPart; readonly found: Evaluated; readonly outputs: readonly O[] } {
  if (part.nodes === undefined) return { data: part, found, outputs };
  const own = outputsOfNodes(outputs);
  return { data: partOfNodes(part), found: foundOfNodes(found, part.nodes, own), outputs: own };
}
