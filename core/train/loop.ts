/**
 * The training loop as a generator: it yields after every step and every epoch, and whoever drives it decides when to
 * go on, pause, save or stop. It owns no clock, no thread and no store.
 */
import type { PreparedData } from "../data/prepared.ts";
import { sizeOf } from "../ir/tensor.ts";
import { needsFullSums } from "../metrics/curves.ts";
import type { Tally } from "../metrics/metric.ts";
import { addRows, emptyTally } from "../metrics/tally.ts";
import { scheduleImplementation } from "../schedules/implementations.ts";
import { freshSchedule, type ScheduleMoment, type ScheduleState } from "../schedules/schedule.ts";
import type { TrainingOptions } from "../spec/training.ts";
import { freshStopping, observe, type StoppingState } from "./early-stopping.ts";
import { askedOf, metricName, type OutputInfo, ownLosses, partFigures, rowsOfOutput, runningFigures } from "./evaluate.ts";
import { judgeInTurn } from "./judge-in-turn.ts";
import type { Network } from "./network.ts";
import { rowsOfStretch } from "./row-feed.ts";
import { trainingWeights } from "./row-weights.ts";

export interface StepReport {
  readonly kind: "step";
  /** Steps done over the whole run. */
  step: number;
  /** Epoch in progress, from 1. */
  epoch: number;
  loss: number;
  rows: number;
  /** That this step was taken with. */
  learningRate: number;
}

export interface EpochReport {
  readonly kind: "epoch";
  readonly epoch: number;
  readonly step: number;
  /** Mean of the steps' losses, weighted by their rows. */
  readonly loss: number;
  readonly valLoss: number | null;
  /** Running figures of the training rows, and `val_…` of the validation rows. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly better: boolean;
  /** Training ends after this epoch. */
  readonly last: boolean;
}

