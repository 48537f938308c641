/** The curves that the window holds: those of runs that are shown, and of the last few that were; the library has them all. */
import { CurveBuffer } from "./curve-buffer.ts";

/** Runs whose curves stay when nobody shows them: going back to one is at once. */
const KEPT = 16;

export class CurveShelf {
  /** By run; the one that was last shown stands last. */
  private readonly buffers = new Map<string, CurveBuffer>();
  /** How many parts of the page show a run. */
  private readonly shown = new Map<string, number>();
  private readonly onGone: (runId: string) => void;

  /** @param onGone told of each run whose curves are let go */
  constructor(onGone: (runId: string) => void) {
    this.onGone = onGone;
  }

  get(runId: string): CurveBuffer | undefined {
    return this.buffers.get(runId);
  }

  has(runId: string): boolean {
    return this.buffers.has(runId);
  }

  /** An empty buffer in the place of what was there. */
  put(runId: string): CurveBuffer {
    const buffer = new CurveBuffer();
    this.buffers.set(runId, buffer);
    return buffer;
  }

  delete(runId: string): void {
    this.buffers.delete(runId);
  }

  /** Runs that a part of the page shows: their curves stay until `hide` names them too. */
  show(runIds: readonly string[]): void {
    for (const runId of runIds) {
      this.shown.set(runId, (this.shown.get(runId) ?? 0) + 1);
      this.toEnd(runId);
    }
    this.letGo(KEPT);
  }

  hide(runIds: readonly string[]): void {
    for (const runId of runIds) {
      const others = (this.shown.get(runId) ?? 1) - 1;
      if (others === 0) this.shown.delete(runId);
      else this.shown.set(runId, others);
      this.toEnd(runId);
    }
  }

  /** Lets go of the curves that nobody shows, but for the last `most`. */
  letGo(most: number): void {
    const unseen = [...this.buffers.keys()].filter((runId) => !this.shown.has(runId));
    for (const runId of unseen.slice(0, Math.max(0, unseen.length - most))) {
      this.buffers.delete(runId);
      this.onGone(runId);
    }
  }

  runIds(): readonly string[] {
    return [...this.buffers.keys()];
  }

  private toEnd(runId: string): void {
    const buffer = this.buffers.get(runId);
    if (buffer === undefined) return;
    this.buffers.delete(runId);
    this.buffers.set(runId, buffer);
  }
}
