/**
 * Builds the program of a spec for one batch size: forward pass and losses, and for training the gradients, clipping and
 * the optimizer's update. Names of parameters are `layer name/parameter`.
 */
import type { TargetEncoding } from "../data/rows.ts";
import { AppError } from "../errors.ts";
import { requireFitting } from "../graph/node-result.ts";
import { appendGradients } from "../ir/autodiff.ts";
import { Builder } from "../ir/builder.ts";
import { at } from "../ir/op.ts";
import { fuseProbabilityLoss } from "../ir/passes/fuse-probability-loss.ts";
import { WHOLE_BLOCK } from "../ir/plan.ts";
import { type Program, type Shape, sizeOf, type Tensor } from "../ir/tensor.ts";
import type { BuildNotes, LayerDefinition, OutputTarget, ParameterDefinition, StateDefinition } from "../layers/layer.ts";
import { outgoingMask } from "../layers/merged-masks.ts";
import { lossDefinition } from "../losses/definitions.ts";
import { lossAttributes } from "../losses/loss.ts";
import { optimizerImplementation } from "../optimizers/implementations.ts";
import { HYPER_SIZE } from "../optimizers/optimizer.ts";
import { appendInside, type InsideTensors, tensorsInside } from "./build-inside.ts";
import { arrivalsOf, valueName, valueShapes } from "./layer-values.ts";
import { definitionOf } from "./model.ts";
import type { LayerSpec, ModelSpec } from "./model-spec.ts";
import type { TrainingOptions } from "./training.ts";

/** Name of the slot that holds the moving average of the weights (`use_ema`). */
export const WEIGHT_AVERAGE = "weight_average";

export interface NetworkProgram {
  readonly program: Program;
  readonly batch: number;
  /** By input node id, `[batch, ...shape]`. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** By output node id. */
  readonly targets: Readonly<Record<string, Tensor>>;
  readonly predictions: Readonly<Record<string, Tensor>>;
  /** Scalar of each output's own loss, without penalties. */
  readonly losses: Readonly<Record<string, Tensor>>;
  /** The sum of all losses and penalties, a scalar. */
  readonly loss: Tensor;
  /** Which steps or nodes of an output count, `[batch, steps]` of ones and zeros, by output node id; all where there is none. */
  readonly masks: Readonly<Record<string, Tensor>>;
  /** Row weights [batch] of the outputs for which they were asked, by node id. */
  readonly rowWeights: Readonly<Record<string, Tensor>>;
  /** Of outputs whose rows are mixed of two classes (`mixesClasses`), by node id; the own class and what it counts are above. */
  readonly partners: Readonly<Record<string, PartnerTarget>>;
  readonly hyper: Tensor | null;
  /** What layers offer to look at, by node id and name; empty unless taps were asked for. */
  readonly taps: Readonly<Record<string, Readonly<Record<string, Tensor>>>>;
  /** What each layer gives and the gradient that comes back to it, by node id; empty unless signals were asked for. */
  readonly signals: Readonly<Record<string, LayerSignal>>;
  /** Null unless it was asked for. */
  readonly inside: InsideTensors | null;
  /** Instructions before this one are the forward pass, before `updateStart` the backward pass. */
  readonly backwardStart: number;
  readonly updateStart: number;
}

/** The second class of every row of a batch that is mixed, shaped as the target, and what it counts in the loss, [batch]. */
export interface PartnerTarget {
  readonly target: Tensor;
  readonly weights: Tensor;
}

/** The first output of a layer, and the loss's gradient with respect to it where one flows. */
export interface LayerSignal {
  readonly value: Tensor;
  readonly gradient: Tensor | null;
}

export interface ParameterInfo extends ParameterDefinition {
  /** `dense_1/kernel`: its name in the parameter block and in files. */
  readonly fullName: string;
  readonly nodeId: string;
  readonly trainable: boolean;
}
export interface StateInfo extends StateDefinition {
  readonly fullName: string;
  readonly nodeId: string;
}

/**
 * Parameters and states of a spec in the order of the blocks; shared layers have none of their own.
 * @throws AppError design.initializer_needs_matrix
 */
export function parametersOf(spec: ModelSpec): { parameters: ParameterInfo[]; states: StateInfo[] } {
  const shapes = valueShapes(spec.layers);
  const parameters: ParameterInfo[] = [];
  const states: StateInfo[] = [];
  for (const layer of spec.layers) {
    if (layer.shared_with !== null) continue;
    const definition = definitionOf(layer);
    const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => shapes.get(value) ?? []) };
    const name = { nodeId: layer.id };
    for (const parameter of definition.parameters?.(context) ?? []) {
      requireFittingLayer(layer, parameter);
      const trainable = layer.frozen !== true && parameter.trainable !== false;
      parameters.push({ ...parameter, ...name, trainable, fullName: `${layer.name}/${parameter.name}` });
    }
    for (const state of definition.states?.(context) ?? []) states.push({ ...state, ...name, fullName: `${layer.name}/${state.name}` });
  }
  return { parameters, states };
}

