/** Threads that bring rows ahead of the engine, and the parts of a preparation that take their rows from them. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { AugmenterSettings } from "../../core/data/augment.ts";
import { BatchesAhead, type BatchRing, NUMBERS_ALONE } from "../../core/data/blocks/batches-ahead.ts";
import type { BatchFeed } from "../../core/data/blocks/fill-batches.ts";
import type { ShuffledRows, StoredRows } from "../../core/data/blocks/fill-blocks.ts";
import type { PictureFeed } from "../../core/data/blocks/fill-pictures.ts";
import { type BlockLayout, shuffledBlocks, shuffledRows } from "../../core/data/blocks/row-order.ts";
import { EpochWindows, TurnWindows } from "../../core/data/blocks/rows-ahead.ts";
import { failWindows, makeWindowMemory, type WindowMemory } from "../../core/data/blocks/window-memory.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { Rows } from "../../core/data/rows.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { batchRows, type TrainingOptions } from "../../core/spec/training.ts";
import { EVALUATION_BATCH } from "../../core/train/evaluation-batch.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";

/** What a feeder thread is started with. */
export interface FeederStart {
  readonly memory: WindowMemory;
  /** From 0. */
  readonly worker: number;
  readonly feed:
    | ({ readonly kind: "pictures" } & PictureFeed)
    | ({ readonly kind: "batches"; readonly ring: BatchRing } & BatchFeed)
    | ({ readonly kind: "shuffled"; readonly path: string; readonly change: StoredChange | null } & ShuffledRows)
    | { readonly kind: "turn"; readonly path: string; readonly stored: StoredRows };
}

/** Of rows on disk whose pictures are changed while they are trained on. */
export interface StoredChange {
  readonly augment: AugmenterSettings;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** What is brought at a time: long enough that a thread is not woken for every batch, short enough to stay in the cache. */
const WINDOW_BYTES = 1 << 20;
const MOST_WORKERS = 4;
/** Windows that lie ready or are being filled, for each worker. */
const SLOTS_A_WORKER = 2;

/** A training that gathers fewer numbers than these times NUMBERS_ALONE is over before help would be worth its start. */
const LONG_ENOUGH = 4;

export interface FeederOptions {
  /** @defaultValue 1 MB */
  readonly windowBytes?: number;
  /** That the machine has. */
  readonly cores?: number;
  /** What the engine gathers before another thread does (batches-ahead.ts). */
  readonly numbersAlone?: number;
}

/** Starts feeders from the file beside the trainer's. */
export class Feeders {
  /** Those that were started. */
  readonly threads: Worker[] = [];
  private readonly url: URL;
  private readonly readers: { close(): void }[] = [];
  private ahead: EpochWindows | null = null;
  private closed = false;
  private readonly windowBytes: number;
  private readonly cores: number;
  private readonly numbersAlone: number;

  /** @param url feeder.worker.ts in the source, feeder.worker.js in a build */
  constructor(url: URL, { windowBytes = WINDOW_BYTES, cores = availableParallelism(), numbersAlone = NUMBERS_ALONE }: FeederOptions = {}) {
    this.url = url;
    this.windowBytes = windowBytes;
    this.cores = cores;
    this.numbersAlone = numbersAlone;
  }

  /**
   * Batches of rows in memory are gathered by another thread where the machine has more than one core and the training is long enough;
   * all else stays as it is. The engine may have all cores: it never waits for that thread, and the work is the same.
   */
  feedRows(design: PreparedDesign, training: TrainingOptions): PreparedDesign {
    const { prepared } = design;
    const part = this.feedPart(prepared.training, training);
    return part === prepared.training ? design : { ...design, prepared: { ...prepared, training: part } };
  }

  /** What feedRows does, of the part that is trained on. */
  feedPart(part: PreparedPart, training: TrainingOptions): PreparedPart {
    const comesOtherwise = [part.augmenter, part.mixup, part.redraw, part.ahead, part.inTurn, part.nodes, part.graphRows].some(
      (way) => way !== undefined,
    );
    if (comesOtherwise || this.cores < 2) return part;
    const rows = [...Object.values(part.inputs), ...Object.values(part.targets)];
    const rowNumbers = rows.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (rowNumbers * part.rowCount * training.epochs < LONG_ENOUGH * this.numbersAlone) return part;
    // An autoencoder's target is its input: what is one stays one.
    const known = new Map<Float32Array, Float32Array>();
    const shared = (given: PreparedPart["inputs"]) =>
      Object.fromEntries(Object.entries(given).map(([id, one]) => [id, inSharedMemory(one, known)]));
    const [inputs, targets] = [shared(part.inputs), shared(part.targets)];
    const stream = {
      rows: part.rowCount,
      batch: batchRows(training, part.rowCount),
      shuffling: { shuffle: training.shuffle, seed: training.seed },
    };
    const batches = new BatchesAhead({
      stream,
      rowNumbers,
      windowBytes: this.windowBytes,
      numbersAlone: this.numbersAlone,
      start: (ring, memory) => this.startThread({ memory, worker: 0, feed: { kind: "batches", ring, stream, inputs, targets } }),
    });
    this.readers.push(batches);
    return { ...part, inputs, targets, batches };
  }

