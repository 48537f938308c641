/** Why recurrent layers have gates: on the adding problem, with the same numbers on every machine (reproducible arithmetic). */
import { describe, expect, it } from "vitest";
import { at } from "../../core/ir/op.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { LENGTH, learnAdding, sensitivity } from "./adding-problem.ts";

/** The error of always answering the mean: the variance of a sum of two uniform numbers. */
const OF_THE_MEAN = 1 / 6;
const backend = createWasmBackend({ arithmetic: "reproducible", threads: 1 });

describe("the adding problem of length 100", () => {
  it.each(["lstm", "gru"])("is solved by %s, which at its end still feels the first step", (type) => {
    const learned = learnAdding(type, backend, 0.01, 4000);
    expect(learned.error).toBeLessThan(0.02);
    const felt = sensitivity(type, learned);
    expect(at(felt, 0)).toBeGreaterThan(1e-2 * at(felt, LENGTH - 1));
  });

  it("is not solved by a plain tanh layer, whose gradient has vanished before it reaches the first step", () => {
    const learned = learnAdding("simple_rnn", backend, 0.01, 1500);
    expect(learned.error).toBeGreaterThan(0.8 * OF_THE_MEAN);
    const felt = sensitivity("simple_rnn", learned);
    expect(at(felt, 0)).toBeLessThan(1e-6 * at(felt, LENGTH - 1));
    // It is the distance that takes it: half way there is more of it, and near the end there is plenty.
    expect(at(felt, 50)).toBeGreaterThan(100 * at(felt, 0));
    expect(at(felt, LENGTH - 2)).toBeGreaterThan(0.1 * at(felt, LENGTH - 1));
  });
});
