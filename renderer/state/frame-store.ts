/**
 * A store that may change many times a frame: what it holds is right at once, and who draws it hears of such changes once, with a frame.
 * What follows from its state and is dear to compute is made when somebody asks for it, not after every change.
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";

interface FrameStore<T> {
  readonly use: UseBoundStore<StoreApi<T>>;
  /** The state with what follows from it as it was computed last, for changing it: asking costs nothing. */
  readonly peek: () => T;
  /** Changes it now; who listens hears of it now, or while one change follows the other with a frame, of all that changed until then. */
  readonly later: (change: Partial<T>) => void;
}

/** @param missing what follows from a state and is not in it yet; null where nothing is missing */
export function createFrameStore<T extends object>(start: T, missing: (state: T) => Partial<T> | null): FrameStore<T> {
  const listeners = new Set<(now: T, before: T) => void>();
  let told = start;
  let cancel: (() => void) | null = null;
  let parts: Pick<FrameStore<T>, "peek" | "later"> | null = null;
  const use = create<T>()((_set, _get, api) => {
    const { getState: peek, setState: change } = api;
    const complete = (): T => {
      const more = missing(peek());
      if (more !== null) change(more);
      return peek();
    };
    const tell = (): void => {
      cancel?.();
      cancel = null;
      const [now, before] = [complete(), told];
      told = now;
      if (now !== before) for (const listener of [...listeners]) listener(now, before);
    };
    api.getState = complete;
    api.subscribe = (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    api.setState = (next, replace?: boolean) => {
      if (replace === true) change(next as T | ((state: T) => T), true);
      else change(next);
      tell();
    };
    const later = (next: Partial<T>): void => {
      change(next);
      cancel ??= withFrame(() => {
        cancel = null;
        tell();
      });
    };
    parts = { peek, later };
    return start;
  });
  if (parts === null) throw new Error("A store is made at once.");
  return { use, ...(parts as Pick<FrameStore<T>, "peek" | "later">) };
}

/** The longest that what changed waits for input to be heard, in milliseconds. */
const LONGEST_REST = 100;
const waiting = new Set<() => void>();
/** Whether a change is being drawn, or input has its turn after it. */
let resting = false;

/**
 * Runs it at once where nothing was drawn just now, so that a single act is seen without delay; else with a frame, after as long as the
 * last drawing took: a key that is held is heard in between.
 * @returns what takes it back; null when it was run
 */
function withFrame(run: () => void): (() => void) | null {
  if (typeof requestAnimationFrame === "undefined" || document.hidden) {
    run();
    return null;
  }
  if (resting) {
    waiting.add(run);
    return () => waiting.delete(run);
  }
  resting = true;
  const start = performance.now();
  run();
  requestAnimationFrame(() => restAfter(start));
  return null;
}

/** Called within a frame: a task after the frame's own callbacks comes when the frame was drawn. */
function restAfter(start: number): void {
  setTimeout(() => setTimeout(wake, Math.min(LONGEST_REST, performance.now() - start)));
}

function wake(): void {
  resting = waiting.size > 0;
  if (!resting) return;
  requestAnimationFrame(() => {
    const start = performance.now();
    const due = [...waiting];
    waiting.clear();
    for (const run of due) run();
    restAfter(start);
  });
}
