/**
 * The helper thread's loop: waits for a job, runs its share of that part of a program, waits again. It returns when it
 * is told to end. The host's worker file calls it and brings the way to receive a message without an event loop.
 */
import { MOST_HALVINGS, MOST_SPINS } from "./barrier.ts";
import { CONTROL, type HelperStart, NO_PROGRAM, type ProgramMessage, partExport } from "./protocol.ts";

type Part = (step: number, shiftBytes: number) => void;

/** @param receive the next message that was posted to this helper; blocks or returns undefined when there is none yet */
export function runHelper({ thread, control }: HelperStart, receive: () => ProgramMessage | undefined): void {
  const programs = new Map<number, Record<string, Part>>();
  const programOf = (id: number): Record<string, Part> => {
    for (;;) {
      const known = programs.get(id);
      if (known !== undefined) return known;
      const message = receive();
      if (message === undefined) continue;
      const { exports } = new WebAssembly.Instance(message.module, { env: { memory: message.memory } });
      programs.set(message.program, exports as Record<string, Part>);
    }
  };
  // Jobs are counted from 0: a helper that starts late finds the first one waiting.
  let done = 0;
  // As at a barrier (barrier.ts): how long it looks before it sleeps follows from what came of it before.
  let halved = 0;
  for (;;) {
    let slept = false;
    for (let spins = 0; Atomics.load(control, CONTROL.job) === done; spins++) {
      if (spins < MOST_SPINS >> halved) continue;
      Atomics.add(control, CONTROL.sleeping, 1);
      Atomics.wait(control, CONTROL.job, done);
      Atomics.sub(control, CONTROL.sleeping, 1);
      spins = 0;
      slept = true;
    }
    halved = slept ? Math.min(MOST_HALVINGS, halved + 1) : Math.max(0, halved - 1);
    done++;
    const program = Atomics.load(control, CONTROL.program);
    if (program === NO_PROGRAM) return;
    programOf(program)[partExport(Atomics.load(control, CONTROL.part), thread)]?.(
      Atomics.load(control, CONTROL.step),
      Atomics.load(control, CONTROL.shift),
    );
  }
}
