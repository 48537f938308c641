/**
 * A network compiled for training or prediction: one arena, the programs for the full batch, the short last batch and
 * evaluation, and the copying of rows in and numbers out. The loop that calls it is loop.ts.
 */

import { type Augmenter, isPicture } from "../data/augment.ts";
import type { PreparedPart, Rows, TargetEncoding } from "../data/prepared.ts";
import { Random } from "../data/random.ts";
import { AppError } from "../errors.ts";
import { initializerImplementation } from "../initializers/implementations.ts";
import { at } from "../ir/op.ts";
import { type Plan, planPrograms, type Region } from "../ir/plan.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { Arena, Executable, KernelBackend } from "../kernels/backend.ts";
import { optimizerImplementation } from "../optimizers/implementations.ts";
import { AVERAGE_MOMENTUM, HYPER_SIZE } from "../optimizers/optimizer.ts";
import { buildProgram, type NetworkProgram, type ParameterInfo, parametersOf, type StateInfo, WEIGHT_AVERAGE } from "../spec/build.ts";
import { layersOfRole, type ModelSpec } from "../spec/model.ts";
import type { TrainingOptions } from "../spec/training.ts";
import { RowCopier } from "./copy-rows.ts";
import { countOf, LossSums } from "./loss-sums.ts";
import { inputNotFinite, isFiniteAll, opNotFinite, weightNotFinite } from "./not-finite.ts";
import { evaluationWeights, type RowWeights, weightedOutputs } from "./row-weights.ts";

/** The most rows that evaluation and prediction take at once. */
export const EVALUATION_BATCH = 256;
/** Numbers of input that they take at once, unless one row has more: a graph of millions of edges is a row. */
const EVALUATION_NUMBERS = 2 ** 22;

/** A power of two up to EVALUATION_BATCH. */
function evaluationBatchOf(spec: ModelSpec): number {
  const numbers = layersOfRole(spec, "input").reduce((sum, { shape }) => sum + sizeOf(shape), 1);
  let batch = EVALUATION_BATCH;
  while (batch > 1 && batch * numbers > EVALUATION_NUMBERS) batch /= 2;
  return batch;
}

/** What the network says of rows without training on them. */
export interface Evaluated {
  readonly loss: number;
  readonly losses: Record<string, number>;
  readonly predictions: Record<string, Float32Array>;
  /** `[rows, steps]`, of the outputs that have a mask. */
  readonly masks: Record<string, Float32Array>;
}
/** Random streams of a seed: 1 shuffles (with the epoch), 2 and up initialise parameters. */
const SHUFFLE_STREAM = 1;
const PARAMETER_STREAM = 1_000_000_007;

export interface NetworkOptions {
  readonly spec: ModelSpec;
  readonly training: TrainingOptions;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  readonly backend: KernelBackend;
  /** Rows to train on, for the size of the last batch; 0 compiles for prediction only. */
  readonly trainingRows: number;
  /** Whether rows come with weights (PreparedPart.weights): then evaluation takes them too. @defaultValue false */
  readonly rowsHaveWeights?: boolean;
  /** The most memory the plan may take. @defaultValue 4 GB, what 32-bit WebAssembly can address */
  readonly memoryLimitBytes?: number;
  /** Keeps what layers offer to look at (gates, attention weights) of every evaluation. @defaultValue false: costs nothing */
  readonly taps?: boolean;
}

interface Compiled {
  readonly network: NetworkProgram;
  readonly executable: Executable;
  readonly index: number;
  /** Where the optimizer's numbers of a step go. */
  readonly hyper: Float32Array | Float64Array | null;
  /** Views of what the last step left, made when they are first asked for. */
  predictions?: Readonly<Record<string, Float32Array | Float64Array>>;
  masks?: Readonly<Record<string, Float32Array | Float64Array>>;
}