/** @throws AppError design.initializer_needs_matrix */
function requireFittingLayer(layer: LayerSpec, parameter: ParameterDefinition): void {
  try {
    requireFitting(layer.name, parameter);
  } catch (error) {
    throw error instanceof AppError ? error.atNode(layer.id) : error;
  }
}

export interface BuildOptions {
  readonly batch: number;
  readonly mode: "train" | "evaluate";
  readonly training: TrainingOptions;
  /** How each output's target is encoded, by output node id. */
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  /** Outputs whose loss multiplies each row by a weight. @defaultValue none */
  readonly weightedOutputs?: readonly string[];
  /** Rows are mixed of two (mixup): where a target is the number of a class, the loss is that of both classes, each by its share. @defaultValue false */
  readonly mixesClasses?: boolean;
  /** Keeps what layers offer to look at (gates, attention weights) until it is read. @defaultValue false */
  readonly taps?: boolean;
  /** For looking on, in mode `train`: keeps every layer's output and its gradient, and updates nothing. @defaultValue false */
  readonly signals?: boolean;
  /** In mode `evaluate`: keeps every value, and appends a backward pass from outputs or loss to all of them. @defaultValue false */
  readonly inside?: boolean;
}

/** @throws AppError design.* when a layer cannot be built */
export function buildProgram(spec: ModelSpec, options: BuildOptions): NetworkProgram {
  const builder = new Builder();
  const network = new NetworkBuilder(builder, spec, options);
  return network.build();
}

class NetworkBuilder {
  private readonly builder: Builder;
  private readonly spec: ModelSpec;
  private readonly options: BuildOptions;
  /** By value name (layer-values.ts). */
  private readonly values = new Map<string, Tensor>();
  /** `[batch, time]` of ones and zeros, by value name. */
  private readonly masks = new Map<string, Tensor>();
  private readonly taps: Record<string, Record<string, Tensor>> = {};
  private readonly weights = new Map<string, { parameters: Record<string, Tensor>; states: Record<string, Tensor> }>();
  private readonly scalars: Tensor[] = [];
  /** In the order of the block. */
  private readonly trained: { readonly info: ParameterInfo; readonly tensor: Tensor }[] = [];

  constructor(builder: Builder, spec: ModelSpec, options: BuildOptions) {
    this.builder = builder;
    this.spec = spec;
    this.options = options;
  }

