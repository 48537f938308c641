/** The workloads against PyTorch's golden values (test/parity/workloads.ts made them): two losses and all gradients, then 20 losses. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { type OurAnswer, trainHere } from "../../parity/run.ts";
import { fingerprint, fingerprintDistance, numbersOf, parityWorkloads, SMOOTH, workloadRun } from "../../parity/workload-runs.ts";
import { WORKLOAD_GOLDEN, type WorkloadFile } from "../../parity/workloads.ts";

/** The requirement: first losses, and gradients as tensors are compared. */
const FIRST = 1e-5;
const CURVE = 1e-4;
/** What 20 steps of the largest workload (8 million weights) may take on a busy machine; they take 4 s on a quiet one. */
const PATIENCE = 120_000;
/** Double precision in plain loops takes too long for the others. */
const SMALL = new Set(["W1", "W7"]);

const golden = JSON.parse(readFileSync(WORKLOAD_GOLDEN, "utf8")) as WorkloadFile;

const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...b.map((value, i) => Math.abs((a[i] ?? Number.NaN) - value)));

it("has golden values of every workload whose layers there are", () => {
  expect(golden.workloads.map(({ name }) => name)).toEqual(parityWorkloads());
  expect(golden.workloads.length).toBeGreaterThan(8);
});

describe.each(golden.workloads.map((one) => ({ one, name: one.name })))("$name", ({ one, name }) => {
  const run = workloadRun(name);

  it("begins from the numbers that the golden values were made from", () => {
    expect(numbersOf(run), "npm run parity -- --count 0 --golden").toBe(one.numbers);
  });

  it.each([
    { arithmetic: "reproducible", most: run.steps },
    // Fused arithmetic may drift where a relu near zero changes side: only the first losses are asked of it.
    { arithmetic: "fast", most: SMOOTH.has(name) ? run.steps : 2 },
  ] as const)(
    "gives PyTorch's losses and gradients ($arithmetic)",
    ({ arithmetic, most: steps }) => {
      expectEqual(trainHere({ ...run, steps }, createWasmBackend({ arithmetic, threads: 1 }), true), CURVE, steps);
    },
    PATIENCE,
  );

  if (SMALL.has(name))
    it("gives them to the last digits in double precision: the formulas are PyTorch's", () => {
      const answer = trainHere(run, createReferenceBackend("float64"), true);
      expectEqual(answer, 1e-8, run.steps);
    });

  function expectEqual({ losses, gradients }: OurAnswer, limit: number, steps: number): void {
    expect(apart(losses.slice(0, 2), one.float64.slice(0, 2))).toBeLessThan(FIRST);
    expect([...gradients.keys()].sort()).toEqual(Object.keys(one.gradients).sort());
    for (const [parameter, expected] of Object.entries(one.gradients))
      expect(fingerprintDistance(fingerprint(gradients.get(parameter) ?? []), expected), parameter).toBeLessThan(FIRST);
    expect(losses).toHaveLength(steps);
    expect(apart(losses, one.float64.slice(0, steps))).toBeLessThan(limit);
  }
});