export class Network {
  readonly spec: ModelSpec;
  readonly parameters: readonly ParameterInfo[];
  readonly states: readonly StateInfo[];
  readonly plan: Plan;
  readonly arena: Arena;
  readonly backend: KernelBackend;
  private readonly options: NetworkOptions;
  private readonly training = new Map<number, Compiled>();
  private readonly evaluation = new Map<number, Compiled>();
  private readonly batchOf: number;
  private readonly evaluationBatch: number;
  private readonly copiers = new WeakMap<Float32Array, RowCopier>();
  /** One object for every step: a training step allocates nothing. */
  private readonly context = { step: 0 };

  /** @throws AppError engine.over_memory_limit before any memory is taken, engine.out_of_memory */
  constructor(options: NetworkOptions) {
    this.options = options;
    this.spec = options.spec;
    this.backend = options.backend;
    const { parameters, states } = parametersOf(options.spec);
    this.parameters = parameters;
    this.states = states;
    const rows = options.trainingRows;
    this.evaluationBatch = evaluationBatchOf(options.spec);
    this.batchOf = rows === 0 ? this.evaluationBatch : Math.min(options.training.batch_size, rows);
    const { spec, training, encodings, rowsHaveWeights = false } = options;
    const weighted = {
      train: rows === 0 ? [] : weightedOutputs(training, encodings, rowsHaveWeights),
      evaluate: rowsHaveWeights ? Object.keys(encodings) : [],
    };
    const build = (batch: number, mode: "train" | "evaluate"): NetworkProgram => {
      const taps = options.taps === true && mode === "evaluate";
      return buildProgram(spec, { batch, mode, training, encodings, weightedOutputs: weighted[mode], taps });
    };
    const trainingBatches = rows === 0 ? [] : [...new Set([this.batchOf, rows % this.batchOf])].filter((batch) => batch > 0);
    const trainingPrograms = trainingBatches.map((batch) => build(batch, "train"));
    const evaluationPrograms = [...new Set([this.evaluationBatch, 1])].map((batch) => build(batch, "evaluate"));
    const networks = [...trainingPrograms, ...evaluationPrograms];
    this.plan = planPrograms(networks.map((network) => network.program));
    this.checkMemory(options.memoryLimitBytes ?? 4 * 2 ** 30);
    this.arena = options.backend.allocate(this.plan.elementCount);
    networks.forEach((network, index) => {
      const { offsets } = at(this.plan.programs, index);
      const hyper = network.hyper === null ? null : this.slice({ offset: at(offsets, network.hyper.id), size: HYPER_SIZE });
      const compiled: Compiled = { network, index, executable: options.backend.compile(this.plan, index, this.arena), hyper };
      (index < trainingPrograms.length ? this.training : this.evaluation).set(network.batch, compiled);
    });
  }

  private checkMemory(limit: number): void {
    if (this.peakBytes <= limit) return;
    const largest = [...this.plan.places].sort((a, b) => b[1].size - a[1].size).slice(0, 3);
    throw new AppError("engine.over_memory_limit", {
      needed: Math.ceil(this.peakBytes / 2 ** 20),
      limit: Math.floor(limit / 2 ** 20),
      layers: largest.map(([name, region]) => `${name} (${Math.ceil((region.size * this.bytesPerElement) / 2 ** 20)} MB)`).join(", "),
    });
  }

  private get bytesPerElement(): number {
    return this.backend.precision === "float64" ? 8 : 4;
  }

  /** Bytes that the engine takes, known before the first step. */
  get peakBytes(): number {
    return this.backend.bytesFor(this.plan.elementCount);
  }