  build(): NetworkProgram {
    const { builder, options } = this;
    this.declareWeights();
    const inputs: Record<string, Tensor> = {};
    const targets: Record<string, Tensor> = {};
    const predictions: Record<string, Tensor> = {};
    const losses: Record<string, Tensor> = {};
    const rowWeights: Record<string, Tensor> = {};
    const partners: Record<string, PartnerTarget> = {};
    const masks: Record<string, Tensor> = {};
    this.spec.layers.forEach((layer, stream) => {
      const definition = definitionOf(layer);
      builder.nodeId = layer.id;
      if (definition.traits.role === "input") {
        const tensor = builder.tensor([options.batch, ...layer.shape], "input", `input:${layer.id}`);
        inputs[layer.id] = tensor;
        this.values.set(layer.id, tensor);
        return;
      }
      const outputs = this.buildLayer(layer, definition, stream);
      outputs.forEach((output, port) => this.values.set(valueName(layer.id, port), output));
      const tensor = at(outputs, 0);
      const output = definition.output?.(layer.config as never);
      if (output === undefined) return;
      predictions[layer.id] = tensor;
      const target = builder.tensor(this.targetShape(layer), "input", `target:${layer.id}`);
      targets[layer.id] = target;
      const mixes = options.mixesClasses === true && options.encodings[layer.id] === "class_index";
      const weights =
        mixes || options.weightedOutputs?.includes(layer.id) === true
          ? [builder.tensor([options.batch], "input", `row_weights:${layer.id}`)]
          : [];
      if (weights[0] !== undefined) rowWeights[layer.id] = weights[0];
      const mask = this.masks.get(layer.id);
      if (mask !== undefined) masks[layer.id] = mask;
      const own = this.emitLoss(output, tensor, target, this.weightsOfRows(layer, mask, weights));
      const partner = mixes ? this.declarePartner(layer) : null;
      if (partner !== null) partners[layer.id] = partner;
      const loss =
        partner === null
          ? own
          : builder.one("add", [own, this.emitLoss(output, tensor, partner.target, this.weightsOfRows(layer, mask, [partner.weights]))]);
      losses[layer.id] = loss;
      this.scalars.push(loss);
    });
    this.emitPenalties();
    builder.nodeId = "";
    const loss = this.scalars.length === 1 ? at(this.scalars, 0) : builder.one("add", this.scalars);
    // Fused, a probability would have no gradient of its own.
    if (options.inside !== true) builder.instructions.splice(0, builder.instructions.length, ...fuseProbabilityLoss(builder.instructions));
    const inside =
      options.inside === true
        ? appendInside(builder, this.spec, { loss, inputs, predictions, values: this.values, masks: this.masks, taps: this.taps })
        : null;
    const firstBackward = builder.instructions.findIndex(({ phase }) => phase === "backward");
    const backwardStart = firstBackward < 0 ? builder.instructions.length : firstBackward;
    let updateStart = backwardStart;
    let hyper: Tensor | null = null;
    let signals: Record<string, LayerSignal> = {};
    if (options.mode === "train") {
      const trained = this.trained.map(({ tensor }) => tensor);
      const gradients = appendGradients(builder, loss, trained);
      updateStart = builder.instructions.length;
      if (options.signals === true) signals = this.signalsOf(gradients);
      else hyper = this.appendUpdate();
    }
    const { taps } = this;
    const watched = Object.values(signals).flatMap(({ value, gradient }) => (gradient === null ? [value] : [value, gradient]));
    const tapped = Object.values(taps).flatMap((ofNode) => Object.values(ofNode));
    const results = [
      loss,
      ...Object.values(losses),
      ...Object.values(predictions),
      ...Object.values(masks),
      ...tapped,
      ...watched,
      ...(inside === null ? [] : tensorsInside(inside)),
    ];
    const brought = options.mode === "train" ? [...Object.values(inputs), ...Object.values(targets)] : [];
    const program = builder.program(results, brought);
    const { batch } = options;
    const tensors = { inputs, targets, predictions, losses, loss, masks, rowWeights, partners, hyper, taps, signals, inside };
    return { program, batch, ...tensors, backwardStart, updateStart };
  }

  private signalsOf(gradients: ReadonlyMap<number, Tensor>): Record<string, LayerSignal> {
    return Object.fromEntries(
      this.spec.layers.flatMap(({ id }) => {
        const value = this.values.get(id);
        return value === undefined ? [] : [[id, { value, gradient: gradients.get(value.id) ?? null }]];
      }),
    );
  }

  private declareWeights(): void {
    const { parameters, states } = parametersOf(this.spec);
    for (const layer of this.spec.layers) this.weights.set(layer.id, { parameters: {}, states: {} });
    // What is trained comes first: its gradients, slots and the update are one stretch at the start of the block.
    for (const info of [...parameters].sort((a, b) => Number(b.trainable) - Number(a.trainable))) {
      this.builder.nodeId = info.nodeId;
      const tensor = this.builder.tensor(info.shape, "parameter", info.fullName);
      const own = this.weights.get(info.nodeId);
      if (own !== undefined) own.parameters[info.name] = tensor;
      if (info.trainable) this.trained.push({ info, tensor });
    }
    for (const info of states) {
      this.builder.nodeId = info.nodeId;
      const own = this.weights.get(info.nodeId);
      if (own !== undefined) own.states[info.name] = this.builder.tensor(info.shape, "state", info.fullName);
    }
  }

  private buildLayer(layer: LayerSpec, definition: LayerDefinition, stream: number): readonly Tensor[] {
    const { parameters = {}, states = {} } = this.weights.get(layer.shared_with ?? layer.id) ?? {};
    const arrivals = arrivalsOf(layer, (value) => {
      const tensor = this.values.get(value);
      if (tensor === undefined) throw new Error(`layer ${layer.name} comes before its input ${value}`);
      return tensor;
    });
    const { training, mode } = this.options;
    const notes = this.notesFor(layer);
    const outputs = definition.build({
      builder: this.builder,
      config: layer.config as never,
      ...arrivals,
      ...notes,
      parameters,
      states,
      // Keras: a frozen batch normalization keeps its moving statistics and uses them.
      training: mode === "train" && !(layer.frozen === true && definition.traits.normalizes === "batch"),
      stream,
      seed: training.seed,
    });
    const mask = outgoingMask(this.builder, definition.traits.mask, notes.masks);
    if (mask !== undefined && !this.masks.has(layer.id)) this.masks.set(layer.id, mask);
    return outputs;
  }

