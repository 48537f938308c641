/**
 * What the thread that runs a program and its helpers say to each other. Jobs go through a few shared words, because a
 * training step has some; modules and memories go as messages, because there is one of each. How a helper thread is
 * started is the affair of whoever makes the backend: core knows no worker.
 */

/** Words of the control buffer: shared between the backend and all its helpers. */
export const CONTROL = { job: 0, program: 16, part: 17, step: 18, shift: 19, sleeping: 32 } as const;
export const CONTROL_WORDS = 64;
/** Value of `program` that tells helpers to end. */
export const NO_PROGRAM = -1;

/** A program that a helper is to take part in. It is sent before the first job that names it. */
export interface ProgramMessage {
  readonly program: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** What a helper thread is started with. */
export interface HelperStart {
  /** Which thread it is: 1 up to the number of threads − 1. */
  readonly thread: number;
  readonly control: Int32Array;
}

/** A helper thread as the backend sees it. */
export interface HelperThread {
  /** Sends a message that the helper's `receive` will return; works while the sender never returns to its event loop. */
  post(message: ProgramMessage): void;
  terminate(): void;
}

/** Starts a thread that calls `runHelper` with what it is given. */
export type SpawnHelper = (start: HelperStart) => HelperThread;

/** Name of the export that runs a thread's share of a part. */
export const partExport = (part: number, thread: number): string => `part${part}_${thread}`;