  get parameterCount(): number {
    return this.parameters.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0);
  }

  /** Of these, the weights that layers keep frozen. */
  get frozenCount(): number {
    return this.parameters.reduce((sum, { trainable, shape }) => sum + (trainable ? 0 : sizeOf(shape)), 0);
  }

  get rowsHaveWeights(): boolean {
    return this.options.rowsHaveWeights === true;
  }

  get batchSize(): number {
    return this.batchOf;
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.options.trainingRows / this.batchOf);
  }

  /** The elements of a persistent tensor, to read or write. */
  view(role: "parameter" | "gradient" | "state" | "slot", fullName: string): Float32Array | Float64Array {
    const region = this.plan.places.get(`${role}:${fullName}`);
    if (region === undefined) throw new Error(`no ${role} '${fullName}'`);
    return this.slice(region);
  }

  /** A whole block: one loop over `parameter` visits every weight. */
  block(role: "parameter" | "gradient" | "state" | "slot"): Float32Array | Float64Array {
    return this.slice(this.plan.blocks[role]);
  }

  private slice({ offset, size }: Region): Float32Array | Float64Array {
    return this.arena.elements.subarray(offset, offset + size);
  }

  /**
   * Fresh weights, states and optimizer slots from a seed: each parameter has a random stream of its own, by its place.
   * @param given what parameters start from instead, by full name: word vectors, weights of another network. NaN keeps what was drawn.
   * @throws AppError engine.initial_weight_unknown, engine.initial_weights_wrong_size
   */
  initialise(seed: number, given: Readonly<Record<string, ArrayLike<number>>> = {}): void {
    this.parameters.forEach((parameter, index) => {
      const { initializer, shape, fanIn = 1, fanOut = 1, initializerValue: value } = parameter;
      const random = new Random(seed, PARAMETER_STREAM + index);
      const context = { size: sizeOf(shape), shape, fanIn, fanOut, random, ...(value === undefined ? {} : { value }) };
      const values = this.view("parameter", parameter.fullName);
      values.set(initializerImplementation(initializer)(context));
      if (parameter.ones !== undefined) values.fill(1, ...parameter.ones);
    });
    for (const name of Object.keys(given)) this.start(name, given[name] as ArrayLike<number>);
    for (const state of this.states) this.view("state", state.fullName).fill(state.initializer === "ones" ? 1 : 0);
    this.resetOptimizer();
  }

  private start(name: string, given: ArrayLike<number>): void {
    const parameter = this.parameters.find(({ fullName }) => fullName === name);
    if (parameter === undefined)
      throw new AppError("engine.initial_weight_unknown", { name, known: this.parameters.map(({ fullName }) => fullName).join(", ") });
    const values = this.view("parameter", name);
    if (given.length !== values.length)
      throw new AppError(
        "engine.initial_weights_wrong_size",
        { name, expected: values.length, received: given.length },
        { nodeId: parameter.nodeId },
      );
    for (let i = 0; i < given.length; i++) if (!Number.isNaN(given[i])) values[i] = given[i] as number;
  }

  private resetOptimizer(): void {
    const { type, config } = this.options.training.optimizer;
    for (const slot of optimizerImplementation(type).slots(config))
      if (this.plan.places.has(`slot:${slot.name}`)) this.view("slot", slot.name).fill(slot.start);
    this.average()?.fill(0);
  }

  /** The moving average of the trained weights, which lie at the start of the parameter block; null without `use_ema`. */
  private average(): Float32Array | Float64Array | null {
    return this.plan.places.has(`slot:${WEIGHT_AVERAGE}`) ? this.view("slot", WEIGHT_AVERAGE) : null;
  }

  /** Runs `act` while the averaged weights stand in the place of the trained ones; without `use_ema` it just runs. */
  withAveragedWeights<T>(act: () => T): T {
    const average = this.average();
    if (average === null) return act();
    const trained = this.block("parameter").subarray(0, average.length);
    const kept = trained.slice();
    trained.set(average);
    try {
      return act();
    } finally {
      trained.set(kept);
    }
  }

  /** Ends a training with `use_ema`: the averaged weights take the place of the trained ones for good (Keras does the same). */
  keepAveragedWeights(): void {
    const average = this.average();
    if (average !== null) this.block("parameter").set(average);
  }

  /** The order in which rows are visited in an epoch. */
  shuffledOrder(rows: number, epoch: number): Uint32Array {
    const order = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) order[i] = i;
    const { shuffle, seed } = this.options.training;
    if (shuffle) new Random(seed, SHUFFLE_STREAM + epoch).shuffle(order);
    return order;
  }

  /**
   * One optimizer step on the rows `order[from … from + batch)`.
   * @param step number of the step over the whole run, from 0
   * @param rowWeights of all rows (row-weights.ts); null counts every row once
   * @returns the loss of the batch before the step
   * @throws AppError train.not_finite naming the node where NaN or infinity first appeared
   */
  trainStep(
    data: PreparedPart,
    order: Uint32Array,
    from: number,
    step: number,
    learningRate: number,
    rowWeights: RowWeights | null,
  ): number {
    const batch = Math.min(this.batchOf, order.length - from);
    const compiled = this.compiledFor(this.training, batch);
    const { network, executable } = compiled;
    this.load(compiled, data, order, from, batch);
    if (data.augmenter !== undefined)
      this.augment(compiled, data, data.augmenter, order, from, batch, Math.floor(step / this.stepsPerEpoch));
    for (const id in network.rowWeights) {
      const place = this.offset(compiled, network.rowWeights[id] as Tensor);
      const weights = rowWeights?.[id];
      for (let i = 0; i < batch; i++) this.arena.elements[place + i] = weights?.[order[from + i] as number] ?? 1;
    }
    if (compiled.hyper !== null) {
      const { type, config } = this.options.training.optimizer;
      optimizerImplementation(type).hyper(compiled.hyper, config, learningRate, step);
      // Keras: the average begins as the weights after the first step.
      compiled.hyper[AVERAGE_MOMENTUM] = step === 0 ? 0 : this.options.training.ema_momentum;
    }
    this.context.step = step;
    executable.run(this.context, 0, network.backwardStart);
    const loss = this.read(compiled, network.loss);
    if (!Number.isFinite(loss)) throw this.diagnose(compiled, data, step);
    executable.run(this.context, network.backwardStart);
    return loss;
  }

  private compiledFor(programs: ReadonlyMap<number, Compiled>, batch: number): Compiled {
    const compiled = programs.get(batch);
    if (compiled === undefined) throw new Error(`no program for a batch of ${batch}`);
    return compiled;
  }

  private offset(compiled: Compiled, tensor: Tensor): number {
    return at(at(this.plan.programs, compiled.index).offsets, tensor.id);
  }

  private read(compiled: Compiled, scalar: Tensor): number {
    return this.arena.elements[this.offset(compiled, scalar)] ?? Number.NaN;
  }

  /** Copies rows into the input tensors; without `order` the rows from `from` on. */
  private load(compiled: Compiled, data: PreparedPart, order: Uint32Array | null, from: number, count: number): void {
    const { inputs, targets } = compiled.network;
    for (const id in inputs) this.copyRows(compiled, inputs[id] as Tensor, data.inputs[id], order, from, count);
    for (const id in targets)
      if (data.targets[id] !== undefined) this.copyRows(compiled, targets[id] as Tensor, data.targets[id], order, from, count);
  }

  /** Changes the pictures that were just copied in, row by row: the data set itself stays as it is. */
  private augment(
    compiled: Compiled,
    data: PreparedPart,
    augmenter: Augmenter,
    order: Uint32Array,
    from: number,
    count: number,
    epoch: number,
  ): void {
    for (const [id, tensor] of Object.entries(compiled.network.inputs)) {
      const shape = data.inputs[id]?.shape ?? [];
      if (!isPicture(shape)) continue;
      const place = this.offset(compiled, tensor);
      for (let i = 0; i < count; i++)
        augmenter.apply(this.arena.elements, place + i * sizeOf(shape), shape, { epoch, row: order[from + i] as number });
    }
  }

  private copyRows(
    compiled: Compiled,
    tensor: Tensor,
    rows: Rows | undefined,
    order: Uint32Array | null,
    from: number,
    count: number,
  ): void {
    if (rows === undefined) throw new Error(`no data for ${tensor.name}`);
    const width = sizeOf(rows.shape);
    const { elements } = this.arena;
    const place = this.offset(compiled, tensor);
    if (order === null) {
      elements.set(rows.values.subarray(from * width, (from + count) * width), place);
      return;
    }
    let copier = this.copiers.get(rows.values);
    if (copier === undefined) {
      copier = new RowCopier(rows.values, width);
      this.copiers.set(rows.values, copier);
    }
    copier.copy(order, from, count, elements, place);
  }

  /** Predictions of the last training step by output node id: a view, valid until the next run. */
  lastPredictions(batch: number): Readonly<Record<string, Float32Array | Float64Array>> {
    const compiled = this.compiledFor(this.training, batch);
    compiled.predictions ??= this.viewsOf(compiled, compiled.network.predictions);
    return compiled.predictions;
  }

  /** Which steps of each output counted in the last training step, of outputs with a mask: views, valid until the next run. */
  lastMasks(batch: number): Readonly<Record<string, Float32Array | Float64Array>> {
    const compiled = this.compiledFor(this.training, batch);
    compiled.masks ??= this.viewsOf(compiled, compiled.network.masks);
    return compiled.masks;
  }

  /**
   * What layers offer to look at for one row, by node id and name: `[1, …]`, copies.
   * @throws Error when the network was made without taps
   */
  tapped(data: PreparedPart, row: number): Record<string, Record<string, { shape: readonly number[]; values: Float32Array }>> {
    if (this.options.taps !== true) throw new Error("the network was made without taps");
    const compiled = this.compiledFor(this.evaluation, 1);
    this.load(compiled, data, null, row, 1);
    compiled.executable.run({ step: 0 });
    const found: Record<string, Record<string, { shape: readonly number[]; values: Float32Array }>> = {};
    for (const [nodeId, taps] of Object.entries(compiled.network.taps))
      for (const [name, tensor] of Object.entries(taps)) {
        const values = Float32Array.from(this.slice({ offset: this.offset(compiled, tensor), size: sizeOf(tensor.shape) }));
        found[nodeId] = { ...found[nodeId], [name]: { shape: tensor.shape, values } };
      }
    return found;
  }

  private viewsOf(compiled: Compiled, tensors: Readonly<Record<string, Tensor>>): Record<string, Float32Array | Float64Array> {
    const views: Record<string, Float32Array | Float64Array> = {};
    for (const id in tensors) {
      const tensor = tensors[id] as Tensor;
      const offset = this.offset(compiled, tensor);
      views[id] = this.arena.elements.subarray(offset, offset + sizeOf(tensor.shape));
    }
    return views;
  }

  /** Adds the losses of the last training step to `sums`, by output in the order of `ids`, each times `factor`. */
  addLosses(batch: number, ids: readonly string[], factor: number, sums: number[]): void {
    const compiled = this.compiledFor(this.training, batch);
    for (let i = 0; i < ids.length; i++) {
      const tensor = compiled.network.losses[ids[i] as string];
      if (tensor !== undefined) sums[i] = (sums[i] ?? 0) + factor * this.read(compiled, tensor);
    }
  }

  /**
   * Runs the network on all rows without training.
   * @returns the mean loss over the rows (weighted as they are; penalties included; NaN without targets), each output's own
   *          (times its loss weight, without penalties) and every output's predictions `[rows, width]`. A row's prediction has
   *          the same bits whatever rows stand beside it.
   */
  evaluate(data: PreparedPart): Evaluated {
    const full = this.compiledFor(this.evaluation, this.evaluationBatch);
    const predictions = this.roomFor(full, full.network.predictions, data.rowCount);
    const masks = this.roomFor(full, full.network.masks, data.rowCount);
    const sums = new LossSums(Object.keys(full.network.losses));
    const weights = Object.keys(full.network.rowWeights).length === 0 ? null : evaluationWeights(data);
    for (let from = 0; from < data.rowCount; from += this.evaluationBatch) {
      const batch = Math.min(this.evaluationBatch, data.rowCount - from);
      // A short last batch leaves the rows of the one before in place behind its own: their predictions are not read.
      this.load(full, data, null, from, batch);
      this.loadWeights(full, weights, from, batch);
      full.executable.run({ step: 0 });
      this.keepRows(full, full.network.predictions, predictions, from, batch);
      this.keepRows(full, full.network.masks, masks, from, batch);
      if (batch === this.evaluationBatch) this.addLossesOf(full, sums, batch);
      else this.addLossesOfRows(sums, data, weights, from, batch);
    }
    return { ...sums.mean(Object.keys(data.targets).length > 0), predictions, masks };
  }

  private roomFor(compiled: Compiled, tensors: Readonly<Record<string, Tensor>>, rows: number): Record<string, Float32Array> {
    const width = (tensor: Tensor): number => sizeOf(tensor.shape) / compiled.network.batch;
    return Object.fromEntries(Object.entries(tensors).map(([id, tensor]) => [id, new Float32Array(rows * width(tensor))]));
  }

  /** Copies the first `batch` rows of what the last run computed to the rows from `from` on. */
  private keepRows(
    compiled: Compiled,
    tensors: Readonly<Record<string, Tensor>>,
    places: Readonly<Record<string, Float32Array>>,
    from: number,
    batch: number,
  ): void {
    const views = this.viewsOf(compiled, tensors);
    for (const id in views) {
      const view = views[id] as Float32Array;
      const width = view.length / compiled.network.batch;
      places[id]?.set(view.subarray(0, batch * width), from * width);
    }
  }

  private loadWeights(compiled: Compiled, weights: Float32Array | null, from: number, count: number): void {
    if (weights === null) return;
    for (const tensor of Object.values(compiled.network.rowWeights))
      this.arena.elements.set(weights.subarray(from, from + count), this.offset(compiled, tensor));
  }

  /** A loss with a mask is the mean over what counts: it weighs as much as that is. */
  private addLossesOf(compiled: Compiled, sums: LossSums, rows: number): void {
    const { loss, losses, masks } = compiled.network;
    const counts = this.viewsOf(compiled, masks);
    const own: Record<string, number> = {};
    for (const id in losses) own[id] = this.read(compiled, losses[id] as Tensor);
    sums.add(this.read(compiled, loss), own, rows, (id) => countOf(counts[id]));
  }

  /** Row by row: the mean that an op takes would be over a full batch. */
  private addLossesOfRows(sums: LossSums, data: PreparedPart, weights: Float32Array | null, from: number, count: number): void {
    const single = this.compiledFor(this.evaluation, 1);
    for (let row = from; row < from + count; row++) {
      this.load(single, data, null, row, 1);
      this.loadWeights(single, weights, row, 1);
      single.executable.run({ step: 0 });
      this.addLossesOf(single, sums, 1);
    }
  }

  /** Numbers per row of every output. */
  outputWidths(): Record<string, number> {
    const compiled = this.compiledFor(this.evaluation, 1);
    return Object.fromEntries(Object.entries(compiled.network.predictions).map(([id, tensor]) => [id, sizeOf(tensor.shape)]));
  }

  /**
   * The last step of an epoch may leave a weight that no later step would stumble over: called before weights are kept.
   * @param step steps done so far
   * @throws AppError train.not_finite_input, train.not_finite_weight
   */
  requireFinite(data: PreparedPart, step: number): void {
    if (isFiniteAll(this.block("parameter")) && isFiniteAll(this.block("state"))) return;
    const weight = weightNotFinite(this, step);
    if (weight !== null) throw inputNotFinite(data, step) ?? weight;
  }

  /** Finds where NaN or infinity first appeared: in the data, in a weight after the last step, or in an op of this forward pass. */
  private diagnose(compiled: Compiled, data: PreparedPart, step: number): AppError {
    const planned = at(this.plan.programs, compiled.index);
    return (
      inputNotFinite(data, step) ??
      weightNotFinite(this, step) ??
      opNotFinite({ ...planned, executable: compiled.executable, end: compiled.network.backwardStart, elements: this.arena.elements }, step)
    );
  }
}
