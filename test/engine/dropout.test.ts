import { describe, expect, it } from "vitest";
import type { Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { everyBackend } from "./backends.ts";
import { SmallProgram, sumWeights, weightedSum } from "./program.ts";

const SIZE = 20_000;
const ROWS = 100;

interface Dropped {
  readonly outputs: readonly number[];
  readonly gradients: readonly number[];
}

/** Dropout of ones with upstream gradients of one. */
function drop(backend: KernelBackend, { rate = 0.3, seed = 1, stream = 1, step = 0 } = {}): Dropped {
  const tensors: Tensor[] = [];
  const program = new SmallProgram(backend, (builder) => {
    const x = builder.tensor([ROWS, SIZE / ROWS], "parameter", "x");
    const y = builder.one("dropout", [x], { rate, seed, stream });
    const weights = sumWeights(builder, [y]);
    tensors.push(x, y, ...weights);
    return { results: [y], loss: weightedSum(builder, [y], weights) };
  });
  const [x, y, weights] = tensors as [Tensor, Tensor, Tensor];
  const ones = new Float32Array(SIZE).fill(1);
  program.write(x, ones).write(weights, ones).run(step);
  return { outputs: program.read(y), gradients: program.gradient(x) };
}

describe.each(everyBackend)("dropout ($name)", ({ backend }) => {
  it.each([0.1, 0.25, 0.5, 0.9])("drops the share %d and keeps the mean", (rate) => {
    const { outputs } = drop(backend, { rate });
    const dropped = outputs.filter((value) => value === 0).length / SIZE;
    // Five standard deviations of a binomial share.
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / SIZE));
    expect(new Set(outputs)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
  });

  it("drops the same numbers on the way back", () => {
    const { outputs, gradients } = drop(backend);
    expect(gradients).toEqual(outputs);
  });

  it("draws anew for another step, layer and seed, and the same again for the same", () => {
    const first = drop(backend).outputs;
    expect(drop(backend).outputs).toEqual(first);
    for (const other of [{ step: 1 }, { stream: 2 }, { seed: 2 }]) {
      const { outputs } = drop(backend, other);
      const alike = outputs.filter((value, i) => value === first[i]).length / SIZE;
      // Two independent draws agree in 0.3² + 0.7² of the places.
      expect(alike).toBeGreaterThan(0.56);
      expect(alike).toBeLessThan(0.6);
    }
  });

  it("drops no whole columns and no whole rows: neighbours are independent", () => {
    const { outputs } = drop(backend, { rate: 0.5 });
    const agreement = (distance: number): number =>
      outputs.slice(distance).filter((value, i) => value === outputs[i]).length / (SIZE - distance);
    for (const distance of [1, 2, 4, 8, 16, SIZE / ROWS]) expect(Math.abs(agreement(distance) - 0.5)).toBeLessThan(0.02);
  });
});

it("draws the same numbers on every backend", () => {
  const masks = everyBackend.map(({ backend }) => drop(backend, { step: 7 }).outputs.map((value) => (value === 0 ? 0 : 1)));
  for (const mask of masks) expect(mask).toEqual(masks[0]);
});
