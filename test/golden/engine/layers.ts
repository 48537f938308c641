/**
 * What golden values of layers are made from: every example of every registered layer, said in PyTorch by the layer's own
 * mapping. Used by the generator, and by the tests to see whether the committed values are stale.
 */
import { at } from "../../../core/ir/op.ts";
import { type Shape, showShape } from "../../../core/ir/tensor.ts";
import type { LayerDefinition, ParameterDefinition, Port, StateDefinition } from "../../../core/layers/layer.ts";
import { resolveActivations } from "../../../core/layers/pytorch-expression.ts";
import { layerDefinition, layerTypes } from "../../../core/layers/registry.ts";
import type { ConfigOf, Schema } from "../../../core/schema/fields.ts";
import { validateConfig } from "../../../core/schema/validate.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { Drawing } from "./drawing.ts";
import type { Values } from "./golden-file.ts";

export const BATCH = 3;

/** A parameter or state of the layer and its place in the PyTorch module. */
interface WeightDescription {
  readonly name: string;
  readonly role: "parameter" | "state";
  readonly shape: Shape;
  readonly attribute: string;
  /** Axes of ours in PyTorch's order. */
  readonly transpose: readonly number[];
  readonly l1: number;
  readonly l2: number;
}

export interface ExampleDescription {
  readonly kind: "layer";
  readonly name: string;
  readonly config: ConfigOf<Schema>;
  /** Of one sample. */
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** Python definitions that the expressions use. */
  readonly support?: string;
  readonly module: string | null;
  /** Expression over `module`, x0, x1 … */
  readonly call: string;
  readonly weights: readonly WeightDescription[];
  /** What the layer adds to the loss, over `outputs` y0, y1 … */
  readonly penalty?: string;
  /** Inputs that are indices are drawn below this. */
  readonly indices?: number;
  /** The port of each input, where some are left empty. */
  readonly portNames?: readonly string[];
  /** Which inputs come with a mask, by place. */
  readonly masked?: readonly number[];
  /** Which inputs are lists of edges, by place; their ends are drawn below `indices`. */
  readonly graphs?: readonly number[];
}

/** The description with numbers: what the script gets. */
export interface ExampleJob extends ExampleDescription {
  readonly input_values: readonly Values[];
  /** By name; states without a place in PyTorch keep what they start from, and are not here. */
  readonly weight_values: Readonly<Record<string, Values>>;
  /** The loss is the sum of the outputs times these. */
  readonly output_weights: readonly Values[];
  /** `[batch, time]` by place of the input; null for those without. */
  readonly mask_values?: readonly (Values | null)[];
}

export interface ExampleResult {
  readonly training: {
    readonly outputs: readonly Values[];
    readonly input_gradients: readonly Values[];
    readonly parameter_gradients: Readonly<Record<string, Values>>;
    /** After one pass. */
    readonly states: Readonly<Record<string, Values>>;
  };
  readonly evaluation: { readonly outputs: readonly Values[] };
}

export interface LayerCase extends Omit<ExampleJob, "kind" | "module" | "call" | "weights"> {
  readonly result: ExampleResult;
}

/** Layers that compute something: input and output only carry data in and out. */
export const layersWithMaths: readonly LayerDefinition[] = layerTypes
  .map(definitionNamed)
  .filter((definition) => definition.traits.role === undefined);

export function definitionNamed(type: string): LayerDefinition {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(`no layer '${type}'`);
  return definition;
}

