import { describe, expect, it } from "vitest";
import type { OpName } from "../../core/ir/ops/registry.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { casesOf } from "./cases.ts";
import { distance, runCase } from "./run-case.ts";

/** float32 with sums of up to 1,100 terms against the same loops in double precision (architecture.md, "Tolerances"). */
const TOLERANCE = 1e-5;

const oracle = createReferenceBackend("float64");
const backends = [
  createReferenceBackend("float32"),
  createWasmBackend({ arithmetic: "fast", threads: 1 }),
  createWasmBackend({ arithmetic: "reproducible", threads: 1 }),
];

describe.each(backends)("$name backend, $arithmetic arithmetic, $precision", (backend) => {
  it.each(Object.keys(casesOf) as OpName[])("computes %s as the float64 reference does, and writes nothing else", (op) => {
    for (const opCase of casesOf[op]) {
      const actual = runCase(backend, opCase);
      runCase(oracle, opCase).forEach((expected, i) => {
        expect(distance(actual[i] ?? [], expected), `output ${i} of ${JSON.stringify(opCase)}`).toBeLessThan(TOLERANCE);
      });
    }
  });
});

describe("wasm backend", () => {
  it("gives the same bits twice", () => {
    const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
    for (const op of Object.keys(casesOf) as OpName[])
      for (const opCase of casesOf[op]) expect(runCase(backend, opCase)).toEqual(runCase(backend, opCase));
  });
});
