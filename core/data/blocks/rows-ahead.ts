/**
 * Rows of a part that do not come from its own arrays: brought ahead by workers, changed (pictures) or read from disk. Whoever
 * feeds a program asks for them by epoch and place, and gets numbers that lie one row after the other.
 */
import { type WindowMemory, WindowReader } from "./window-memory.ts";

/** Numbers of each input, by its node id: row i begins at number `(start + i) · width`. */
export interface Stretch {
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly start: number;
}

/** Training rows in the order of an epoch. */
export interface RowsAhead {
  /** @param epoch from 1 */
  order(epoch: number): Uint32Array;
  /** Rows order[from] … of the epoch: as many as are wanted lie there, as long as they are a batch. Valid until the next call. */
  take(epoch: number, from: number): Stretch;
}

/** Rows in the order of their part, asked for from the first to the last, as often as is wanted. */
export interface RowsInTurn {
  /** Valid until the next call. */
  take(from: number): Stretch;
}

/** Windows of an epoch come one after the other, epochs too. @param windowRows a multiple of the batch, or a batch would be torn */
export class EpochWindows implements RowsAhead {
  private readonly reader: WindowReader;
  private readonly windowsAnEpoch: number;
  readonly order: (epoch: number) => Uint32Array;

  constructor(memory: WindowMemory, rows: number, order: (epoch: number) => Uint32Array) {
    this.reader = new WindowReader(memory);
    this.windowsAnEpoch = Math.ceil(rows / memory.windowRows);
    this.order = order;
  }

  take(epoch: number, from: number): Stretch {
    const { windowRows, values } = this.reader.memory;
    const start = this.reader.take((epoch - 1) * this.windowsAnEpoch + Math.floor(from / windowRows));
    return { values, start: start + (from % windowRows) };
  }

  /** Windows that were not there when they were wanted, of all that were taken. */
  get waits(): { readonly waits: number; readonly taken: number } {
    return this.reader;
  }

  close(): void {
    this.reader.close();
  }
}

/** Each time that is begun anew counts as one more turn: windows are only ever asked for in ascending order. */
export class TurnWindows implements RowsInTurn {
  private readonly reader: WindowReader;
  private readonly windowsATurn: number;
  private turn = 0;
  private last = -1;

  constructor(memory: WindowMemory, rows: number) {
    this.reader = new WindowReader(memory);
    this.windowsATurn = Math.ceil(rows / memory.windowRows);
  }

  take(from: number): Stretch {
    const { windowRows, values } = this.reader.memory;
    const window = Math.floor(from / windowRows);
    if (window < this.last) this.turn += 1;
    this.last = window;
    const start = this.reader.take(this.turn * this.windowsATurn + window);
    return { values, start: start + (from % windowRows) };
  }

  close(): void {
    this.reader.close();
  }
}
