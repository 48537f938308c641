/**
 * ThreadTeam: the threads of a backend, seen from the one that runs programs. It starts helpers once, tells them of
 * programs and gives them jobs. Parts end with a barrier, so that a job is over when the caller's own share returns.
 */
import { AppError } from "../../../errors.ts";
import { CONTROL, CONTROL_WORDS, type HelperThread, NO_PROGRAM, type SpawnHelper } from "./protocol.ts";

export class ThreadTeam {
  readonly count: number;
  private readonly control: Int32Array;
  private readonly helpers: readonly HelperThread[];
  private nextProgram = 0;

  /** @param count threads in all, the caller included */
  constructor(count: number, spawn: SpawnHelper) {
    this.count = count;
    this.control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
    this.helpers = Array.from({ length: count - 1 }, (_, i) => spawn({ thread: i + 1, control: this.control }));
  }

  /** Number by which jobs name the program. */
  register(module: WebAssembly.Module, memory: WebAssembly.Memory): number {
    const program = this.nextProgram++;
    for (const helper of this.helpers) helper.post({ program, module, memory });
    return program;
  }

  /**
   * Runs a part on all threads.
   * @param shiftBytes of the batch, in 32 bits
   * @param own the caller's share
   * @throws AppError engine.thread_lost when a helper does not come to a barrier
   */
  run(program: number, part: number, step: number, shiftBytes: number, own: (step: number, shiftBytes: number) => void): void {
    this.announce(program, part, step, shiftBytes);
    try {
      own(step, shiftBytes);
    } catch (cause) {
      throw new AppError("engine.thread_lost", { threads: this.count }, { cause });
    }
  }

  private announce(program: number, part: number, step: number, shiftBytes: number): void {
    const { control } = this;
    Atomics.store(control, CONTROL.program, program);
    Atomics.store(control, CONTROL.part, part);
    Atomics.store(control, CONTROL.step, step);
    Atomics.store(control, CONTROL.shift, shiftBytes);
    Atomics.add(control, CONTROL.job, 1);
    if (Atomics.load(control, CONTROL.sleeping) > 0) Atomics.notify(control, CONTROL.job);
  }

  /** Ends the helpers; programs cannot be run after it. */
  close(): void {
    this.announce(NO_PROGRAM, 0, 0, 0);
    for (const helper of this.helpers) helper.terminate();
  }
}
