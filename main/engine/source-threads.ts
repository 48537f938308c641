/**
 * Threads that run from the source (.ts) have Node take the types out, which it does in WebAssembly of its own, a copy a
 * thread. After 1,000 calls V8 compiles the way from such a module back to JavaScript, into a table that all threads share;
 * two threads that do so at one moment can end the whole process ("Check failed: jit_page.has_value()",
 * UnregisterAllocation; github.com/nodejs/node/issues/64500). The build has no such threads, and our own modules import
 * nothing but memory: there V8 stays as it is.
 */
import { setFlagsFromString } from "node:v8";

/** No thread calls back that often. */
const NEVER = "--wasm-wrapper-tiering-budget=2000000000";

/** Before the first thread of a process is started. @param worker the file the thread will run */
export function prepareThreads(worker: URL): void {
  if (worker.pathname.endsWith(".ts")) setFlagsFromString(NEVER);
}
