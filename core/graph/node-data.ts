/**
 * What the data section of a design says to one node: the shape of an input's rows, the number of classes and columns
 * of an output's target. What cannot be known before the data are prepared is left out, never guessed.
 */
import type { LayerDefinition } from "../layers/layer.ts";
import type { DataDocument, NodeDocument } from "./document.ts";
import { type NodeData, validConfigOf } from "./node-result.ts";

/** @param feeds what an input node feeds (feedOf); asked only where the data are a graph */
export function nodeDataOf(
  definition: LayerDefinition,
  node: Pick<NodeDocument, "name" | "config">,
  data: DataDocument | null,
  feeds: () => "graph" | "mask" | null = () => null,
): NodeData {
  const nodes = data?.graph?.node_count;
  if (definition.traits.nodeCountField !== undefined && nodes !== undefined) return { nodes };
  if (data === null || (definition.input === undefined && definition.output === undefined)) return {};
  const config = validConfigOf(definition, node);
  if (config === null) return {};
  const input = definition.input?.(config as never);
  if (input !== undefined) {
    if (data.graph !== undefined) return graphShape(data.graph, feeds(), data.feature_count);
    const width = featureWidth(input.columns, data);
    return width === null ? {} : { shape: [width] };
  }
  const output = definition.output?.(config as never);
  if (output === undefined || output.targetInput !== null) return {};
  const found = targetData(output.columns, data);
  return nodes === undefined ? found : { ...found, shape: [nodes] };
}

/** Of an input of a design whose rows are nodes: edges, a mask, or the numbers of every node. */
function graphShape(
  { node_count: nodes, edge_count: edges }: NonNullable<DataDocument["graph"]>,
  feeds: "graph" | "mask" | null,
  channels: number | null,
): NodeData {
  if (nodes === undefined || edges === undefined) return {};
  if (feeds === "graph") return { shape: [edges, 3] };
  if (feeds === "mask") return { shape: [nodes] };
  return channels === null ? {} : { shape: [nodes, channels] };
}

/** Numbers per row that these feature columns come to (none: all of them); null when only the preparation can tell. */
function featureWidth(columns: readonly string[], data: DataDocument): number | null {
  const features = data.columns.filter((column) => column.role === "feature");
  const wanted = columns.length === 0 ? features : features.filter((column) => columns.includes(column.name));
  if (data.feature_count !== null && wanted.length === features.length) return data.feature_count;
  // Steps keep a numeric column one number wide; what a category or a date comes to is learnt from the rows.
  return wanted.length > 0 && wanted.length >= columns.length && wanted.every((column) => column.type === "numeric") ? wanted.length : null;
}

function targetData(columns: readonly string[], data: DataDocument): NodeData {
  const targets = data.columns.filter((column) => column.role === "target").map((column) => column.name);
  const wanted = columns.length === 0 ? targets : columns;
  const [first] = wanted;
  // How many labels the lists hold was counted as classes are.
  if (wanted.length === 1 && data.columns.some(({ name, lists }) => name === first && lists !== undefined))
    return targets.length === 1 && targets[0] === first && data.class_count !== null ? { columns: data.class_count } : {};
  // `class_count` was counted on the target of the data; of other columns nothing is known.
  const isTheTarget = wanted.length <= 1 && (columns.length === 0 || targets.includes(wanted[0] ?? ""));
  return {
    ...(wanted.length === 0 ? {} : { columns: wanted.length }),
    ...(isTheTarget && targets.length <= 1 && data.class_count !== null ? { classes: data.class_count } : {}),
  };
}
