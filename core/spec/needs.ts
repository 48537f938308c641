/** What a design asks of the data: columns and shapes by input, encodings and widths by output. */

import type { DataNeeds } from "../data/data-needs.ts";
import { AppError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import { feedOf } from "../graph/ports.ts";
import { sizeOf } from "../ir/tensor.ts";
import { layerDefinition } from "../layers/registry.ts";
import { lossDefinition } from "../losses/definitions.ts";
import { validateConfig } from "../schema/validate.ts";
import { definitionOf } from "./model.ts";
import type { ModelSpec } from "./model-spec.ts";

/**
 * @param spec when the shapes are known: gives the outputs' widths. Without it every width is 0, which fits anything:
 *             a first pass that only asks how wide the features are.
 */
export function dataNeeds(graph: GraphDocument, spec: ModelSpec | null): DataNeeds {
  const inputs: DataNeeds["inputs"][number][] = [];
  const outputs: DataNeeds["outputs"][number][] = [];
  const inputIds = new Map<string, string>();
  for (const node of graph.nodes) if (definitionOf(node).traits.role === "input") inputIds.set(node.name, node.id);
  for (const node of graph.nodes) {
    if (node.bypassed) continue;
    const definition = definitionOf(node);
    if (definition.input === undefined && definition.output === undefined) continue;
    const config = validateConfig(definition.schema, node.config, `${definition.texts.en.label} '${node.name}'`);
    const input = definition.input?.(config);
    if (input !== undefined) {
      const feeds = feedOf(graph, node.id, layerDefinition);
      inputs.push({ nodeId: node.id, ...input, ...(feeds === null ? {} : { feeds }) });
    }
    const output = definition.output?.(config);
    if (output === undefined) continue;
    const targetInput = output.targetInput === null ? null : inputIds.get(output.targetInput);
    if (targetInput === undefined)
      throw new AppError("design.target_input_missing", { name: output.targetInput ?? "" }, { nodeId: node.id });
    const layer = spec?.layers.find((one) => one.id === node.id);
    outputs.push({
      nodeId: node.id,
      columns: output.columns,
      targetInput,
      encodings: lossDefinition(output.loss).encodings,
      width: layer === undefined ? 0 : sizeOf(layer.shape),
    });
  }
  return { inputs, outputs };
}

/** Whether any output compares with classes: only then can a split keep the classes in proportion. */
export function takesClasses(graph: GraphDocument): boolean {
  return dataNeeds(graph, null).outputs.some((output) => output.encodings[0] !== "value");
}