/** Figures of the validation rows in the middle of an epoch, where they were asked for (`validate_every`). */
export interface CheckReport {
  readonly kind: "check";
  readonly epoch: number;
  readonly step: number;
  /** By name: `val_loss`, `val_…`. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Between two batches of validation rows: the trained weights stand in place, and a state kept now goes on to the same bits. */
interface ValidationReport {
  readonly kind: "validation";
  /** Rows that are done. */
  rows: number;
}

/** Where a run stands, beside the arena's blocks: with both it goes on to the same bits. */
export interface LoopState {
  epoch: number;
  /** Row of the epoch's order at which the next step begins. */
  position: number;
  step: number;
  lossSum: number;
  lossRows: number;
  /** As lossSum, of each output by its own loss. */
  outputLossSums: number[];
  /** Step after which validation rows were last looked at in the middle of an epoch. */
  checkedStep: number;
  /** Sums of the epoch so far, by output: those of its metrics (core/metrics/tally.ts). */
  accumulators: number[][];
  stopping: StoppingState;
  schedule: ScheduleState;
  /** Parameter and state blocks at the best epoch. */
  bestParameters: Float32Array | Float64Array | null;
  bestStates: Float32Array | Float64Array | null;
  /** The last epoch that ended, and the best one. */
  latestReport: EpochReport | null;
  bestReport: EpochReport | null;
}

export const freshState = (): LoopState => ({
  epoch: 1,
  position: 0,
  step: 0,
  lossSum: 0,
  lossRows: 0,
  outputLossSums: [],
  checkedStep: 0,
  accumulators: [],
  stopping: freshStopping(),
  schedule: freshSchedule(),
  bestParameters: null,
  bestStates: null,
  latestReport: null,
  bestReport: null,
});

export interface LoopOptions {
  readonly network: Network;
  readonly data: PreparedData;
  readonly training: TrainingOptions;
  readonly outputs: readonly OutputInfo[];
  /** Changed in place as the run goes on. */
  readonly state: LoopState;
}

/**
 * Runs from `state` to the last epoch. The step report is one object, used again every time.
 * @throws AppError train.not_finite* when a loss, or at the end of an epoch a weight, is not a finite number any more
 */
export function* trainingLoop(options: LoopOptions): Generator<StepReport | EpochReport, void, void> {
  for (const report of trainingInPieces(options)) if (report.kind === "step" || report.kind === "epoch") yield report;
}

export type PieceReport = StepReport | EpochReport | ValidationReport | CheckReport;

/**
 * As trainingLoop; it also yields while validation rows are gone over, for a driver that takes orders in between, and what they were in the
 * middle of an epoch.
 */
export function* trainingInPieces(options: LoopOptions): Generator<PieceReport, void, void> {
  const { network, data, training, outputs, state } = options;
  const { training: rows } = data;
  if (rows.weights !== undefined && !network.rowsHaveWeights) throw new Error("the network was compiled for rows without weights");
  const schedule = scheduleImplementation(training.schedule.type);
  const moment: { -readonly [K in keyof ScheduleMoment]: ScheduleMoment[K] } = {
    base: baseRate(training),
    step: 0,
    totalSteps: network.stepsPerEpoch * training.epochs,
  };
  const encodings = Object.fromEntries(outputs.map((output) => [output.layer.id, output.encoding]));
  const rowWeights = trainingWeights(rows, training, encodings);
  const outputIds = outputs.map((output) => output.layer.id);
  const report: StepReport = { kind: "step", step: 0, epoch: 0, loss: 0, rows: 0, learningRate: 0 };
  while (state.epoch <= training.epochs) {
    const order = rows.ahead?.order(state.epoch) ?? network.shuffledOrder(rows.rowCount, state.epoch);
    const running = runningMetrics(options);
    // The state and the tallies share their sums: nothing is copied from step to step.
    state.accumulators = running.map(({ tally }) => tally.sums);
    while (state.position < rows.rowCount) {
      if (isCheckDue(options)) yield yield* checked(options);
      const batch = Math.min(network.batchSize, rows.rowCount - state.position);
      moment.step = state.step;
      report.learningRate = schedule.rate(training.schedule.config, moment, state.schedule);
      const loss = network.trainStep(rows, order, state.position, state.step, report.learningRate, rowWeights);
      network.addLosses(batch, outputIds, batch, state.outputLossSums);
      addBatch(running, options, order, state.position, batch);
      state.position += batch;
      state.step += 1;
      state.lossSum += loss * batch;
      state.lossRows += batch;
      report.step = state.step;
      report.epoch = state.epoch;
      report.loss = loss;
      report.rows = batch;
      yield report;
    }
    yield yield* endOfEpoch(options, running);
  }
  // After its report: who keeps weights at the end of an epoch keeps those of the last one too.
  settleWeights(network, state);
}

const baseRate = (training: TrainingOptions): number => training.optimizer.config["learning_rate"] as number;

interface Running {
  readonly output: OutputInfo;
  readonly tally: Tally;
  /** Numbers a row of the target. */
  readonly width: number;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/** Figures of the rows as they were predicted while training on them; goes on from the sums of a state in the middle of an epoch. */
function runningMetrics({ network, data, outputs, state }: LoopOptions): Running[] {
  const masks = network.lastMasks(Math.min(network.batchSize, data.training.rowCount));
  return outputs.map((given, i) => {
    const output = askedOf(given, masks[given.layer.id] !== undefined);
    const fresh = emptyTally(output.task, needsFullSums(output.task));
    const saved = state.accumulators[i];
    // Other sums are those of an older version's metrics: figures are then of the rest of that epoch.
    const sums = saved !== undefined && saved.length === fresh.sums.length ? saved : fresh.sums;
    const width = sizeOf(data.training.targets[output.layer.id]?.shape ?? []);
    return {
      output,
      tally: { ...fresh, sums },
      width,
      targets: new Float32Array(network.batchSize * width),
      weights: new Float32Array(network.batchSize),
    };
  });
}

function addBatch(
  running: readonly Running[],
  { network, data, state }: LoopOptions,
  order: Uint32Array,
  from: number,
  batch: number,
): void {
  const predictions = network.lastPredictions(batch);
  const masks = network.lastMasks(batch);
  const { training, pipeline } = data;
  for (let k = 0; k < running.length; k++) {
    const { output, tally, width, targets, weights } = running[k] as Running;
    const rows = training.targets[output.layer.id];
    const predicted = predictions[output.layer.id];
    if (rows === undefined || predicted === undefined) continue;
    const input = training.targetInputs?.[output.layer.id];
    if (input !== undefined && training.ahead !== undefined)
      targets.set(rowsOfStretch(training.ahead.take(state.epoch, from), input, training.inputs[input], batch));
    const { values } = rows;
    for (let i = 0; i < batch; i++) {
      const row = order[from + i] as number;
      if (input === undefined)
        for (let column = 0; column < width; column++) targets[i * width + column] = values[row * width + column] as number;
      if (training.weights !== undefined) weights[i] = training.weights[row] as number;
    }
    const own = batch === network.batchSize ? targets : targets.subarray(0, batch * width);
    addRows(
      tally,
      rowsOfOutput(output, pipeline, predicted, own, batch, training.weights === undefined ? null : weights, masks[output.layer.id]),
    );
  }
}

function* endOfEpoch(options: LoopOptions, running: readonly Running[]): Generator<ValidationReport, EpochReport, void> {
  const { network, data, training, outputs, state } = options;
  network.requireFinite(data.training, state.step);
  const metrics: Record<string, number> = {};
  for (const { output, tally } of running)
    for (const [name, value] of Object.entries(runningFigures(tally)))
      if (Number.isFinite(value)) metrics[metricName(outputs, output, name)] = value;
  const loss = state.lossSum / state.lossRows;
  const losses = Object.fromEntries(outputs.map(({ layer }, i) => [layer.id, (state.outputLossSums[i] ?? Number.NaN) / state.lossRows]));
  Object.assign(metrics, ownLosses(outputs, losses, ""));
  let valLoss: number | null = null;
  if (data.validation.rowCount > 0) {
    const found = yield* validationFigures(options);
    valLoss = found.loss;
    Object.assign(metrics, found.figures);
  }
  const { early_stopping: stopping } = training;
  const figure = (monitor: unknown): number => (monitor === "loss" || valLoss === null ? loss : valLoss);
  const { config } = training.schedule;
  scheduleImplementation(training.schedule.type).observe?.(config, baseRate(training), state.schedule, figure(config["monitor"]));
  const { better, stop } = observe(state.stopping, stopping, state.epoch, figure(stopping.monitor));
  if (better && stopping.enabled && stopping.restore_best_weights) {
    state.bestParameters = network.withAveragedWeights(() => network.block("parameter").slice());
    state.bestStates = network.block("state").slice();
  }
  const last = stop || state.epoch >= training.epochs;
  const report: EpochReport = { kind: "epoch", epoch: state.epoch, step: state.step, loss, valLoss, metrics, better, last };
  state.latestReport = report;
  if (better) state.bestReport = report;
  state.epoch = last ? training.epochs + 1 : state.epoch + 1;
  state.position = 0;
  state.lossSum = 0;
  state.lossRows = 0;
  state.outputLossSums = [];
  state.accumulators = [];
  return report;
}

/** A run that was left in the middle of a check makes it before its next step. The end of an epoch is no check: it looks at the rows anyway. */
function isCheckDue({ data, training: { validate_every: every }, state }: LoopOptions): boolean {
  if (every === null || state.position === 0 || data.validation.rowCount === 0) return false;
  return state.step % every === 0 && state.checkedStep !== state.step;
}

/** Nothing of the training changes: evaluation draws no random number, and neither early stopping nor schedules hear of it. */
function* checked(options: LoopOptions): Generator<ValidationReport, CheckReport, void> {
  const { state } = options;
  const { loss, figures } = yield* validationFigures(options);
  state.checkedStep = state.step;
  return { kind: "check", epoch: state.epoch, step: state.step, figures: { val_loss: loss, ...figures } };
}

/** The loss of the validation rows, and `val_…` of their figures. */
function* validationFigures({
  network,
  data,
  outputs,
}: LoopOptions): Generator<ValidationReport, { loss: number; figures: Record<string, number> }, void> {
  const { pipeline, validation } = data;
  const judge = judgeInTurn(outputs, pipeline, validation);
  const found = yield* validated(network.evaluateInPieces(validation, judge));
  return { loss: found.loss, figures: partFigures(outputs, pipeline, validation, found, "val_") };
}

/** The report is one object, used again. */
function* validated<T>(pieces: Generator<number, T, void>): Generator<ValidationReport, T, void> {
  const report: ValidationReport = { kind: "validation", rows: 0 };
  for (;;) {
    const next = pieces.next();
    if (next.done === true) return next.value;
    report.rows = next.value;
    yield report;
  }
}

/** The weights that a run ends with: those of the best epoch where they were kept, else averaged ones where they are averaged. */
export function settleWeights(network: Network, state: LoopState): void {
  if (state.bestParameters === null) {
    if (state.step > 0) network.keepAveragedWeights();
    return;
  }
  network.block("parameter").set(state.bestParameters);
  if (state.bestStates !== null) network.block("state").set(state.bestStates);
}