export function describeExamples(definition: LayerDefinition): ExampleDescription[] {
  return definition.examples.map((example) => {
    const config = validateConfig(definition.schema, example.config, `${definition.type}, example '${example.name}'`);
    const { inputs, masked } = example;
    const context = { config, inputs, ...(example.ports === undefined ? {} : { portNames: example.ports }) };
    const mapping = definition.pytorch?.(context);
    if (mapping === undefined) throw new Error(`${definition.type} has no PyTorch mapping: its values cannot be checked`);
    const placed = (role: "parameter" | "state", { name, shape, ...rest }: ParameterDefinition | StateDefinition): WeightDescription[] => {
      const place = mapping.weights[name];
      if (place === undefined && role === "parameter") throw new Error(`${definition.type}: parameter '${name}' has no place in PyTorch`);
      const { l1 = 0, l2 = 0 } = rest as Partial<ParameterDefinition>;
      return place === undefined
        ? []
        : [{ name, role, shape, attribute: place.name, transpose: place.transpose ?? shape.map((_, i) => i), l1, l2 }];
    };
    const outputs = definition.outputShapes(context);
    return {
      kind: "layer",
      name: example.name,
      ...(example.indices === undefined ? {} : { indices: example.indices }),
      config,
      inputs,
      outputs,
      ...(mapping.support === undefined ? {} : { support: mapping.support }),
      module: mapping.module,
      call: resolveActivations(
        mapping.call(
          "module",
          inputs.map((_, i) => `x${i}`),
          inputs.map((_, i) => (masked?.includes(i) === true ? `mask${i}` : undefined)),
        ),
      ),
      ...(mapping.penalty === undefined ? {} : { penalty: mapping.penalty(outputs.map((_, i) => `y${i}`)) }),
      ...(masked === undefined ? {} : { masked }),
      ...(example.ports === undefined ? {} : { portNames: example.ports }),
      ...graphsOf(definition, example.ports),
      weights: [
        ...(definition.parameters?.(context) ?? []).flatMap((parameter) => placed("parameter", parameter)),
        ...(definition.states?.(context) ?? []).flatMap((state) => placed("state", state)),
      ],
    };
  });
}

/** Which inputs end at a port of kind graph; nothing where none does. */
function graphsOf(definition: LayerDefinition, names: readonly string[] | undefined): { graphs?: readonly number[] } {
  const kinds = (names ?? []).map((name) => definition.ports.inputs.find((port) => port.name === name)?.kind);
  const graphs = kinds.flatMap((kind, i) => (kind === "graph" ? [i] : []));
  return graphs.length === 0 ? {} : { graphs };
}

/** The numbers depend on the type and the example's name alone: a new layer changes no other's. */
export function exampleJob(type: string, description: ExampleDescription): ExampleJob {
  const drawing = new Drawing(Number.parseInt(hashOf([type, description.name]).slice(0, 8), 16));
  const batch = (shape: Shape): Shape => [BATCH, ...shape];
  return {
    ...description,
    input_values: description.inputs.map((shape, i) =>
      description.graphs?.includes(i) === true
        ? edges(drawing, batch(shape), description.indices ?? 1)
        : description.indices === undefined || description.graphs !== undefined
          ? floatOrMask(portOf(type, description, i), drawing, batch(shape))
          : drawing.classes(batch(shape), description.indices),
    ),
    // A state may be a variance, which is positive.
    weight_values: Object.fromEntries(
      description.weights.map(({ name, role, shape }) => [
        name,
        role === "state" ? drawing.between(shape, 0.5, 2) : drawing.signed(shape, 1),
      ]),
    ),
    output_weights: description.outputs.map((shape) => drawing.signed(batch(shape), 1)),
    ...(description.masked === undefined
      ? {}
      : {
          mask_values: description.inputs.map((shape, i) => (description.masked?.includes(i) === true ? paddingMask(at(shape, 0)) : null)),
        }),
  };
}

/** Rows [source, target, weight], every fifth of them padding. */
function edges(drawing: Drawing, shape: Shape, nodes: number): Values {
  const ends = drawing.classes(shape, nodes).values;
  const weights = drawing.between(shape, 0.2, 1.5).values;
  const values = ends.map((end, i) => (i % 3 < 2 ? end : i % 15 === 14 ? 0 : at(weights, i)));
  return { shape, values };
}

const floatOrMask = (port: Port | undefined, drawing: Drawing, shape: Shape): Values =>
  port?.kind === "mask" ? drawing.oneOf(shape, [0, 1]) : drawing.signed(shape);

function portOf(type: string, { portNames }: ExampleDescription, input: number): Port | undefined {
  const ports = definitionNamed(type).ports.inputs;
  return portNames === undefined ? ports[input] : ports.find(({ name }) => name === portNames[input]);
}

/** The first sample is whole, every next one is a step shorter, and at least one step counts. */
function paddingMask(time: number): Values {
  const shape = [BATCH, time];
  const values = Array.from({ length: BATCH * time }, (_, i) => (i % time < Math.max(1, time - Math.floor(i / time)) ? 1 : 0));
  return { shape, values };
}

/** "dense, softmax, [6]" */
export const titleOf = (definition: LayerDefinition, { name, inputs }: { name: string; inputs: readonly Shape[] }): string =>
  `${definition.type}, ${name}, ${inputs.map(showShape).join(" ")}`;
