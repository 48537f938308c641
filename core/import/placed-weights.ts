/** Weights of another tool in the places of ours: layer by layer, in the order in which Keras holds them, numbers as they lie. */
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";
import { arrivalsOf, valueShapes } from "../spec/layer-values.ts";
import { definitionOf } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { ImportedDesign } from "./keras-design.ts";
import type { ForeignWeight } from "./tfjs-weights.ts";

export interface PlacedWeight {
  /** `dense_1/kernel` */
  readonly fullName: string;
  readonly kind: "parameter" | "state";
  readonly values: Float32Array;
}

/** @throws AppError import.weights_differ, naming the layer */
export function placeWeights(spec: ModelSpec, { owners, paths }: ImportedDesign, weights: readonly ForeignWeight[]): PlacedWeight[] {
  const shapes = valueShapes(spec.layers);
  return [...owners].flatMap(([kerasName, { id }]) => {
    const layer = spec.layers.find((one) => one.id === id);
    if (layer === undefined) return [];
    const definition = definitionOf(layer);
    const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => shapes.get(value) ?? []) };
    const lacks = definition.keras?.(context).lacks ?? [];
    const wanted = [
      ...(definition.parameters?.(context) ?? []).map((one) => ({ ...one, kind: "parameter" as const })),
      ...(definition.states?.(context) ?? []).map((one) => ({ ...one, kind: "state" as const })),
    ].filter(({ name }) => !lacks.includes(name));
    const given = weightsOf(paths.get(kerasName) ?? kerasName, weights);
    const differs = wanted.length !== given.length || wanted.some(({ shape }, i) => sizeOf(shape) !== given[i]?.values.length);
    if (differs) {
      const told = (all: readonly { readonly name: string; readonly shape: readonly number[] }[]): string =>
        all.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join(", ") || "–";
      throw new AppError("import.weights_differ", { name: kerasName, expected: told(wanted), received: told(given) }, { nodeId: id });
    }
    return wanted.map(({ name, kind }, i) => ({ fullName: `${layer.name}/${name}`, kind, values: given[i]?.values ?? new Float32Array() }));
  });
}

/** Keras writes those of a nested model's layer by the layer's name alone, or behind the names of the models around it. */
function weightsOf(path: string, weights: readonly ForeignWeight[]): readonly ForeignWeight[] {
  const found = weights.filter(({ name }) => name.startsWith(`${path}/`));
  const rest = path.indexOf("/");
  return found.length > 0 || rest < 0 ? found : weightsOf(path.slice(rest + 1), weights);
}
