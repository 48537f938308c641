/**
 * Windows of rows that worker threads bring ahead of the engine, in shared memory. Windows are counted through the whole training;
 * a few of them have a slot at a time. The engine says which window it wants, workers fill that one and those after it as far as
 * there are slots, and no message is sent: a training never returns to its event loop to get its next batch.
 */
import { AppError } from "../../errors.ts";

/** Words of the control buffer. */
const WANTED = 0;
const FIRST_SLOT = 1;
/** Values of WANTED that are no window: before the first is asked for, and after the last. */
const NONE_YET = -1;
const ENDED = -2;
/** Value of a slot whose worker could not fill it. */
const FAILED = -1;
/** A window that has not come for so long never will: none takes a hundredth of it. */
const PATIENCE_MS = 120_000;

export interface WindowMemory {
  /** Shared: the wanted window, then for every slot the window that lies in it, plus one. */
  readonly control: Int32Array;
  /** Shared; by input node id `[slots, windowRows, …shape]`. */
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly windowRows: number;
  readonly slots: number;
  /** Threads that fill: each takes every so many windows. */
  readonly workers: number;
}

/** @param widths numbers of a row, by input node id */
export function makeWindowMemory(
  widths: Readonly<Record<string, number>>,
  { windowRows, slots, workers }: Pick<WindowMemory, "windowRows" | "slots" | "workers">,
): WindowMemory {
  if (slots % workers !== 0) throw new Error(`${slots} slots cannot be shared by ${workers} workers`);
  const control = new Int32Array(new SharedArrayBuffer(4 * (FIRST_SLOT + slots)));
  control[WANTED] = NONE_YET;
  const values = Object.fromEntries(
    Object.entries(widths).map(([id, width]) => [id, new Float32Array(new SharedArrayBuffer(4 * slots * windowRows * width))]),
  );
  return { control, values, windowRows, slots, workers };
}

/** The engine's side. Windows are asked for in ascending order. */
export class WindowReader {
  readonly memory: WindowMemory;
  /** Times that a window was not there yet, of all that were taken. */
  waits = 0;
  taken = 0;
  private current = NONE_YET;

  constructor(memory: WindowMemory) {
    this.memory = memory;
  }

  /**
   * Waits until the window is there.
   * @returns the place of its first row among the rows of all slots
   * @throws AppError data.rows_not_brought when a worker failed, or is gone
   */
  take(window: number): number {
    const { control, slots, windowRows } = this.memory;
    const slot = window % slots;
    if (window !== this.current && !this.poll(window)) {
      const there = window + 1;
      for (let found = Atomics.load(control, FIRST_SLOT + slot); found !== there; found = Atomics.load(control, FIRST_SLOT + slot))
        if (found === FAILED || Atomics.wait(control, FIRST_SLOT + slot, found, PATIENCE_MS) === "timed-out")
          throw new AppError("data.rows_not_brought", { window });
    }
    return slot * windowRows;
  }

  /**
   * Asks for a window without waiting for it. What lies before it is done with.
   * @returns whether it is there
   * @throws AppError data.rows_not_brought when a worker failed
   */
  poll(window: number): boolean {
    const { control, slots } = this.memory;
    const slot = FIRST_SLOT + (window % slots);
    const isNew = window !== this.current;
    if (isNew) {
      if (window < this.current) throw new Error(`window ${window} was asked for after ${this.current}`);
      this.current = window;
      this.taken += 1;
      Atomics.store(control, WANTED, window);
      Atomics.notify(control, WANTED);
    }
    const found = Atomics.load(control, slot);
    if (found === FAILED) throw new AppError("data.rows_not_brought", { window });
    if (isNew && found !== window + 1) this.waits += 1;
    return found === window + 1;
  }

  isThere(window: number): boolean {
    const { control, slots } = this.memory;
    return Atomics.load(control, FIRST_SLOT + (window % slots)) === window + 1;
  }

  /** Lets the workers go home. */
  close(): void {
    Atomics.store(this.memory.control, WANTED, ENDED);
    Atomics.notify(this.memory.control, WANTED);
  }
}

/** Says that no window will come any more: the worker is gone. */
export function failWindows({ control, slots }: WindowMemory): void {
  for (let slot = 0; slot < slots; slot++) {
    Atomics.store(control, FIRST_SLOT + slot, FAILED);
    Atomics.notify(control, FIRST_SLOT + slot);
  }
}

/** Fills a window: writes its rows from place `start` (a row's place among those of all slots) on. */
export type FillWindow = (window: number, start: number) => void;

/** A worker's side: returns when the reader has closed. @param worker from 0 */
export function fillWindows({ control, slots, workers, windowRows }: WindowMemory, worker: number, fill: FillWindow): void {
  for (;;) {
    const wanted = Atomics.load(control, WANTED);
    if (wanted === ENDED) return;
    const next = wanted === NONE_YET ? null : nextWindow(control, wanted, slots, workers, worker);
    if (next === null) {
      Atomics.wait(control, WANTED, wanted);
      continue;
    }
    const slot = next % slots;
    try {
      fill(next, slot * windowRows);
    } catch (error) {
      Atomics.store(control, FIRST_SLOT + slot, FAILED);
      Atomics.notify(control, FIRST_SLOT + slot);
      throw error;
    }
    Atomics.store(control, FIRST_SLOT + slot, next + 1);
    Atomics.notify(control, FIRST_SLOT + slot);
  }
}

/** The first window of this worker, from the wanted one on, that is in no slot yet. What lies before the wanted one is done with. */
function nextWindow(control: Int32Array, wanted: number, slots: number, workers: number, worker: number): number | null {
  for (let window = wanted; window < wanted + slots; window++)
    if (window % workers === worker && Atomics.load(control, FIRST_SLOT + (window % slots)) !== window + 1) return window;
  return null;
}
