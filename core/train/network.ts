/**
 * A network compiled for training or prediction: one arena, and the programs for the full batch, the short last batch and
 * evaluation. Rows come in through row-feed.ts, row-evaluation.ts looks at whole sets; the loop that calls it all is loop.ts.
 */
import type { BatchesAhead } from "../data/blocks/batches-ahead.ts";
import { shuffledRows } from "../data/blocks/row-order.ts";
import type { PreparedPart } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import type { AppError } from "../errors.ts";
import { at } from "../ir/op.ts";
import { broughtRegion, type Plan, planPrograms, type Region } from "../ir/plan.ts";
import { type Program, sizeOf, type Tensor, type TensorRole } from "../ir/tensor.ts";
import type { Arena, KernelBackend } from "../kernels/backend.ts";
import { optimizerImplementation } from "../optimizers/implementations.ts";
import { AVERAGE_MOMENTUM } from "../optimizers/optimizer.ts";
import { buildProgram, type NetworkProgram, type ParameterInfo, parametersOf, type StateInfo, WEIGHT_AVERAGE } from "../spec/build.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { batchRows, type TrainingOptions } from "../spec/training.ts";
import { CompiledProgram } from "./compiled-program.ts";
import { evaluationBatchOf } from "./evaluation-batch.ts";
import { drawWeights, putWeights, requireWeights } from "./fresh-weights.ts";
import { requireMemory } from "./memory-limit.ts";
import { inputNotFinite, isFiniteAll, opNotFinite, weightNotFinite } from "./not-finite.ts";
import {
  type BatchJudge,
  type Evaluated,
  type EvaluationPrograms,
  evaluatedInPieces,
  evaluateRows,
  type PredictedBatch,
  predictedBatches,
  type Tapped,
  tappedRow,
} from "./row-evaluation.ts";
import { RowFeed } from "./row-feed.ts";
import { type RowWeights, weightedOutputs } from "./row-weights.ts";
import { euclidean, withOthers } from "./vectors.ts";

export interface NetworkOptions {
  readonly spec: ModelSpec;
  readonly training: TrainingOptions;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  readonly backend: KernelBackend;
  /** Rows to train on, for the size of the last batch; 0 compiles for prediction only. */
  readonly trainingRows: number;
  /** Whether rows come with weights (PreparedPart.weights): then evaluation takes them too. @defaultValue false */
  readonly rowsHaveWeights?: boolean;
  /** Whether the rows of a batch are mixed while training (PreparedPart.mixup). @defaultValue false */
  readonly mixesRows?: boolean;
  /** The most memory the plan may take. @defaultValue 4 GB, what 32-bit WebAssembly can address */
  readonly memoryLimitBytes?: number;
  /** Keeps what layers offer to look at (gates, attention weights) of every evaluation. @defaultValue false: costs nothing */
  readonly taps?: boolean;
  /** Who gathers batches ahead of this network: left out where its ring would not fit under the limit, or the engine cannot take it. */
  readonly batches?: BatchesAhead;
}

