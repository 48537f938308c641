/**
 * What one layer costs, counted in the instructions that the engine would have for it alone: of predicting a sample, and of a step of
 * training with the backward pass that follows from what learns.
 */
import { differentiate } from "../ir/autodiff.ts";
import { Builder } from "../ir/builder.ts";
import { ops } from "../ir/ops/registry.ts";
import { blocksOf } from "../ir/plan.ts";
import { type Shape, sizeOf, type Tensor } from "../ir/tensor.ts";
import { type Arrivals, type LayerDefinition, NO_NOTES } from "../layers/layer.ts";
import type { AnyConfig } from "../schema/fields.ts";

export interface LayerCost {
  /** Of predicting one sample. */
  readonly multiplyAdds: number;
  /** Of one sample in a step of training; null where it costs nothing. */
  readonly step: StepCost | null;
  /** Elements of all tensors that are made on the way of predicting one sample; what takes another's place is none of its own. */
  readonly activationElements: number;
}

/** From this input on all are known as one: more than these are added or joined, where each costs alike. */
const INPUTS_APART = 3;

/**
 * What a layer costs in a step of training, counted when it is asked for the first time: shapes are waited for while a person types,
 * the costs of a step are not.
 */
export class StepCost {
  private readonly definition: LayerDefinition;
  private readonly config: AnyConfig;
  private readonly arrivals: Arrivals<Shape>;
  /** By what learns: bit 0 is the layer's own weights, bit k + 1 what arrives k-th. */
  readonly #known = new Map<number, number>();

  constructor(definition: LayerDefinition, config: AnyConfig, arrivals: Arrivals<Shape>) {
    this.definition = definition;
    this.config = config;
    this.arrivals = arrivals;
  }

  /**
   * @param own    whether weights of its own are trained
   * @param inputs of what arrives: whether it depends on weights that are trained
   * @returns multiply–adds of one sample, forward and backward
   */
  multiplyAdds(own: boolean, inputs: readonly boolean[]): number {
    const mask = inputs.reduce((bits, learns, index) => (learns ? bits | (2 << Math.min(index, INPUTS_APART - 1)) : bits), Number(own));
    const known = this.#known.get(mask) ?? this.counted(own, inputs);
    this.#known.set(mask, known);
    return known;
  }

  /** Whether it was made of the same: then it costs the same. */
  isAs({ definition, config, arrivals }: StepCost): boolean {
    const same = definition === this.definition && JSON.stringify(config) === JSON.stringify(this.config);
    return same && JSON.stringify(arrivals) === JSON.stringify(this.arrivals);
  }

  private counted(own: boolean, learns: readonly boolean[]): number {
    const { definition, config, arrivals } = this;
    // As a step is built: a batch normalization that is frozen takes its moving statistics.
    const { builder, inputs, weights, outputs } = built(definition, config, arrivals, own || definition.traits.normalizes !== "batch");
    const learning = inputs.filter((_, index) => learns[index] === true);
    differentiate(builder, outputs, own ? [...weights, ...learning] : learning);
    return multiplyAddsOf(builder);
  }
}

export function costOf(definition: LayerDefinition, config: AnyConfig, arrivals: Arrivals<Shape>): LayerCost {
  const predicting = built(definition, config, arrivals, false);
  const blocks = blocksOf(predicting.builder.program(predicting.outputs));
  return {
    multiplyAdds: multiplyAddsOf(predicting.builder),
    step: new StepCost(definition, config, arrivals),
    activationElements: blocks.reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0),
  };
}

interface Built {
  readonly builder: Builder;
  readonly inputs: readonly Tensor[];
  /** Those that are trained. */
  readonly weights: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** The layer for one sample. */
function built(definition: LayerDefinition, config: AnyConfig, arrivals: Arrivals<Shape>, training: boolean): Built {
  const builder = new Builder();
  const context = { config: config as never, ...arrivals };
  const parameters = definition.parameters?.(context) ?? [];
  const states = definition.states?.(context) ?? [];
  const tensorsOf = (list: readonly { readonly name: string; readonly shape: Shape }[], role: "parameter" | "state") =>
    Object.fromEntries(list.map(({ name, shape }) => [name, builder.tensor(shape, role, name)]));
  const weights = tensorsOf(parameters, "parameter");
  const inputs = arrivals.inputs.map((shape, index) => builder.tensor([1, ...shape], "input", `input_${index}`));
  const outputs = definition.build({
    builder,
    config: config as never,
    ...arrivals,
    inputs,
    parameters: weights,
    states: tensorsOf(states, "state"),
    ...NO_NOTES,
    training,
    stream: 0,
    seed: 0,
  });
  const trained = parameters.flatMap(({ name, trainable }) => (trainable === false ? [] : (weights[name] ?? [])));
  return { builder, inputs, weights: trained, outputs };
}

function multiplyAddsOf({ instructions }: Builder): number {
  const shapes = (tensors: readonly Tensor[]): Shape[] => tensors.map(({ shape }) => shape);
  return instructions.reduce(
    (sum, { op, inputs, outputs, attributes }) => sum + (ops[op].multiplyAdds?.(shapes(inputs), shapes(outputs), attributes) ?? 0),
    0,
  );
}
