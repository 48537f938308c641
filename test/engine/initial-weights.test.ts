/** Weights that are given instead of drawn: vectors of an embedding, trained on or kept. */
import { describe, expect, it } from "vitest";
import { readWordVectors } from "../../core/data/word-vectors.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { train } from "../../core/train/train-arrays.ts";
import { backends, nameOf } from "./backends.ts";
import { chain, node } from "./design.ts";

const WORDS = ["one", "two", "three", "four"];
const FILE = ["4 3", "two 0.25 -0.5 1", "five 9 9 9", "four -1 0.125 0.75"];

function trained(backend: (typeof backends)[number], trainable: boolean, epochs: number, initialWeights?: Record<string, Float32Array>) {
  const graph = chain(
    node("x", "input"),
    node("words", "embedding", { input_dim: WORDS.length, output_dim: 3, trainable }),
    node("flat", "flatten"),
    node("value", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  );
  const spec = makeModelSpec(graph, { inputs: { x: [2] }, outputs: { y: {} } });
  const { network } = train({
    spec,
    inputs: { x: [0, 1, 2, 3, 3, 1] },
    targets: { y: [1, -1, 0.5] },
    training: { epochs, batch_size: 3, seed: 5 },
    backend,
    ...(initialWeights === undefined ? {} : { initialWeights }),
  });
  return [...network.view("parameter", "words/embeddings")];
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("vectors of words on $name", ({ backend }) => {
  const { values } = readWordVectors(FILE, WORDS);
  const given = { "words/embeddings": values };

  it("stay what the file says where they are not trained; the others are as drawn", () => {
    const kept = trained(backend, false, 3, given);
    const drawn = trained(backend, false, 3);
    expect(kept.slice(3, 6)).toEqual([0.25, -0.5, 1]);
    expect(kept.slice(9)).toEqual([-1, 0.125, 0.75]);
    expect([...kept.slice(0, 3), ...kept.slice(6, 9)]).toEqual([...drawn.slice(0, 3), ...drawn.slice(6, 9)]);
  });

  it("are where training begins where they are trained", () => {
    const after = trained(backend, true, 3, given);
    const moved = [3, 4, 5, 9, 10, 11].map((i) => Math.abs((after[i] ?? 0) - (values[i] ?? 0)));
    expect(Math.max(...moved)).toBeGreaterThan(1e-3);
    expect(Math.max(...moved)).toBeLessThan(0.01);
  });
});

it("names a parameter that there is not, and one of another size", () => {
  const [backend] = backends;
  if (backend === undefined) throw new Error("no backend");
  expect(() => trained(backend, true, 1, { "word/embeddings": new Float32Array(12) })).toThrow(
    expect.objectContaining({ code: "engine.initial_weight_unknown" }),
  );
  expect(() => trained(backend, true, 1, { "words/embeddings": new Float32Array(8) })).toThrow(
    expect.objectContaining({ code: "engine.initial_weights_wrong_size", params: { name: "words/embeddings", expected: 12, received: 8 } }),
  );
});
