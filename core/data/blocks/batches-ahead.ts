/**
 * Batches of rows in memory that another thread gathers ahead of the engine, straight into the engine's own memory: behind the
 * tensors of the plan lies a ring of batches, each laid out as the plan lays out its inputs, and a step reads its batch where it lies.
 * The engine never waits: a batch that nobody has brought yet it gathers itself, to the same bits.
 */
import type { Shuffling } from "./row-order.ts";
import { makeWindowMemory, type WindowMemory, WindowReader } from "./window-memory.ts";

/** The rows of a training and how they are cut into batches; batches are counted through all epochs, from 0. */
export interface BatchStream {
  readonly rows: number;
  /** Rows of a batch; the last of an epoch may have fewer. */
  readonly batch: number;
  readonly shuffling: Shuffling;
}

/** Where batches lie in the memory of the engine: tensor `id` of place p begins at element `first + p · stride + tensors[id]`. */
export interface BatchRing {
  readonly elements: Float32Array;
  readonly first: number;
  readonly stride: number;
  /** Elements from the beginning of a place, by node id: inputs and targets. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, number>>;
  /** Batches of a window: what is handed over at a time. */
  readonly windowBatches: number;
  /** Batch n lies in place n mod this. */
  readonly places: number;
}

/** What is handed over at a time: so much that to wake the other thread does not count, so little that the ring stays in a cache. */
const WINDOW_BYTES = 1 << 20;
/** One is read, one lies ready, one is being filled. */
const SLOTS = 3;
/** Numbers that the engine gathers itself before it asks for help: a short training starts no thread. */
export const NUMBERS_ALONE = 2 ** 24;

export interface BatchesAheadOptions {
  readonly stream: BatchStream;
  /** Numbers of a row, inputs and targets together. */
  readonly rowNumbers: number;
  /** Starts the thread that fills the windows. Called once, in the middle of the training. */
  readonly start: (ring: BatchRing, memory: WindowMemory) => void;
  /** @defaultValue 1 MB */
  readonly windowBytes?: number;
  /** @defaultValue NUMBERS_ALONE */
  readonly numbersAlone?: number;
}

export class BatchesAhead {
  private readonly options: BatchesAheadOptions;
  private ring: BatchRing | null = null;
  private reader: WindowReader | null = null;
  /** The window that `here` speaks of. */
  private current = -1;
  private here = false;
  private alone: number;
  /** Batches that lay ready when they were wanted, and those that the engine gathered itself. */
  brought = 0;
  gathered = 0;

  constructor(options: BatchesAheadOptions) {
    this.options = options;
    this.alone = options.numbersAlone ?? NUMBERS_ALONE;
  }

  private windowBatches(stride: number): number {
    return Math.max(1, Math.floor((this.options.windowBytes ?? WINDOW_BYTES) / 4 / stride));
  }

  /** Elements that the ring takes. @param stride elements of a place */
  ringElements(stride: number): number {
    return SLOTS * this.windowBatches(stride) * stride;
  }

  /** Tells where the ring is. @param place in memory that other threads see too */
  attach(place: Omit<BatchRing, "windowBatches" | "places">): void {
    const windowBatches = this.windowBatches(place.stride);
    this.ring = { ...place, windowBatches, places: SLOTS * windowBatches };
  }

  /**
   * Called in every step: makes nothing, waits for nothing.
   * @param batch counted through all epochs; ascending
   * @returns the element at which its place in the ring begins; −1 where nobody has brought it yet
   * @throws AppError data.rows_not_brought when the thread failed, or is gone
   */
  take(batch: number): number {
    const { ring } = this;
    if (ring === null) return -1;
    this.reader ??= this.open(ring);
    const window = Math.floor(batch / ring.windowBatches);
    if (window !== this.current || !this.here) {
      this.here = this.reader?.poll(window) ?? false;
      this.current = window;
    }
    if (!this.here) {
      this.gathered += 1;
      return -1;
    }
    this.brought += 1;
    return ring.first + (batch % ring.places) * ring.stride;
  }

  /** Whether a batch lies ready. */
  isThere(batch: number): boolean {
    return this.ring !== null && (this.reader?.isThere(Math.floor(batch / this.ring.windowBatches)) ?? false);
  }

  /** Null as long as the engine does well alone. */
  private open(ring: BatchRing): WindowReader | null {
    const { stream, rowNumbers, start } = this.options;
    this.alone -= rowNumbers * stream.batch;
    if (this.alone >= 0) return null;
    const memory = makeWindowMemory({}, { windowRows: stream.batch * ring.windowBatches, slots: SLOTS, workers: 1 });
    start(ring, memory);
    return new WindowReader(memory);
  }

  close(): void {
    this.reader?.close();
  }
}
