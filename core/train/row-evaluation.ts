/** What a network says of rows without training on them: predictions, masks and losses over a whole set, and taps of one row. */
import type { PreparedPart } from "../data/prepared.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { Tally } from "../metrics/metric.ts";
import type { CompiledProgram, Numbers } from "./compiled-program.ts";
import { countOf, LossSums } from "./loss-sums.ts";
import { type RowFeed, rowsOfStretch } from "./row-feed.ts";
import { evaluationWeights } from "./row-weights.ts";

export interface Evaluated {
  readonly loss: number;
  readonly losses: Record<string, number>;
  readonly predictions: Record<string, Float32Array>;
  /** `[rows, steps]`, of the outputs that have a mask. */
  readonly masks: Record<string, Float32Array>;
  /** Of the outputs that were judged batch by batch: they have no predictions. */
  readonly tallies?: Readonly<Record<string, CountedTally>>;
}

/** Some rows of an output, valid until the next batch. */
export interface JudgedBatch {
  /** Of the output node. */
  readonly id: string;
  /** `[count, width]`, like `targets`. */
  readonly predicted: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** `[count, steps]`, of an output that has one. */
  readonly mask: ArrayLike<number> | undefined;
  readonly from: number;
  readonly count: number;
}

export interface CountedTally extends Tally {
  /** That were judged: steps of a sequence, where each has a row of its own. */
  rows: number;
}

/** Judges outputs batch by batch whose predictions would be as large as the data: those whose target is an input, of rows on disk. */
export interface BatchJudge {
  /** Output node ids. */
  readonly judged: ReadonlySet<string>;
  /** By output node id, of the rows that came so far. */
  readonly tallies: Readonly<Record<string, CountedTally>>;
  add(batch: JudgedBatch): void;
}

export type Tapped = Record<string, Record<string, { shape: readonly number[]; values: Float32Array }>>;

/** The programs that evaluate: one of a full batch, and one of a single row for the rest. */
export interface EvaluationPrograms {
  readonly full: CompiledProgram;
  readonly single: CompiledProgram;
  readonly feed: RowFeed;
}

/** @param onRows told of the rows that are done, batch by batch; the rest as evaluatedInPieces */
export function evaluateRows(
  programs: EvaluationPrograms,
  data: PreparedPart,
  onRows?: (done: number) => void,
  judge?: BatchJudge,
): Evaluated {
  const pieces = evaluatedInPieces(programs, data, judge);
  for (;;) {
    const next = pieces.next();
    if (next.done === true) return next.value;
    onRows?.(next.value);
  }
}

/**
 * Rests after every batch, and says how many rows are done; nothing but the network's weights need stand until the next.
 * @returns the mean loss over the rows (weighted as they are; penalties included; NaN without targets), each output's own
 *          (times its loss weight, without penalties) and every output's predictions `[rows, width]`. A row's prediction has
 *          the same bits whatever rows stand beside it.
 * @param judge of outputs that are judged as they come and not kept
 */
export function* evaluatedInPieces(
  { full, single, feed }: EvaluationPrograms,
  data: PreparedPart,
  judge?: BatchJudge,
): Generator<number, Evaluated, void> {
  const size = full.network.batch;
  const isKept = ([id]: [string, Tensor]): boolean => judge?.judged.has(id) !== true;
  const kept = Object.fromEntries(Object.entries(full.network.predictions).filter(isKept));
  const keptMasks = Object.fromEntries(Object.entries(full.network.masks).filter(isKept));
  const predictions = roomFor(full, kept, data.rowCount);
  const masks = roomFor(full, keptMasks, data.rowCount);
  const sums = new LossSums(Object.keys(full.network.losses));
  const weights = Object.keys(full.network.rowWeights).length === 0 ? null : evaluationWeights(data);
  for (let from = 0; from < data.rowCount; from += size) {
    const batch = Math.min(size, data.rowCount - from);
    // A short last batch leaves the rows of the one before in place behind its own: their predictions are not read.
    feed.load(full, data, null, from, batch);
    feed.loadWeights(full, weights, from, batch);
    full.executable.run({ step: 0 });
    keepRows(full, kept, predictions, from, batch);
    if (judge !== undefined) judgeRows(full, data, judge, from, batch);
    keepRows(full, keptMasks, masks, from, batch);
    if (batch === size) addLossesOf(full, sums, batch);
    else addLossesOfRows(single, feed, sums, data, weights, from, batch);
    yield from + batch;
  }
  return {
    ...sums.mean(Object.keys(data.targets).length > 0),
    predictions,
    masks,
    ...(judge === undefined ? {} : { tallies: judge.tallies }),
  };
}

