/** The weights of a layer by name, as people look at them. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { definitionOf, layersOfRole } from "../../../core/spec/model.ts";
import type { Predictor } from "../../../core/train/model.ts";

/** Where the numbers come from that a layer weighs: flattening changes their shape, not their order. */
function sourceOf(layers: Predictor["network"]["spec"]["layers"], nodeId: string): string | undefined {
  const [first] = layers.find((layer) => layer.id === nodeId)?.inputs ?? [];
  const before = layers.find((layer) => layer.id === first);
  return before !== undefined && definitionOf(before).traits.flattens === true ? sourceOf(layers, before.id) : first;
}

export function weightsOf(predictor: Predictor, nodeId: string): MethodOutput<"runs.weights"> {
  const { network, pipeline } = predictor;
  const infos = network.parameters.filter((info) => info.nodeId === nodeId);
  const source = sourceOf(network.spec.layers, nodeId);
  const takesFeatures = layersOfRole(network.spec, "input").some((layer) => layer.id === source);
  return {
    parameters: infos.map((info) => ({
      name: info.name,
      shape: [...info.shape],
      values: Array.from(network.view("parameter", info.fullName)),
    })),
    features: takesFeatures ? pipeline.features.flatMap((group) => [...group.names]) : [],
    classes: [
      ...(predictor.outputs.map(({ layer }) => pipeline.targets[layer.id]?.classes ?? []).find((classes) => classes.length > 0) ?? []),
    ],
  };
}