  /** Masks that come in, and where a layer's own mask, penalties and taps go. */
  private notesFor(layer: LayerSpec): BuildNotes {
    return {
      masks: layer.inputs.map((value) => this.masks.get(value)),
      maskOutput: (mask, port = 0) => {
        this.masks.set(valueName(layer.id, port), mask);
      },
      addPenalty: (scalar) => {
        this.scalars.push(scalar);
      },
      tap: (name, tensor) => {
        if (this.options.taps !== true) return;
        this.taps[layer.id] = { ...this.taps[layer.id], [name]: tensor };
      },
    };
  }

  private targetShape(layer: LayerSpec): Shape {
    const rows = this.options.batch;
    return this.options.encodings[layer.id] === "class_index"
      ? [rows * (sizeOf(layer.shape) / at(layer.shape, layer.shape.length - 1))]
      : [rows, ...layer.shape];
  }

  private declarePartner(layer: LayerSpec): PartnerTarget {
    return {
      target: this.builder.tensor(this.targetShape(layer), "input", `partner:${layer.id}`),
      weights: this.builder.tensor([this.options.batch], "input", `partner_weights:${layer.id}`),
    };
  }

  /** What each row of the loss counts: the weights of the batch's rows, and nothing where the mask is 0. */
  private weightsOfRows(layer: LayerSpec, mask: Tensor | undefined, weights: readonly Tensor[]): readonly Tensor[] {
    if (mask === undefined) return weights;
    const rows = sizeOf(layer.shape) / at(layer.shape, layer.shape.length - 1);
    const steps = sizeOf(mask.shape) / this.options.batch;
    // A mask that was handed on (of words, say) may not be of what the output compares.
    if (steps !== rows) throw new AppError("design.mask_rows_differ", { expected: rows, received: steps }, { nodeId: layer.id });
    return [this.builder.one("mask_weights", [mask, ...weights])];
  }

  private emitLoss(output: OutputTarget, prediction: Tensor, target: Tensor, rowWeights: readonly Tensor[]): Tensor {
    const inputs = [prediction, target, ...rowWeights];
    const definition = lossDefinition(output.loss);
    return this.builder.one(definition.op, inputs, lossAttributes(definition, output.weight, output.labelSmoothing));
  }

  private emitPenalties(): void {
    for (const { info, tensor } of this.trained) {
      const { l1 = 0, l2 = 0 } = info;
      if (l1 === 0 && l2 === 0) continue;
      this.builder.nodeId = info.nodeId;
      this.scalars.push(this.builder.one("penalty", [tensor], { l1, l2 }));
    }
  }

  /**
   * Clipping, the optimizer, constraints and the average of the weights: over all that is trained in one stretch, or a parameter
   * at a time. Returns the tensor of the step's numbers.
   */
  private appendUpdate(): Tensor {
    const { builder } = this;
    const { training } = this.options;
    builder.phase = "update";
    const gradients = builder.tensors.filter((tensor) => tensor.role === "gradient");
    const size = gradients.reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);
    builder.nodeId = "";
    const hyper = builder.tensor([HYPER_SIZE], "input", "hyper");
    if (size === 0) return hyper;
    const block = (role: "parameter" | "gradient"): Tensor => builder.tensor([size], role, WHOLE_BLOCK);
    const allGradients = block("gradient");
    if (training.clipvalue !== null) builder.emit("clip_by_value", [allGradients], { limit: training.clipvalue });
    if (training.clipnorm !== null)
      for (const gradient of gradients) {
        builder.nodeId = gradient.nodeId;
        builder.emit("clip_by_norm", [gradient], { limit: training.clipnorm });
      }
    builder.nodeId = "";
    if (training.global_clipnorm !== null) builder.emit("clip_by_norm", [allGradients], { limit: training.global_clipnorm });
    const optimizer = optimizerImplementation(training.optimizer.type);
    const slots = optimizer.slots(training.optimizer.config).map((slot) => builder.tensor([size], "slot", slot.name));
    const allParameters = block("parameter");
    builder.emit(optimizer.op, [allParameters, allGradients, hyper, ...slots], optimizer.attributes(training.optimizer.config));
    for (const { info, tensor } of this.trained) {
      builder.nodeId = info.nodeId;
      if (info.constraint !== undefined) builder.emit("constrain", [tensor], { ...info.constraint });
    }
    builder.nodeId = "";
    if (training.use_ema) builder.emit("average_update", [allParameters, hyper, builder.tensor([size], "slot", WEIGHT_AVERAGE)]);
    return hyper;
  }
}
