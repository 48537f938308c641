import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backends, nameOf } from "./backends.ts";

const SCRIPT = fileURLToPath(new URL("heap-growth.ts", import.meta.url));
/** The requirement: JavaScript memory over 10,000 steps. */
const LIMIT = 2 ** 20;
/** What may be gone through: numbers that are boxed until the optimizing compiler has the step, about 100 bytes each time. A list or view made in a step would be twice this. */
const GONE_THROUGH_LIMIT = 4 * LIMIT;
/** Young objects are not collected before these many megabytes of them: what is gone through is all there. */
const YOUNG_SPACE_MB = 256;

interface Growth {
  readonly steps: number;
  /** Still there after a collection, bytes. */
  readonly kept: number;
  /** Before the collection. */
  readonly gone_through: number;
}

/** @param what a place in backends.ts or a workload */
function measure(what: number | string): Growth {
  const flags = ["--expose-gc", `--min-semi-space-size=${YOUNG_SPACE_MB}`, `--max-semi-space-size=${YOUNG_SPACE_MB}`];
  return JSON.parse(execFileSync(process.execPath, [...flags, SCRIPT, String(what)], { encoding: "utf8" })) as Growth;
}

describe.each(backends.map((backend, place) => ({ backend, place, name: nameOf(backend) })))(
  "10,000 training steps ($name)",
  ({ backend, place }) => {
    it("keep less than a megabyte, and on WebAssembly go through little", () => {
      const { steps, kept, gone_through: goneThrough } = measure(place);
      expect(steps).toBe(10_000);
      expect(kept).toBeLessThan(LIMIT);
      // The reference backend is the oracle: its kernels may make arrays.
      if (backend.name === "wasm") expect(goneThrough).toBeLessThan(GONE_THROUGH_LIMIT);
    });
  },
);

describe.each(["W1", "W4"])("10,000 training steps of %s", (workload) => {
  it("keep less than a megabyte and go through little", () => {
    const { kept, gone_through: goneThrough } = measure(workload);
    expect(kept).toBeLessThan(LIMIT);
    expect(goneThrough).toBeLessThan(GONE_THROUGH_LIMIT);
  });
});