export class Network {
  readonly spec: ModelSpec;
  readonly parameters: readonly ParameterInfo[];
  readonly states: readonly StateInfo[];
  readonly plan: Plan;
  readonly arena: Arena;
  readonly backend: KernelBackend;
  private readonly options: NetworkOptions;
  private readonly training = new Map<number, CompiledProgram>();
  private readonly evaluation = new Map<number, CompiledProgram>();
  private readonly batchOf: number;
  private readonly evaluationBatch: number;
  private readonly feed = new RowFeed();
  /** One object for every step: a training step allocates nothing. */
  private readonly context = { step: 0, broughtShift: 0 };
  /** Where the plan has the batch that is trained on. */
  private readonly batch: Region | null;
  /** Elements behind the plan that batches are gathered into. */
  private readonly ringElements: number;
  private readonly batches: BatchesAhead | null;
  /** Steps that the optimizer took in runs that this one continues (optimizer-memory.ts). */
  earlierSteps = 0;
  /** Measured at the end of an epoch where gradients are clipped. */
  private unclippedNorm: number | null = null;
  private hasStepped = false;
  private measures = false;

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
    this.batchOf = rows === 0 ? this.evaluationBatch : batchRows(options.training, rows);
    const { spec, training, encodings, rowsHaveWeights = false } = options;
    const weighted = {
      train: rows === 0 ? [] : weightedOutputs(training, encodings, rowsHaveWeights),
      evaluate: rowsHaveWeights ? Object.keys(encodings) : [],
    };
    const build = (batch: number, mode: "train" | "evaluate"): NetworkProgram => {
      const taps = options.taps === true && mode === "evaluate";
      const mixesClasses = options.mixesRows === true && mode === "train";
      return buildProgram(spec, { batch, mode, training, encodings, weightedOutputs: weighted[mode], mixesClasses, taps });
    };
    const trainingBatches = rows === 0 ? [] : [...new Set([this.batchOf, rows % this.batchOf])].filter((batch) => batch > 0);
    const trainingPrograms = trainingBatches.map((batch) => build(batch, "train"));
    const evaluationPrograms = [...new Set([this.evaluationBatch, 1])].map((batch) => build(batch, "evaluate"));
    const networks = [...trainingPrograms, ...evaluationPrograms];
    const limit = options.memoryLimitBytes ?? 4 * 2 ** 30;
    const programs = networks.map((network) => network.program);
    const withRing = rows === 0 ? null : this.planWithRing(programs, limit);
    this.plan = withRing?.plan ?? planPrograms(programs);
    this.batch = withRing?.batch ?? null;
    this.ringElements = withRing?.ringElements ?? 0;
    requireMemory(this.plan, this.peakBytes, limit, this.bytesPerElement);
    this.arena = options.backend.allocate(this.plan.elementCount + this.ringElements, this.ringElements > 0);
    networks.forEach((network, index) => {
      const compiled = new CompiledProgram(network, this.plan, index, options.backend, this.arena);
      (index < trainingPrograms.length ? this.training : this.evaluation).set(network.batch, compiled);
    });
    this.batches = this.attachBatches();
  }

  /** Null where nobody brings batches, the backend could not take them, or they do not fit. */
  private planWithRing(programs: readonly Program[], limit: number): { plan: Plan; batch: Region; ringElements: number } | null {
    const { batches, backend } = this.options;
    if (batches === undefined || backend.name !== "wasm") return null;
    const plan = planPrograms(programs, true);
    const batch = broughtRegion(at(plan.programs, 0));
    const ringElements = batches.ringElements(batch.size);
    return backend.bytesFor(plan.elementCount + ringElements) <= limit ? { plan, batch, ringElements } : null;
  }

  /** Null where every batch is loaded by this thread. */
  private attachBatches(): BatchesAhead | null {
    const { batches } = this.options;
    const compiled = [...this.training.values()];
    const { elements } = this.arena;
    const [full] = compiled;
    if (batches === undefined || full === undefined || this.batch === null || elements instanceof Float64Array) return null;
    if (!compiled.every(({ executable }) => executable.takesShift)) return null;
    const { offset, size } = this.batch;
    const within = (tensors: Readonly<Record<string, Tensor>>) =>
      Object.fromEntries(Object.entries(tensors).map(([id, tensor]) => [id, full.offset(tensor) - offset]));
    const { inputs, targets } = full.network;
    batches.attach({ elements, first: this.plan.elementCount, stride: size, inputs: within(inputs), targets: within(targets) });
    return batches;
  }

  private get bytesPerElement(): number {
    return this.backend.precision === "float64" ? 8 : 4;
  }

  /** Bytes that the engine takes, known before the first step. */
  get peakBytes(): number {
    return this.backend.bytesFor(this.plan.elementCount + this.ringElements);
  }

  /** Bytes by class of tensor; temporaries share storage by when they live. */
  get memory(): Record<TensorRole, number> {
    const bytes = { ...this.plan.breakdown, input: this.plan.breakdown.input + this.ringElements };
    for (const role of Object.keys(bytes) as TensorRole[]) bytes[role] *= this.bytesPerElement;
    return bytes;
  }

  get parameterCount(): number {
    return this.parameters.reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0);
  }

  /** Of these, the weights that layers keep frozen. */
  get frozenCount(): number {
    return this.parameters.reduce((sum, { trainable, shape }) => sum + (trainable ? 0 : sizeOf(shape)), 0);
  }

  /** Numbers that the optimizer changes. */
  get trainedCount(): number {
    return this.parameterCount - this.frozenCount;
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
      drawWeights(parameter, index, seed, this.view("parameter", parameter.fullName));
    });
    for (const [name, values] of Object.entries(given))
      putWeights(this.view("parameter", requireWeights(this.parameters, name, values).fullName), values);
    for (const state of this.states) this.view("state", state.fullName).fill(state.initializer === "ones" ? 1 : 0);
    this.resetOptimizer();
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
    return average === null ? act() : withOthers(this.block("parameter").subarray(0, average.length), average, act);
  }

  /** Ends a training with `use_ema`: the averaged weights take the place of the trained ones for good (Keras does the same). */
  keepAveragedWeights(): void {
    const average = this.average();
    if (average !== null) this.block("parameter").set(average);
  }

  /** The order in which rows are visited in an epoch. */
  shuffledOrder(rows: number, epoch: number): Uint32Array {
    return shuffledRows(rows, epoch, this.options.training);
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
    if (data.mixup !== undefined && this.options.mixesRows !== true) throw new Error("the network was made for rows that are not mixed");
    const batch = Math.min(this.batchOf, order.length - from);
    const compiled = this.compiledFor(this.training, batch);
    const { network, executable } = compiled;
    this.bring(compiled, data, order, from, batch, 1 + Math.floor(step / this.stepsPerEpoch));
    this.feed.loadTrainingWeights(compiled, data, rowWeights, order, from, batch);
    if (compiled.hyper !== null) {
      const { type, config } = this.options.training.optimizer;
      const taken = this.earlierSteps + step;
      optimizerImplementation(type).hyper(compiled.hyper, config, learningRate, taken);
      // Keras: the average begins as the weights after the first step.
      compiled.hyper[AVERAGE_MOMENTUM] = taken === 0 ? 0 : this.options.training.ema_momentum;
    }
    this.context.step = step;
    executable.run(this.context, 0, network.backwardStart, true);
    const loss = compiled.read(network.loss);
    if (!Number.isFinite(loss)) throw this.diagnose(compiled, data, step);
    this.runUpdate(compiled, from + batch === order.length);
    return loss;
  }

  private runUpdate({ executable, network }: CompiledProgram, endsEpoch: boolean): void {
    const { clipvalue, clipnorm, global_clipnorm } = this.options.training;
    const isMeasured = (endsEpoch || this.measures) && (clipvalue ?? clipnorm ?? global_clipnorm) !== null;
    this.measures = false;
    if (isMeasured) executable.run(this.context, network.backwardStart, network.updateStart, true);
    this.unclippedNorm = isMeasured ? euclidean(this.block("gradient")) : null;
    executable.run(this.context, isMeasured ? network.updateStart : network.backwardStart);
    this.hasStepped = true;
  }

  /** The next step keeps what `gradientNorm` says of it, as the last one of an epoch does. */
  measureNext(): void {
    this.measures = true;
  }

  /** After a step that was measured: of its gradients, before they were clipped; null where no step was taken since the weights came. */
  gradientNorm(): number | null {
    return this.hasStepped ? (this.unclippedNorm ?? euclidean(this.block("gradient"))) : null;
  }

  /** The batch is where another thread has put it, or is loaded into its place in the plan. @param epoch from 1 */
  private bring(compiled: CompiledProgram, data: PreparedPart, order: Uint32Array, from: number, batch: number, epoch: number): void {
    const ahead = this.batches !== null && this.batches === data.batches ? this.batches : null;
    const place = ahead === null ? -1 : ahead.take((epoch - 1) * this.stepsPerEpoch + Math.floor(from / this.batchOf));
    this.context.broughtShift = place < 0 || this.batch === null ? 0 : place - this.batch.offset;
    if (place < 0) this.feed.loadTraining(compiled, data, order, from, batch, epoch);
  }

  private compiledFor(programs: ReadonlyMap<number, CompiledProgram>, batch: number): CompiledProgram {
    const compiled = programs.get(batch);
    if (compiled === undefined) throw new Error(`no program for a batch of ${batch}`);
    return compiled;
  }

  /** Predictions of the last training step by output node id: a view, valid until the next run. */
  lastPredictions(batch: number): Readonly<Record<string, Float32Array | Float64Array>> {
    return this.compiledFor(this.training, batch).predictions();
  }

  /** Which steps of each output counted in the last training step, of outputs with a mask: views, valid until the next run. */
  lastMasks(batch: number): Readonly<Record<string, Float32Array | Float64Array>> {
    return this.compiledFor(this.training, batch).masks();
  }

  /**
   * What layers offer to look at for one row, by node id and name: `[1, …]`, copies.
   * @throws Error when the network was made without taps
   */
  tapped(data: PreparedPart, row: number): Tapped {
    if (this.options.taps !== true) throw new Error("the network was made without taps");
    return tappedRow(this.evaluationPrograms(), data, row);
  }

  private evaluationPrograms(): EvaluationPrograms {
    const of = (batch: number): CompiledProgram => this.compiledFor(this.evaluation, batch);
    return { full: of(this.evaluationBatch), single: of(1), feed: this.feed };
  }

  /** Adds the losses of the last training step to `sums`, by output in the order of `ids`, each times `factor`. */
  addLosses(batch: number, ids: readonly string[], factor: number, sums: number[]): void {
    const compiled = this.compiledFor(this.training, batch);
    for (let i = 0; i < ids.length; i++) {
      const tensor = compiled.network.losses[ids[i] as string];
      if (tensor !== undefined) sums[i] = (sums[i] ?? 0) + factor * compiled.read(tensor);
    }
  }

  /** Runs the network on all rows without training: row-evaluation.ts says what comes out. @param onRows told of the rows that are done */
  evaluate(data: PreparedPart, onRows?: (done: number) => void, judge?: BatchJudge): Evaluated {
    return evaluateRows(this.evaluationPrograms(), data, onRows, judge);
  }

  /** As `evaluate` with the averaged weights; whenever it rests between two batches, the trained ones stand in their place again. */
  *evaluateInPieces(data: PreparedPart, judge?: BatchJudge): Generator<number, Evaluated, void> {
    const pieces = evaluatedInPieces(this.evaluationPrograms(), data, judge);
    for (;;) {
      const next = this.withAveragedWeights(() => pieces.next());
      if (next.done === true) return next.value;
      yield next.value;
    }
  }

  /** What `evaluate` predicts, batch by batch, where all of it need not be held. */
  predictedBatches(data: PreparedPart): Generator<PredictedBatch, void, void> {
    return predictedBatches(this.evaluationPrograms(), data);
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
  private diagnose(compiled: CompiledProgram, data: PreparedPart, step: number): AppError {
    return inputNotFinite(data, step) ?? weightNotFinite(this, step) ?? opNotFinite(compiled.forwardPass(), this.context);
  }
}
