/** What is known of the layers of a network without running it, for the views to say which of them fit. */
import type { LayerFacts, NetworkFacts, WeightFacts } from "../../insight/inside/look.ts";
import { parametersOf } from "../../spec/build.ts";
import { takesNumbers } from "../../spec/build-inside.ts";
import { layerOfValue } from "../../spec/layer-values.ts";
import { definitionOf, layersOfRole } from "../../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../spec/model-spec.ts";

export function layerFacts(spec: ModelSpec): LayerFacts[] {
  const { parameters, states } = parametersOf(spec);
  const weights = [
    ...parameters.map((info) => ({ ...info, kind: "parameter" as const })),
    ...states.map((info) => ({ ...info, kind: "state" as const })),
  ];
  return spec.layers.map((layer): LayerFacts => {
    const { traits, ports } = definitionOf(layer);
    const owner = layer.shared_with ?? layer.id;
    return {
      id: layer.id,
      name: layer.name,
      traits,
      shapes: layer.shapes ?? [layer.shape],
      inputPorts: ports.inputs.map(({ name }) => name),
      weights: weights
        .filter(({ nodeId }) => nodeId === owner)
        .map(({ name, fullName, shape, kind }): WeightFacts => ({ name, fullName, shape, kind })),
      feeds: traits.role === "input" ? feedsOf(spec, layer) : null,
    };
  });
}

export const networkFacts = (spec: ModelSpec): NetworkFacts => ({
  inputs: layersOfRole(spec, "input").map((layer) => ({ id: layer.id, shape: layer.shape, feeds: feedsOf(spec, layer) })),
});

function feedsOf(spec: ModelSpec, input: LayerSpec): "numbers" | "indices" | "graph" | "other" {
  if (takesNumbers(spec, input.id)) return "numbers";
  const kinds = spec.layers.flatMap((layer) =>
    layer.inputs.includes(input.id) ? definitionOf(layer).ports.inputs.map(({ kind }) => kind) : [],
  );
  if (kinds.includes("graph")) return "graph";
  return kinds.includes("index") ? "indices" : "other";
}

/** Ids of the layers that take a layer's first output. */
export const consumersOf = (spec: ModelSpec, id: string): string[] =>
  spec.layers.filter(({ inputs }) => inputs.some((value) => layerOfValue(value) === id)).map((layer) => layer.id);

/** The input whose steps a value still has: back along first inputs, as long as the number of steps is the same. */
export function inputOfSteps(spec: ModelSpec, value: string): LayerSpec | null {
  const byId = new Map(spec.layers.map((layer) => [layer.id, layer]));
  const first = byId.get(layerOfValue(value));
  const [steps] = first?.shape ?? [];
  for (let layer = first; layer !== undefined && layer.shape[0] === steps; layer = byId.get(layerOfValue(layer.inputs[0] ?? "")))
    if (definitionOf(layer).traits.role === "input") return layer;
  return null;
}
