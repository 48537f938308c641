/** Opens a network as a run opens it, and prints how long that took: `our-opening.ts W1 [--narrow]`, a process for each network. */
import { makeStepper } from "./networks.ts";
import { OUR_THREADS, openOurs } from "./our-backend.ts";

export interface OurOpening {
  /** Building, planning, writing and compiling the programs of full batch and evaluation, once, after another network. */
  readonly compileMs: number;
  /** The same for two threads, which have a function each: after it, so that JavaScript is warm. */
  readonly compileSharedMs: number;
}

const name = process.argv[2] ?? "";
makeStepper("W7", openOurs(1)).step();
const { compileMs } = makeStepper(name, openOurs(1));
const shared = openOurs(OUR_THREADS);
const opening: OurOpening = { compileMs, compileSharedMs: makeStepper(name, shared).compileMs };
shared.close();
console.log(JSON.stringify(opening));
