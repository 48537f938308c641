/**
 * The queue of runs: which wait, in which order, and how many train side by side. The order is kept in the library, so that
 * what waits still waits after a restart. A paused run gives up its place: it takes no processor.
 */

import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { numberSetting } from "../../../core/protocol/number-settings.ts";
import { defaultThreads } from "../../engine/default-threads.ts";
import type { Store } from "../../store/store.ts";
import { NOBODY } from "./owner.ts";

export interface QueueSurroundings {
  readonly store: Store;
  readonly behindWindow: boolean;
  /** Runs that train now, those that are paused left out. */
  readonly busy: () => number;
  /** Starts a run; resolves when its worker has been started. */
  readonly launch: (id: string) => Promise<void>;
  /** Told of a run that could not be started. */
  readonly failed: (id: string, error: unknown) => void;
  readonly changed: (run: Run) => void;
}

export class RunQueue {
  private readonly around: QueueSurroundings;
  private waiting: string[] = [];
  private starting = 0;
  private closed = false;

  constructor(around: QueueSurroundings) {
    this.around = around;
  }

  has(id: string): boolean {
    return this.waiting.includes(id);
  }

  get length(): number {
    return this.waiting.length;
  }

  /** Puts runs at the end, in this order. */
  add(ids: readonly string[]): void {
    const { store } = this.around;
    let place = Math.max(0, ...this.waiting.map((id) => store.getRun(id).queue_place ?? 0));
    for (const id of ids) {
      place += 1;
      this.waiting.push(id);
      this.put(id, place);
    }
    void this.startWaiting();
  }

  /** Runs that waited when the last process ended; they keep their places. */
  takeOver(runs: readonly Run[]): void {
    this.waiting.push(...runs.map(({ id }) => id));
    void this.startWaiting();
  }

  /** @returns whether it waited */
  remove(id: string): boolean {
    if (!this.has(id)) return false;
    this.waiting = this.waiting.filter((other) => other !== id);
    this.put(id, null);
    return true;
  }

  /** @param before the run that shall come after it; null: to the end. @throws AppError run.not_waiting */
  move(id: string, before: string | null): void {
    const { store } = this.around;
    for (const one of before === null ? [id] : [id, before])
      if (!this.has(one)) throw new AppError("run.not_waiting", { name: store.getRun(one).name });
    if (id === before) return;
    const others = this.waiting.filter((other) => other !== id);
    const at = before === null ? others.length : others.indexOf(before);
    const placeOf = (k: number): number | null => {
      const other = others[k];
      return other === undefined ? null : store.getRun(other).queue_place;
    };
    const [low, high] = [placeOf(at - 1), placeOf(at)];
    this.waiting = [...others.slice(0, at), id, ...others.slice(at)];
    this.put(id, low === null ? (high ?? 1) - 1 : high === null ? low + 1 : (low + high) / 2);
  }

  /** Starts what may start now. Called whenever a run ends or pauses, or the settings change. */
  async startWaiting(): Promise<void> {
    while (!this.closed && this.around.busy() + this.starting < this.atOnce()) {
      const [id] = this.waiting;
      if (id === undefined) return;
      this.remove(id);
      this.starting += 1;
      try {
        await this.around.launch(id);
      } catch (error) {
        this.around.failed(id, error);
      } finally {
        this.starting -= 1;
      }
    }
  }

  /** How many train side by side. */
  atOnce(): number {
    return numberSetting(this.around.store.getSettings(), "runs_at_once");
  }

  /** Threads of one run: those given (the setting `threads`, else what the machine has to spare), shared out. */
  threadsOf(id: string): number {
    const { store, behindWindow } = this.around;
    const asked = store.runLineage(id).threadsWanted;
    if (asked !== null) return asked;
    const setting = store.getSettings()["threads"];
    const given = typeof setting === "number" ? setting : defaultThreads(behindWindow);
    return Math.max(1, Math.floor(given / this.atOnce()));
  }

  /** Starts nothing any more; what waits stays in the library as waiting, for whoever comes next. */
  close(): void {
    this.closed = true;
    for (const id of this.waiting) this.around.store.handOver(id, NOBODY);
  }

  private put(id: string, place: number | null): void {
    const { store, changed } = this.around;
    changed(store.updateRun(id, { queue_place: place }));
  }
}
