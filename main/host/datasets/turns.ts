/**
 * Loops over what may be many: the thread is given back to whoever waits for it when a turn has taken its time, and a cancel is heard
 * then. Where little is to do nothing is waited for.
 */
import { setImmediate } from "node:timers/promises";
import { refuseAborted } from "./duckdb.ts";

const TURN_MS = 15;
/** Items between two looks at the clock. */
const LOOK_EVERY = 64;

export class Turns {
  private began = performance.now();
  private readonly signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.signal = signal;
  }

  /** Between two pieces of work that are not over at once. @throws AppError data.import_cancelled */
  async next(): Promise<void> {
    if (performance.now() - this.began < TURN_MS) return;
    await setImmediate();
    refuseAborted(this.signal);
    this.began = performance.now();
  }

  /** @throws AppError data.import_cancelled */
  async each<T>(items: Iterable<T>, act: (item: T, place: number) => void): Promise<void> {
    let place = 0;
    for (const item of items) {
      act(item, place);
      place += 1;
      if (place % LOOK_EVERY === 0) await this.next();
    }
    await this.next();
  }

  /** @throws AppError data.import_cancelled */
  async map<T, U>(items: Iterable<T>, make: (item: T, place: number) => U): Promise<U[]> {
    const made: U[] = [];
    await this.each(items, (item, place) => made.push(make(item, place)));
    return made;
  }

  /** @throws AppError data.import_cancelled */
  async filter<T>(items: Iterable<T>, isWanted: (item: T, place: number) => boolean): Promise<T[]> {
    const kept: T[] = [];
    await this.each(items, (item, place) => {
      if (isWanted(item, place)) kept.push(item);
    });
    return kept;
  }
}
