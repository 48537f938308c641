/**
 * A network of the program said in PyTorch, layer by layer through the layers' own mappings: what trainer.py trains. It names no layer;
 * whatever the registry holds can be said, or is refused in words.
 */
import { Builder } from "../../core/ir/builder.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import { NO_NOTES, type ParameterDefinition, type PyTorchMapping, type StateDefinition } from "../../core/layers/layer.ts";
import { outgoingMaskInPyTorch } from "../../core/layers/merged-masks.ts";
import { resolveActivations } from "../../core/layers/pytorch-expression.ts";
import { lossDefinition } from "../../core/losses/definitions.ts";
import { optimizerDefinition } from "../../core/optimizers/definitions.ts";
import { arrivalsOf, valueName, valueShapes } from "../../core/spec/layer-values.ts";
import { definitionOf } from "../../core/spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../core/spec/model-spec.ts";
import type { TrainingOptions } from "../../core/spec/training.ts";

export interface SaidWeight {
  readonly full_name: string;
  readonly role: "parameter" | "state";
  readonly attribute: string;
  /** Axes of ours in PyTorch's order. */
  readonly transpose: readonly number[];
  readonly shape: Shape;
  readonly l1: number;
  readonly l2: number;
  readonly trainable: boolean;
  readonly constraint: unknown;
}
export interface SaidLayer {
  readonly name: string;
  /** Place of the layer whose module this one uses; null for its own. */
  readonly shared_with: number | null;
  readonly support: string;
  readonly module: string | null;
  readonly call: string;
  /** Variables of its outputs, and of its mask. */
  readonly results: readonly string[];
  readonly mask: { readonly variable: string; readonly expression: string } | null;
  readonly penalty: string | null;
  readonly weights: readonly SaidWeight[];
}
export interface SaidOutput {
  readonly id: string;
  readonly value: string;
  readonly expression: string;
  readonly weight: number;
  readonly rows_are_classes: boolean;
}
export interface SaidNetwork {
  readonly inputs: Readonly<Record<string, string>>;
  readonly layers: readonly SaidLayer[];
  readonly outputs: readonly SaidOutput[];
  readonly optimizer: string;
  readonly clipvalue: number | null;
  readonly clipnorm: number | null;
  readonly global_clipnorm: number | null;
}

/** PyTorch cannot be told: not a difference, and not a failure. */
export class NotSaid extends Error {}

const variable = (value: string): string => `v_${value.replace(/[^A-Za-z0-9]/g, "_")}`;

/** @throws NotSaid when a layer has no mapping, or makes a mask that its mapping does not give */
export function sayNetwork(spec: ModelSpec, training: TrainingOptions): SaidNetwork {
  const shapes = valueShapes(spec.layers);
  const masks = new Map<string, string>();
  const computing = spec.layers.filter((layer) => definitionOf(layer).traits.role === undefined);
  const places = new Map(computing.map((layer, place) => [layer.id, place]));
  const layers = computing.map((layer) => sayLayer(layer, shapes, masks, places));
  const { clipvalue, clipnorm, global_clipnorm, optimizer } = training;
  return {
    inputs: Object.fromEntries(
      spec.layers.filter((layer) => definitionOf(layer).traits.role === "input").map(({ id }) => [id, variable(id)]),
    ),
    layers,
    outputs: spec.layers.filter((layer) => definitionOf(layer).traits.role === "output").map(sayOutput),
    optimizer: optimizerDefinition(optimizer.type).pytorch(optimizer.config),
    clipvalue,
    clipnorm,
    global_clipnorm,
  };
}

