/**
 * The barrier between two instructions that threads share: nobody goes on before all have arrived. Threads spin for a
 * while, which takes 0.3 µs when all are running, and then sleep, so that a thread that lost its core can get it back. Each
 * sleep halves the while and each meeting without one doubles it: long where cores are free, short where they are not.
 */
import {
  atomicAdd,
  atomicLoad,
  atomicNotify,
  atomicWait,
  iAdd,
  iEqual,
  iGreater,
  iLess,
  integer,
  iShiftRight,
} from "../emit/expression.ts";
import type { ModuleBuilder } from "../emit/module.ts";

/** Words in the first page of the memory, each on a cache line of its own; the rest of the page holds constants. */
const ARRIVED = 64;
const GENERATION = 128;
const SLEEPING = 192;

/** How often the while has been halved. Any thread's experience counts for all; a lost update does no harm. */
const HALVED = 256;

/** Some 0.3 ms: longer than the first thread works alone in a step, and than lies between two small steps. */
export const MOST_SPINS = 200_000;
export const MOST_HALVINGS = 5;
/** A thread that does not come for this long is gone: no instruction takes a tenth of it. */
const PATIENCE_SECONDS = 60;

/** Index of the function () that returns when `threads` threads have called it. */
export function barrier(module: ModuleBuilder, threads: number): number {
  return module.function(`barrier ${threads}`, 0, (f) => {
    const origin = integer(0);
    const generation = f.keep(atomicLoad(origin, GENERATION));
    const isLast = iEqual(atomicAdd(origin, ARRIVED, integer(1)), integer(threads - 1));
    const openGate = (): void => {
      f.atomicStore(origin, ARRIVED, integer(0));
      f.atomicStore(origin, GENERATION, iAdd(generation, integer(1)));
      // Whoever counts himself as sleeping later than this finds the generation changed and does not fall asleep.
      f.when(atomicLoad(origin, SLEEPING), () => f.drop(atomicNotify(origin, GENERATION)));
    };
    const waitAtGate = (): void => {
      const spins = f.keep(integer(0));
      const halved = f.keep(atomicLoad(origin, HALVED));
      const limit = f.keep(iShiftRight(integer(MOST_SPINS), halved));
      f.loopWhile(() => {
        f.advance(spins, 1);
        f.when(iGreater(spins, limit), () => {
          f.when(iLess(halved, integer(MOST_HALVINGS)), () => f.atomicStore(origin, HALVED, iAdd(halved, integer(1))));
          f.drop(atomicAdd(origin, SLEEPING, integer(1)));
          const outcome = f.keep(atomicWait(origin, GENERATION, generation, PATIENCE_SECONDS));
          f.drop(atomicAdd(origin, SLEEPING, integer(-1)));
          f.when(iEqual(outcome, integer(2)), () => f.trap());
        });
        return iEqual(atomicLoad(origin, GENERATION), generation);
      });
      f.when(halved, () => f.when(iGreater(limit, spins), () => f.atomicStore(origin, HALVED, iAdd(halved, integer(-1)))));
    };
    f.when(isLast, openGate, waitAtGate);
  });
}
