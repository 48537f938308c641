/** Designs and data for tests, said in few words: nodes, edges in pairs, rows of numbers. */
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { TargetEncoding } from "../../core/data/rows.ts";
import type { GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { layerDefinition } from "../../core/layers/registry.ts";

export function node(id: string, type: string, config: NodeDocument["config"] = {}, more: Partial<NodeDocument> = {}): NodeDocument {
  return { id, type, name: id, config, position: { x: 0, y: 0 }, shared_with: null, bypassed: false, ...more };
}

/** @param edges `[from, to]` by node id, in the order of the inputs */
export function graphOf(nodes: readonly NodeDocument[], edges: readonly (readonly [from: string, to: string])[]): GraphDocument {
  return {
    nodes: [...nodes],
    edges: edges.map(([source, target], i) => {
      const merges = nodes.some((one) => one.id === target && layerDefinition(one.type)?.traits.merges === true);
      return { id: `edge_${i}`, source, source_port: "output", target, target_port: merges ? "inputs" : "input" };
    }),
    groups: [],
  };
}

/** Each node feeds the next. */
export function chain(...nodes: readonly NodeDocument[]): GraphDocument {
  return graphOf(
    nodes,
    nodes.slice(1).map((one, i) => [nodes[i]?.id ?? "", one.id]),
  );
}

type Source = Readonly<Record<string, { readonly shape: Shape; readonly values: ArrayLike<number> }>>;

/** @param inputs, targets by node id, `shape` of one row */
export function partOf(rowCount: number, inputs: Source, targets: Source = {}): PreparedPart {
  const rows = (source: Source) =>
    Object.fromEntries(
      Object.entries(source).map(([id, { shape, values }]) => {
        if (values.length !== rowCount * sizeOf(shape)) throw new Error(`${id}: ${values.length} numbers for ${rowCount} rows`);
        return [id, { shape, values: Float32Array.from(values) }];
      }),
    );
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, i) => i), inputs: rows(inputs), targets: rows(targets) };
}

export type Encodings = Readonly<Record<string, TargetEncoding>>;
