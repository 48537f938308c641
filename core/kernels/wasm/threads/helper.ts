/**
 * The helper thread's loop: waits for a job, runs its share of that part of a program, waits again. It returns when it
 * is told to end. The host's worker file calls it and brings the way to receive a message: without an event loop in Node, with one
 * in a page, where nothing can be received while JavaScript runs.
 */
import { MOST_HALVINGS, MOST_SPINS } from "./barrier.ts";
import { CONTROL, type HelperStart, NO_PROGRAM, type ProgramMessage, partExport } from "./protocol.ts";

type Part = (step: number, shiftBytes: number) => void;

/** @param receive the next message that was posted to this helper; blocks or returns undefined when there is none yet */
export function runHelper(start: HelperStart, receive: () => ProgramMessage | undefined): void {
  const work = shareOfJobs(start);
  let message: ProgramMessage | undefined;
  for (let at = work.next(); at.done !== true; at = work.next(message))
    do message = receive();
    while (message === undefined);
}

/** The same where messages need the event loop: a worker of a page. @param receive the next message, when there is one */
export async function runHelperInPage(start: HelperStart, receive: () => Promise<ProgramMessage>): Promise<void> {
  const work = shareOfJobs(start);
  for (let at = work.next(); at.done !== true; ) at = work.next(await receive());
}

/** Yields when it needs a message to go on: a job has named a program that it does not know yet. */
function* shareOfJobs({ thread, control }: HelperStart): Generator<void, void, ProgramMessage | undefined> {
  const programs = new Map<number, Record<string, Part>>();
  // Jobs are counted from 0: a helper that starts late finds the first one waiting.
  const waiting = { done: 0, halved: 0 };
  for (;;) {
    awaitJob(control, waiting);
    const program = Atomics.load(control, CONTROL.program);
    if (program === NO_PROGRAM) return;
    for (;;) {
      const known = programs.get(program);
      if (known === undefined) {
        const message = yield;
        if (message !== undefined) programs.set(message.program, instanceOf(message));
        continue;
      }
      const part = known[partExport(Atomics.load(control, CONTROL.part), thread)];
      part?.(Atomics.load(control, CONTROL.step), Atomics.load(control, CONTROL.shift));
      break;
    }
  }
}

function instanceOf({ module, memory }: ProgramMessage): Record<string, Part> {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Part>;
}

/** As at a barrier (barrier.ts): how long it looks before it sleeps follows from what came of it before. */
function awaitJob(control: Int32Array, waiting: { done: number; halved: number }): void {
  let slept = false;
  for (let spins = 0; Atomics.load(control, CONTROL.job) === waiting.done; spins++) {
    if (spins < MOST_SPINS >> waiting.halved) continue;
    Atomics.add(control, CONTROL.sleeping, 1);
    Atomics.wait(control, CONTROL.job, waiting.done);
    Atomics.sub(control, CONTROL.sleeping, 1);
    spins = 0;
    slept = true;
  }
  waiting.halved = slept ? Math.min(MOST_HALVINGS, waiting.halved + 1) : Math.max(0, waiting.halved - 1);
  waiting.done++;
}
