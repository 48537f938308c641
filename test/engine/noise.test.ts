/** Layers that draw random numbers in other ways than dropout: whole channels dropped, normal noise. */
import { describe, expect, it } from "vitest";
import { at } from "../../core/ir/op.ts";
import type { Tensor } from "../../core/ir/tensor.ts";
import { NO_NOTES } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import { everyBackend } from "./backends.ts";
import { SmallProgram } from "./program.ts";

/** Runs the layer on ones of `shape` in training. */
function onOnes(
  backend: (typeof everyBackend)[number]["backend"],
  type: string,
  config: Record<string, unknown>,
  shape: number[],
  step: number,
) {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(`no layer ${type}`);
  let [input, output]: (Tensor | undefined)[] = [];
  const program = new SmallProgram(backend, (builder) => {
    const x = builder.tensor(shape, "input", "x");
    const context = { config: validateConfig(definition.schema, config, type), inputs: [x], parameters: {}, states: {} };
    const y = at(definition.build({ builder, ...context, ...NO_NOTES, training: true, stream: 3, seed: 7 }), 0);
    [input, output] = [x, y];
    return { results: [y] };
  });
  if (input === undefined || output === undefined) throw new Error("nothing was built");
  program.write(input, program.read(input).fill(1)).run(step);
  return program.read(output);
}

describe.each(everyBackend)("on $name", ({ backend }) => {
  it.each([
    ["spatial_dropout_1d", [4, 6, 50]],
    ["spatial_dropout_2d", [4, 3, 2, 50]],
  ] as const)("%s drops whole channels of a sample, and scales the others", (type, shape) => {
    const y = onOnes(backend, type, { rate: 0.4 }, [...shape], 1);
    let dropped = 0;
    for (let n = 0; n < 4; n++)
      for (let c = 0; c < 50; c++) {
        const channel = Array.from({ length: 6 }, (_, p) => y[(n * 6 + p) * 50 + c] ?? Number.NaN);
        expect(new Set(channel).size).toBe(1);
        if (channel[0] === 0) dropped += 1;
        else expect(channel[0]).toBeCloseTo(1 / 0.6, 5);
      }
    expect(dropped / 200).toBeGreaterThan(0.3);
    expect(dropped / 200).toBeLessThan(0.5);
    expect(onOnes(backend, type, { rate: 0.4 }, [...shape], 2)).not.toEqual(y);
  });

  it("adds normal numbers of the deviation that is asked for, others at every step", () => {
    const y = onOnes(backend, "gaussian_noise", { stddev: 0.5 }, [100, 100], 1);
    const noise = y.map((value) => (value - 1) / 0.5);
    const mean = noise.reduce((a, b) => a + b, 0) / noise.length;
    const within = (limit: number): number => noise.filter((value) => Math.abs(value) < limit).length / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    // The normal distribution has 68.3 % within one deviation and 95.4 % within two.
    expect(Math.abs(within(1) - 0.683)).toBeLessThan(0.015);
    expect(Math.abs(within(2) - 0.954)).toBeLessThan(0.01);
    expect(onOnes(backend, "gaussian_noise", { stddev: 0.5 }, [100, 100], 2)).not.toEqual(y);
  });
});
