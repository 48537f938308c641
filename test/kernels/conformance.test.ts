import { afterAll, describe, expect, it } from "vitest";
import { at } from "../../core/ir/op.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { casesOf } from "./cases.ts";
import { distance, firstDifference, runCases } from "./run-case.ts";
import { spawnHelper } from "./spawn-helper.ts";

/** float32 with sums of up to 1,100 terms against the same loops in double precision (architecture.md, "Tolerances"). */
const TOLERANCE = 1e-5;

const opNames = Object.keys(casesOf) as OpName[];
const oracle = createReferenceBackend("float64");
const fast = createWasmBackend({ arithmetic: "fast", threads: 1 });
const reproducible = createWasmBackend({ arithmetic: "reproducible", threads: 1 });

/** What others are compared with is computed once. */
function once(backend: KernelBackend): (op: OpName) => number[][][] {
  const kept = new Map<OpName, number[][][]>();
  return (op) => {
    const results = kept.get(op) ?? runCases(backend, casesOf[op]);
    kept.set(op, results);
    return results;
  };
}
const expectedOf = once(oracle);
const ofOneThread = once(fast);

describe.each([createReferenceBackend("float32"), fast, reproducible])("$name backend, $arithmetic arithmetic, $precision", (backend) => {
  it.each(opNames)("computes %s as the float64 reference does, and writes nothing else", (op) => {
    const actual = runCases(backend, casesOf[op]);
    const wrong = expectedOf(op).flatMap((tensors, c) =>
      tensors.flatMap((expected, i) => {
        const far = distance(at(at(actual, c), i), expected);
        return far < TOLERANCE ? [] : [`output ${i} of ${JSON.stringify(at(casesOf[op], c))}: ${far}`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(actual).toHaveLength(casesOf[op].length);
  });
});

describe("wasm backend", () => {
  it.each(opNames)("gives the same bits for %s twice", (op) => {
    expect(firstDifference(runCases(fast, casesOf[op]), ofOneThread(op))).toBeNull();
  });
});

describe.each([2, 3, 4])("wasm backend with %i threads", (threads) => {
  // However small the work, it is shared, so that every kernel is seen in pieces.
  const backend = createWasmBackend({ arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 });
  afterAll(() => backend.close());

  it.each(opNames)("gives the bits of one thread for %s, and writes nothing else", (op) => {
    expect(firstDifference(runCases(backend, casesOf[op]), ofOneThread(op))).toBeNull();
  });
});
