/** The spec of a design as it is drawn: what the data section knows of shapes and classes, without preparing any rows. */
import type { DesignDocument } from "../graph/document.ts";
import { nodeDataOf } from "../graph/node-data.ts";
import { feedOf } from "../graph/ports.ts";
import { layerDefinition } from "../layers/registry.ts";
import { type DataFacts, definitionOf, makeModelSpec } from "./model.ts";
import type { ModelSpec } from "./model-spec.ts";

/** @throws AppError design.* or config.*; design.input_shape_unknown where only prepared rows could tell */
export function drawnSpec({ graph, data }: Pick<DesignDocument, "graph" | "data">): ModelSpec {
  const inputs: Record<string, readonly number[]> = {};
  const outputs: Record<string, DataFacts["outputs"][string]> = {};
  for (const node of graph.nodes) {
    const definition = definitionOf(node);
    const { shape, classes, columns } = nodeDataOf(definition, node, data, () => feedOf(graph, node.id, layerDefinition));
    if (definition.traits.role === "input" && shape !== undefined) inputs[node.id] = shape;
    if (definition.traits.role === "output")
      outputs[node.id] = {
        ...(classes === undefined ? {} : { classes }),
        ...(columns === undefined ? {} : { columns }),
        ...(shape === undefined ? {} : { shape }),
      };
  }
  const nodes = data?.graph?.node_count;
  return makeModelSpec(graph, { inputs, outputs, ...(nodes === undefined ? {} : { nodes }) });
}