  /**
   * Pictures that are changed while they are trained on are changed by other threads; everything else stays as it is. What comes
   * of it is the same to the bit, whatever their number.
   * @param engineThreads those that train
   */
  feedPictures(design: PreparedDesign, training: TrainingOptions, engineThreads: number): PreparedDesign {
    const { prepared } = design;
    const part = prepared.training;
    if (part.augmenter === undefined) return design;
    const { rowCount } = part;
    const inputs = Object.fromEntries(Object.entries(part.inputs).map(([id, rows]) => [id, inSharedMemory(rows)]));
    const shuffling = { shuffle: training.shuffle, seed: training.seed };
    const workers = workersBeside(engineThreads);
    const memory = this.start(inputs, this.windowRows(inputs, batchRows(training, rowCount)), workers, {
      kind: "pictures",
      inputs,
      rows: rowCount,
      augment: settingsOf(part.augmenter),
      shuffling,
    });
    const ahead = this.keep(new EpochWindows(memory, rowCount, (epoch) => shuffledRows(rowCount, epoch, shuffling)));
    return { ...design, prepared: { ...prepared, training: { ...part, inputs, ahead } } };
  }

  /**
   * Rows of a part on disk, in the order of its epochs and in turn; pictures and texts that are to be changed are, by several threads.
   * @param engineThreads those that train
   */
  feedStored(
    part: PreparedPart,
    { path, stored, layout }: { readonly path: string; readonly stored: StoredRows; readonly layout: BlockLayout | null },
    training: TrainingOptions,
    engineThreads: number,
  ): PreparedPart {
    const { copies: _copies, ...asWritten } = stored;
    const turn = this.start(part.inputs, this.windowRows(part.inputs, EVALUATION_BATCH), 1, { kind: "turn", path, stored: asWritten });
    const inTurn = new TurnWindows(turn, stored.rows);
    this.readers.push(inTurn);
    if (layout === null) return { ...part, inTurn };
    const shuffling = { shuffle: training.shuffle, seed: training.seed };
    const rows = this.windowRows(part.inputs, batchRows(training, stored.rows));
    const { augmenter } = part;
    const change = augmenter === undefined ? null : { augment: settingsOf(augmenter), shapes: shapesOf(part.inputs) };
    const workers = change === null && stored.copies === undefined ? 1 : workersBeside(engineThreads);
    const memory = this.start(part.inputs, rows, workers, { kind: "shuffled", path, stored, layout, shuffling, change });
    const ahead = this.keep(new EpochWindows(memory, stored.rows, (epoch) => shuffledBlocks(layout, epoch, shuffling).rows));
    return { ...part, inTurn, ahead };
  }

  /** Windows of training rows that were not there when they were wanted, of all that were taken. */
  get waits(): { readonly waits: number; readonly taken: number } {
    return this.ahead?.waits ?? { waits: 0, taken: 0 };
  }

  close(): void {
    this.closed = true;
    for (const reader of this.readers) reader.close();
  }

  private keep(ahead: EpochWindows): EpochWindows {
    this.readers.push(ahead);
    this.ahead = ahead;
    return ahead;
  }

  /** A multiple of the batch. */
  private windowRows(inputs: PreparedPart["inputs"], batch: number): number {
    const bytes = Object.values(inputs).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    return batch * Math.max(1, Math.floor(this.windowBytes / bytes / batch));
  }

  private start(inputs: PreparedPart["inputs"], windowRows: number, workers: number, feed: FeederStart["feed"]): WindowMemory {
    const widths = Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, sizeOf(shape)]));
    const memory = makeWindowMemory(widths, { windowRows, slots: SLOTS_A_WORKER * workers, workers });
    for (let worker = 0; worker < workers; worker++) this.startThread({ memory, worker, feed });
    return memory;
  }

  private startThread(start: FeederStart): void {
    const thread = new Worker(this.url, { workerData: start, name: `feeder ${start.feed.kind} ${start.worker}` });
    // What went wrong is told by the window that does not come (data.rows_not_brought).
    thread.on("error", (error) => process.stderr.write(`feeder: ${error instanceof Error ? error.stack : String(error)}\n`));
    // It ends by itself only when it is told to.
    thread.on("exit", () => {
      if (!this.closed) failWindows(start.memory);
    });
    thread.unref();
    this.threads.push(thread);
  }
}

const workersBeside = (engineThreads: number): number => Math.min(MOST_WORKERS, Math.max(1, availableParallelism() - engineThreads));

/** What can be sent to another thread. */
const settingsOf = ({ options, seed, rowCount }: AugmenterSettings): AugmenterSettings => ({ options, seed, rowCount });

const shapesOf = (inputs: PreparedPart["inputs"]): Record<string, Shape> =>
  Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape]));

/** The feeder's file beside the trainer's: both are source or both are built. */
export function feederUrlBeside(trainerUrl: URL | string): URL {
  return new URL(String(trainerUrl).replace(/(trainer|kernel-helper)\.worker/, "feeder.worker"));
}

/** @param known what was copied before, by what it is a copy of */
function inSharedMemory({ values, shape, places }: Rows, known = new Map<Float32Array, Float32Array>()): Rows {
  const shared = known.get(values) ?? new Float32Array(new SharedArrayBuffer(values.byteLength));
  if (!known.has(values)) shared.set(values);
  known.set(values, shared);
  return { values: shared, shape, ...(places === undefined ? {} : { places }) };
}
