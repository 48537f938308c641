/** Rows that are nodes of a graph, as baselines take them: each with its own numbers as inputs, and where it hangs in the graph. */
import type { AskedNodes, BaselineGraph } from "../baselines/baseline.ts";
import type { GraphRows } from "../data/graph/node-graph.ts";
import type { PreparedPart } from "../data/prepared.ts";
import { sizeOf } from "../ir/tensor.ts";
import { gather, knownRows, partOfNodes } from "./node-rows.ts";
import type { PreparedDesign } from "./prepare-design.ts";

/** The graph that was prepared, and what its nodes are besides their edges: null where that is nothing. */
export interface BaselineNodes {
  readonly graph: BaselineGraph;
  readonly features: { readonly nodeId: string; readonly values: Float32Array; readonly channels: number } | null;
}

/** Null where rows stand alone. */
export function baselineNodes({ prepared, needs }: Pick<PreparedDesign, "prepared" | "needs">): BaselineNodes | null {
  const { training, pipeline } = prepared;
  if (pipeline.graph === undefined) return null;
  const edges = needs.inputs.find(({ feeds }) => feeds === "graph");
  const own = needs.inputs.find(({ feeds }) => feeds === undefined);
  const found = own === undefined ? undefined : training.inputs[own.nodeId];
  return {
    graph: {
      nodeCount: sizeOf(Object.values(training.targets)[0]?.shape ?? []),
      edges: training.inputs[edges?.nodeId ?? ""]?.values ?? new Float32Array(0),
    },
    features: own === undefined || found === undefined ? null : { nodeId: own.nodeId, values: found.values, channels: found.shape[1] ?? 1 },
  };
}

/** A row for each node of a part; one that holds rows already stays as it is. */
export function asNodeRows(part: PreparedPart, { features }: BaselineNodes): PreparedPart {
  const { nodes, graphRows } = part;
  const inputs = (values: Float32Array, channels: number): PreparedPart["inputs"] => ({
    [features?.nodeId ?? ""]: { values, shape: [channels] },
  });
  if (nodes !== undefined)
    return {
      ...partOfNodes(part),
      inputs: features === null ? {} : inputs(gather(features.values, nodes, features.channels), features.channels),
      graphRows: knownRows(nodes),
    };
  const own = graphRows?.features ?? null;
  return own === null || features === null ? part : { ...part, inputs: inputs(own.values, own.channels) };
}

/** Of some rows of a part, where they hang in the graph. */
export function nodesBetween({ nodes, incoming }: GraphRows, from: number, to: number): AskedNodes {
  return { nodes: nodes.subarray(from, to), incoming: incoming.slice(from, to) };
}