/** Some rows, one after the other, and what the network says of them by output node id: `[count, width]`, valid until the next. */
export interface PredictedBatch {
  readonly from: number;
  readonly count: number;
  readonly predictions: Readonly<Record<string, Float32Array>>;
}

/** What evaluateRows predicts, batch by batch: nothing is kept. */
export function* predictedBatches({ full, feed }: EvaluationPrograms, data: PreparedPart): Generator<PredictedBatch, void, void> {
  const size = full.network.batch;
  const kept = roomFor(full, full.network.predictions, Math.min(size, data.rowCount));
  for (let from = 0; from < data.rowCount; from += size) {
    const count = Math.min(size, data.rowCount - from);
    feed.load(full, data, null, from, count);
    full.executable.run({ step: 0 });
    keepRows(full, full.network.predictions, kept, 0, count);
    yield { from, count, predictions: kept };
  }
}

/** The rows that the last run computed, beside what they should be. */
function judgeRows(compiled: CompiledProgram, data: PreparedPart, judge: BatchJudge, from: number, count: number): void {
  const views = compiled.predictions();
  const masks = compiled.viewsOf(compiled.network.masks);
  const stretch = data.inTurn?.take(from);
  const firstRows = (view: Numbers): Numbers => view.subarray(0, (view.length / compiled.network.batch) * count);
  for (const id of judge.judged) {
    const [view, mask, input] = [views[id], masks[id], data.targetInputs?.[id]];
    if (view === undefined || input === undefined || stretch === undefined) throw new Error(`output ${id} is not judged in turn`);
    const targets = rowsOfStretch(stretch, input, data.inputs[input], count);
    judge.add({ id, predicted: firstRows(view), targets, mask: mask && firstRows(mask), from, count });
  }
}

/** What layers offer to look at for one row, by node id and name: `[1, …]`, copies. */
export function tappedRow({ single, feed }: EvaluationPrograms, data: PreparedPart, row: number): Tapped {
  feed.load(single, data, null, row, 1);
  single.executable.run({ step: 0 });
  const found: Tapped = {};
  for (const [nodeId, taps] of Object.entries(single.network.taps))
    for (const [name, tensor] of Object.entries(taps))
      found[nodeId] = { ...found[nodeId], [name]: { shape: tensor.shape, values: Float32Array.from(single.view(tensor)) } };
  return found;
}

function roomFor(compiled: CompiledProgram, tensors: Readonly<Record<string, Tensor>>, rows: number): Record<string, Float32Array> {
  const width = (tensor: Tensor): number => sizeOf(tensor.shape) / compiled.network.batch;
  return Object.fromEntries(Object.entries(tensors).map(([id, tensor]) => [id, new Float32Array(rows * width(tensor))]));
}

/** Copies the first `batch` rows of what the last run computed to the rows from `from` on. */
function keepRows(
  compiled: CompiledProgram,
  tensors: Readonly<Record<string, Tensor>>,
  places: Readonly<Record<string, Float32Array>>,
  from: number,
  batch: number,
): void {
  const views = compiled.viewsOf(tensors);
  for (const id in views) {
    const view = views[id] as Float32Array;
    const width = view.length / compiled.network.batch;
    places[id]?.set(view.subarray(0, batch * width), from * width);
  }
}

/** A loss with a mask is the mean over what counts: it weighs as much as that is. */
function addLossesOf(compiled: CompiledProgram, sums: LossSums, rows: number): void {
  const { loss, losses, masks } = compiled.network;
  const counts = compiled.viewsOf(masks);
  const own: Record<string, number> = {};
  for (const id in losses) own[id] = compiled.read(losses[id] as Tensor);
  sums.add(compiled.read(loss), own, rows, (id) => countOf(counts[id]));
}

/** Row by row: the mean that an op takes would be over a full batch. */
function addLossesOfRows(
  single: CompiledProgram,
  feed: RowFeed,
  sums: LossSums,
  data: PreparedPart,
  weights: Float32Array | null,
  from: number,
  count: number,
): void {
  for (let row = from; row < from + count; row++) {
    feed.load(single, data, null, row, 1);
    feed.loadWeights(single, weights, row, 1);
    single.executable.run({ step: 0 });
    addLossesOf(single, sums, 1);
  }
}