function sayLayer(
  layer: LayerSpec,
  shapes: ReadonlyMap<string, Shape>,
  masks: Map<string, string>,
  places: ReadonlyMap<string, number>,
): SaidLayer {
  const definition = definitionOf(layer);
  const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => shapes.get(value) ?? []) };
  const mapping = definition.pytorch?.(context);
  if (mapping === undefined) throw new NotSaid(`${layer.type} has no PyTorch mapping`);
  const inputs = layer.inputs.map(variable);
  const arriving = layer.inputs.map((value) => masks.get(value));
  const results = (layer.shapes ?? [layer.shape]).map((_, port) => variable(valueName(layer.id, port)));
  const mask = maskOf(layer, mapping, inputs, arriving, context);
  if (mask !== null) masks.set(layer.id, mask.variable);
  const owned = layer.shared_with === null;
  const placed = (role: "parameter" | "state") => (weight: ParameterDefinition | StateDefinition) =>
    sayWeight(layer, mapping, role, weight);
  return {
    name: layer.name,
    shared_with: owned ? null : (places.get(layer.shared_with ?? "") ?? null),
    support: resolveActivations(mapping.support ?? ""),
    module: mapping.module,
    call: resolveActivations(mapping.call("module", inputs, arriving)),
    results,
    mask,
    penalty: mapping.penalty === undefined ? null : mapping.penalty(results),
    weights: owned
      ? [
          ...(definition.parameters?.(context) ?? []).flatMap(placed("parameter")),
          ...(definition.states?.(context) ?? []).flatMap(placed("state")),
        ]
      : [],
  };
}

function sayWeight(
  layer: LayerSpec,
  mapping: PyTorchMapping,
  role: "parameter" | "state",
  weight: ParameterDefinition | StateDefinition,
): SaidWeight[] {
  const place = mapping.weights[weight.name];
  if (place === undefined && role === "parameter") throw new NotSaid(`${layer.type}: '${weight.name}' has no place in PyTorch`);
  if (place === undefined) return [];
  const { l1 = 0, l2 = 0, trainable = true, constraint = null } = weight as Partial<ParameterDefinition>;
  return [
    {
      full_name: `${layer.name}/${weight.name}`,
      role,
      attribute: place.name,
      transpose: place.transpose ?? weight.shape.map((_, i) => i),
      shape: weight.shape,
      l1,
      l2,
      trainable: trainable && layer.frozen !== true,
      constraint,
    },
  ];
}

type Context = Parameters<NonNullable<ReturnType<typeof definitionOf>["pytorch"]>>[0];

/** The mask that goes on behind a layer. */
function maskOf(
  layer: LayerSpec,
  mapping: PyTorchMapping,
  inputs: readonly string[],
  arriving: readonly (string | undefined)[],
  context: Context,
): SaidLayer["mask"] {
  const own = `${variable(layer.id)}_mask`;
  const given = outgoingMaskInPyTorch(definitionOf(layer).traits.mask, mapping, inputs, arriving);
  if (given !== undefined) return { variable: own, expression: given };
  if (makesMask(layer, context, arriving)) throw new NotSaid(`${layer.type} makes a mask that its PyTorch mapping does not give`);
  return null;
}

/** Whether the layer, built alone, calls maskOutput. */
function makesMask(layer: LayerSpec, context: Context, arriving: readonly (string | undefined)[]): boolean {
  const definition = definitionOf(layer);
  const builder = new Builder();
  let made = false;
  const declared = (role: "parameter" | "state", list: readonly { readonly name: string; readonly shape: Shape }[] = []) =>
    Object.fromEntries(list.map(({ name, shape }) => [name, builder.tensor(shape, role, name)]));
  definition.build({
    builder,
    ...context,
    ...NO_NOTES,
    inputs: context.inputs.map((shape, i) => builder.tensor([2, ...shape], "input", `input_${i}`)),
    parameters: declared("parameter", definition.parameters?.(context)),
    states: declared("state", definition.states?.(context)),
    masks: arriving.map((mask, i) =>
      mask === undefined ? undefined : builder.tensor([2, context.inputs[i]?.[0] ?? 1], "input", `mask_${i}`),
    ),
    maskOutput: () => {
      made = true;
    },
    training: true,
    stream: 0,
    seed: 0,
  });
  return made;
}

function sayOutput(layer: LayerSpec): SaidOutput {
  const output = definitionOf(layer).output?.(layer.config as never);
  if (output === undefined) throw new Error(`${layer.name} is no output`);
  const definition = lossDefinition(output.loss);
  return {
    id: layer.id,
    value: variable(layer.inputs[0] ?? ""),
    expression: definition.pytorch("p", "t", output.labelSmoothing),
    weight: output.weight,
    rows_are_classes: definition.op !== "elementwise_loss",
  };
}
