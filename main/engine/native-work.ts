/**
 * Work of a native module that a thread waits for, and ending that thread. A promise of DuckDB's that settles while its thread is torn
 * down ends the whole process (an uncaught Napi::Error), so a thread is ended only when no such work runs: what runs is interrupted,
 * and nothing new begins. The two sides share a gate of two numbers.
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";

const [RUNNING, ENDING] = [0, 1];
const INTERRUPT_AGAIN_MS = 20;

const given = isMainThread ? undefined : (workerData as { readonly gate?: Int32Array } | null)?.gate;

/** Of the work that runs now. */
const interrupts = new Set<() => void>();
if (given !== undefined) {
  const told = Atomics.waitAsync(given, ENDING, 0);
  if (told.async) void told.value.then(interruptAll);
}

/** Again until all has ended: work that had not quite begun does not hear the first one. */
function interruptAll(): void {
  for (const interrupt of interrupts) interrupt();
  if (interrupts.size > 0) setTimeout(interruptAll, INTERRUPT_AGAIN_MS);
}

/**
 * Runs native work; the main thread, which nobody ends, just runs it. In a thread that is ending it never comes back: nothing that the
 * thread could still say would be meant.
 * @param interrupt ends the work early when the thread is to end
 */
export async function nativeWork<T>(act: () => Promise<T>, interrupt: () => void): Promise<T> {
  if (given === undefined) return act();
  const runs = enter(given);
  try {
    if (!runs) return await never();
    interrupts.add(interrupt);
    return await act();
  } finally {
    interrupts.delete(interrupt);
    if (runs) leave(given);
    if (isEnding()) await never();
  }
}

/** A native call that answers at once; in a thread that is ending it is left out. */
export function nativeCall(act: () => void): void {
  if (given === undefined) act();
  else if (enter(given)) {
    try {
      act();
    } finally {
      leave(given);
    }
  }
}

/** To be asked between two steps of one native work. */
export function isEnding(): boolean {
  return given !== undefined && Atomics.load(given, ENDING) === 1;
}

/** Entered first and asked afterwards: the other way round the thread could be ended between the two. */
function enter(gate: Int32Array): boolean {
  Atomics.add(gate, RUNNING, 1);
  if (!isEnding()) return true;
  leave(gate);
  return false;
}

function leave(gate: Int32Array): void {
  Atomics.sub(gate, RUNNING, 1);
  Atomics.notify(gate, RUNNING);
}

/** The thread waits for its end; with nothing to wait for it would complain and end by itself. */
function never(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 60_000));
}

export interface Thread {
  readonly worker: Worker;
  /** Resolves when the thread has ended: at once, or as soon as its native work was interrupted. */
  end(): Promise<void>;
}

const endings = new Set<Promise<void>>();

/** @param data what the thread finds as workerData */
export function startThread(url: URL, name: string, data: object = {}): Thread {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(url, { name, workerData: { ...data, gate } });
  let ending: Promise<void> | null = null;
  const end = (): Promise<void> => {
    if (ending !== null) return ending;
    // Waiting for the gate alone would not keep the process.
    worker.ref();
    ending = endBetween(gate, worker).finally(() => ending !== null && endings.delete(ending));
    endings.add(ending);
    return ending;
  };
  return { worker, end };
}

/** Resolves when every thread that was asked to end has ended: a process must not exit before. */
export async function threadsEnded(): Promise<void> {
  await Promise.all(endings);
}

async function endBetween(gate: Int32Array, worker: Worker): Promise<void> {
  Atomics.store(gate, ENDING, 1);
  Atomics.notify(gate, ENDING);
  for (;;) {
    const running = Atomics.load(gate, RUNNING);
    if (running === 0) break;
    const changed = Atomics.waitAsync(gate, RUNNING, running);
    if (changed.async) await changed.value;
  }
  await worker.terminate();
}
