/**
 * Weights as people read them: coefficients of a regression (one layer with weights, right after the input), odds where they mean
 * something, and the figures of any tensor. Pure.
 */
import type { DesignDocument, NodeDocument } from "../../../core/graph/document.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import { lossDefinition } from "../../../core/losses/definitions.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { validateConfig } from "../../../core/schema/validate.ts";

export type LayerWeights = MethodOutput<"runs.weights">;
export type WeightTensor = LayerWeights["parameters"][number];

export interface Coefficients {
  /** One name a column: a class, or nothing for a single unit. */
  readonly units: readonly string[];
  readonly rows: readonly { readonly feature: string; readonly values: readonly (number | null)[] }[];
  /** One value a unit; null without a bias. */
  readonly intercepts: readonly (number | null)[] | null;
  /** exp(w) is the factor of the odds. */
  readonly odds: boolean;
}

/** Layers that have weights of their own, in the order of the design. */
export function layersWithWeights(design: DesignDocument): readonly NodeDocument[] {
  return design.graph.nodes.filter((node) => {
    const definition = layerDefinition(node.type);
    return definition !== undefined && !node.bypassed && (definition.parameters !== undefined || definition.states !== undefined);
  });
}

/** @returns null when the network is more than one linear layer over the features */
export function coefficientsOf(design: DesignDocument, node: NodeDocument, weights: LayerWeights): Coefficients | null {
  if (layersWithWeights(design).length !== 1 || layerDefinition(node.type)?.traits.linear !== true || weights.features.length === 0)
    return null;
  const kernel = weights.parameters.find(({ shape }) => shape.length === 2);
  const bias = weights.parameters.find(({ shape }) => shape.length === 1);
  const [featureCount, unitCount] = kernel?.shape ?? [];
  if (kernel === undefined || featureCount !== weights.features.length || unitCount === undefined) return null;
  return {
    units: unitCount === 1 ? [""] : Array.from({ length: unitCount }, (_, unit) => weights.classes[unit] ?? `${unit + 1}`),
    rows: weights.features.map((feature, row) => ({ feature, values: kernel.values.slice(row * unitCount, (row + 1) * unitCount) })),
    intercepts: bias === undefined ? null : bias.values,
    odds: givesOdds(design, node),
  };
}

/** The one activation whose inverse is the logarithm of the odds. */
const LOGISTIC = "sigmoid";

/** Odds are read from a probability of its own each (sigmoid) that was trained by the cross-entropy of such probabilities. */
function givesOdds(design: DesignDocument, node: NodeDocument): boolean {
  const next = successors(design, node.id);
  const activation = activationOf(node) ?? next.map(activationOf).find((found) => found !== undefined);
  const losses = design.graph.nodes.flatMap((other) => {
    const definition = layerDefinition(other.type);
    return definition?.output === undefined ? [] : [definition.output(validateConfig(definition.schema, other.config, other.name)).loss];
  });
  return activation === LOGISTIC && losses.length > 0 && losses.every((loss) => lossDefinition(loss).expects === "each_probability");
}

function successors(design: DesignDocument, id: string): readonly NodeDocument[] {
  const targets = new Set(design.graph.edges.filter((edge) => edge.source === id).map((edge) => edge.target));
  return design.graph.nodes.filter((node) => targets.has(node.id));
}

/** Name of the layer's activation; undefined for none, or one that passes values through. */
function activationOf(node: NodeDocument): string | undefined {
  const definition = layerDefinition(node.type);
  const field = definition?.traits.activationField;
  if (definition === undefined || field === undefined) return undefined;
  const name: unknown = (validateConfig(definition.schema, node.config, node.name) as Readonly<Record<string, unknown>>)[field];
  return typeof name === "string" && name !== "linear" ? name : undefined;
}

export interface TensorFigures {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
}

export function figuresOf(values: readonly (number | null)[]): TensorFigures {
  let [min, max, mean, spread, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    count += 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
    const before = value - mean;
    mean += before / count;
    spread += before * (value - mean);
  }
  return { count, min, max, mean, deviation: count === 0 ? 0 : Math.sqrt(spread / count) };
}
