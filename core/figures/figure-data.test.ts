import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { LayerFigure } from "../layers/figure.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { lossNames } from "../losses/definitions.ts";
import { type FigureData, figureData } from "./figure-data.ts";
import type { Values } from "./run-layer.ts";

const folders = new URL("../layers/", import.meta.url);
const drawn = layerTypes.filter((type) => readdirSync(new URL(`${type}/`, folders)).includes("figure.ts"));

async function figureOf(type: string): Promise<LayerFigure> {
  return ((await import(new URL(`${type}/figure.ts`, folders).href)) as { default: LayerFigure }).default;
}
async function dataOf(type: string, options: Readonly<Record<string, unknown>> = {}): Promise<FigureData> {
  return figureData(layerDefinition(type) as LayerDefinition, await figureOf(type), options);
}
const all = (data: FigureData): readonly Values[] => [
  ...data.inputs,
  ...data.outputs,
  ...data.draws,
  ...Object.values(data.taps),
  ...Object.values(data.parameters),
];

describe("the figure of a layer", () => {
  test("is there for the layers that people ask about first", () => {
    for (const type of ["conv_1d", "conv_2d", "max_pooling_2d", "lstm", "gru", "attention", "multi_head_attention", "embedding"])
      expect(drawn).toContain(type);
    for (const type of ["dropout", "batch_normalization", "activation", "dense"]) expect(drawn).toContain(type);
  });

  test.each(drawn)("of %s is computed with its usual options, with a step to show and numbers that are finite", async (type) => {
    const data = await dataOf(type);
    expect(data.byDefaults).toBe(false);
    expect(data.frames).toBeGreaterThan(0);
    expect(data.frames).toBeLessThanOrEqual(81);
    for (const { shape, data: numbers } of all(data)) {
      expect(numbers).toHaveLength(shape.reduce((product, axis) => product * axis, 1));
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
    // Something must be seen to happen.
    const seen = data.curve?.y ?? (data.rows.length > 0 ? data.rows.flatMap(({ values }) => values) : data.outputs[0]?.data);
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  test("of where numbers come from finds the places by the definition of each layer", async () => {
    const from = async (type: string, options = {}): Promise<number[][][]> =>
      (await dataOf(type, options)).sources.map((inputs) => inputs.map((places) => [...places]));
    expect((await from("add"))[5]).toEqual([[5], [5]]);
    expect((await from("concatenate")).map((inputs) => inputs.map(({ length }) => length).join())).toEqual([
      "1,0",
      "1,0",
      "1,0",
      "0,1",
      "0,1",
      "1,0",
      "1,0",
      "1,0",
      "0,1",
      "0,1",
    ]);
    // Rows of four become columns: output [1, 0] is input [0, 1].
    expect((await from("permute"))[3]).toEqual([[1]]);
    const { inputs, outputs, sources } = await dataOf("global_max_pooling_1d");
    sources.forEach(([places], output) => {
      const [place = -1, ...others] = places ?? [];
      expect(others).toEqual([]);
      expect(inputs[0]?.data[place]).toBe(outputs[0]?.data[output]);
    });
    expect((await from("global_average_pooling_1d"))[1]).toEqual([[1, 5, 9, 13, 17, 21]]);
    // A rim of zeros comes from nothing.
    expect((await from("zero_padding_1d"))[0]).toEqual([[]]);
    // What overlaps in the middle of two windows of three in steps of two comes from both.
    expect((await from("conv_2d_transpose", { padding: "valid" }))[2]?.[0]).toEqual([0, 1]);
  });

  test("of a graph convolution takes each node's number from its neighbours and itself, and without normalization from them alone", async () => {
    const { inputs, outputs, parameters, sources, figure } = await dataOf("graph_convolution", { use_bias: false });
    const count = inputs[0]?.data.length ?? 0;
    const neighbours = (node: number): number[] =>
      (figure.links ?? []).flatMap(([a, b]) => (a === node ? [b] : b === node ? [a] : [])).sort((a, b) => a - b);
    const x = inputs[0]?.data ?? [];
    const weight = parameters["kernel"]?.data[0] ?? Number.NaN;
    for (let node = 0; node < count; node += 1) {
      const own = [...neighbours(node), node].sort((a, b) => a - b);
      expect([...(sources[node]?.[0] ?? [])]).toEqual(own);
      // Kipf & Welling 2017: each by the roots of both degrees, the loop to itself counted.
      const degree = (one: number): number => neighbours(one).length + 1;
      const sum = own.reduce((all, other) => all + (x[other] ?? 0) / Math.sqrt(degree(node) * degree(other)), 0);
      expect(outputs[0]?.data[node]).toBeCloseTo(weight * sum, 10);
    }
    const plain = await dataOf("graph_convolution", { normalization: "none" });
    expect([...(plain.sources[5]?.[0] ?? [])]).toEqual([4]);
  });

  test("of a convolution follows the layer's own window, strides, padding and dilation", async () => {
    const { axes, outputs, frames } = await dataOf("conv_2d", { kernel_size: [2, 3], strides: [2, 1], padding: "same" });
    expect(axes.map(({ size, stride, before, after }) => [size, stride, before, after])).toEqual([
      [2, 2, 0, 1],
      [3, 1, 1, 1],
    ]);
    expect(outputs[0]?.shape).toEqual([1, 4, 7, 1]);
    expect(frames).toBe(28);
    expect((await dataOf("conv_1d", { dilation_rate: 4, padding: "causal" })).axes[0]).toMatchObject({ dilation: 4, before: 8 });
  });

  test("of a convolution holds the sums that a person can follow: each output is its window times the kernel", async () => {
    const { axes, inputs, outputs, parameters } = await dataOf("conv_1d", { kernel_size: 3, strides: 2, use_bias: false });
    const [axis] = axes;
    const kernel = parameters["kernel"]?.data ?? [];
    const sums = Array.from({ length: axis?.output ?? 0 }, (_, window) =>
      kernel.reduce((sum, weight, tap) => sum + weight * (inputs[0]?.data[2 * window + tap] ?? 0), 0),
    );
    expect(sums.length).toBeGreaterThan(3);
    sums.forEach((sum, window) => expect(outputs[0]?.data[window]).toBeCloseTo(sum, 12));
  });

  test("of a window too large to be drawn shows the usual options and says so", async () => {
    const data = await dataOf("conv_1d", { kernel_size: 500 });
    expect(data.byDefaults).toBe(true);
    expect(data.axes[0]?.size).toBe(3);
  });

  test("of an lstm has the four gates of every step, and the cell is what they make of it", async () => {
    const { figure, taps, frames } = await dataOf("lstm");
    const gates = taps["gates"];
    const cells = taps["cell_states"];
    expect(figure.parts).toEqual(["input", "forget", "candidate", "output"]);
    expect([frames, gates?.shape]).toEqual([10, [1, 10, 4, 3]]);
    const gate = (step: number, part: number): number => gates?.data[(step * 4 + part) * 3] ?? Number.NaN;
    let cell = 0;
    for (let step = 0; step < frames; step += 1) {
      cell = gate(step, 1) * cell + gate(step, 0) * gate(step, 2);
      expect(cells?.data[step * 3]).toBeCloseTo(cell, 10);
    }
  });

  test("of a gru names its gates in the order in which they lie", async () => {
    const { taps, figure } = await dataOf("gru");
    expect(figure.parts).toEqual(["update", "reset", "candidate"]);
    const [gates, states] = [taps["gates"]?.data ?? [], taps["states"]?.data ?? []];
    let state = 0;
    for (let step = 0; step < 10; step += 1) {
      const [update = 0, , candidate = 0] = [0, 1, 2].map((part) => gates[(step * 3 + part) * 3]);
      state = update * state + (1 - update) * candidate;
      expect(states[step * 3]).toBeCloseTo(state, 10);
    }
  });

  test.each(["attention", "multi_head_attention"])(
    "of %s has weights that add up to one, and none for what comes later when masked",
    async (type) => {
      const { taps } = await dataOf(type, { use_causal_mask: true });
      const { shape = [], data = [] } = taps["weights"] ?? {};
      expect(shape.slice(-2)).toEqual([5, 5]);
      for (let row = 0; row < data.length / 5; row += 1) {
        const weights = data.slice(row * 5, row * 5 + 5);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
        expect(weights.slice((row % 5) + 1).every((weight) => weight === 0)).toBe(true);
      }
    },
  );

  test("of an embedding looks up the rows of its table", async () => {
    const { inputs, outputs, parameters } = await dataOf("embedding");
    inputs[0]?.data.forEach((index, place) => {
      expect(outputs[0]?.data.slice(place * 4, place * 4 + 4)).toEqual(parameters["embeddings"]?.data.slice(index * 4, index * 4 + 4));
    });
  });

  test("of a penalty follows its formula, and shows an example where the layer's own options add nothing", async () => {
    const own = await dataOf("activity_regularization", { l1: 0.2, l2: 0.3 });
    expect(own.example).toBeNull();
    own.curve?.x.forEach((x, place) => expect(own.curve?.y[place]).toBeCloseTo(0.2 * Math.abs(x) + 0.3 * x * x, 9));
    expect(own.slope?.[45]).toBeCloseTo(0.2 + 0.6 * (own.curve?.x[45] ?? 0), 6);
    const nothing = await dataOf("activity_regularization");
    expect(nothing.example).toEqual({ l1: 0.5, l2: 0.1 });
    expect(Math.max(...(nothing.curve?.y ?? []))).toBeCloseTo(0.5 * 4 + 0.1 * 16, 9);
  });

  test("of an output is the loss that training takes, with its weight, for every loss there is", async () => {
    const squares = await dataOf("output", { loss: "mse", loss_weight: 2 });
    squares.curve?.x.forEach((x, place) => expect(squares.curve?.y[place]).toBeCloseTo(2 * x * x, 9));
    const entropy = await dataOf("output", { loss: "categorical_crossentropy" });
    entropy.curve?.x.forEach((p, place) => expect(entropy.curve?.y[place]).toBeCloseTo(-Math.log(p), 9));
    for (const loss of lossNames) {
      const { curve, slope } = await dataOf("output", { loss });
      expect([...(curve?.y ?? [Number.NaN]), ...(slope ?? [])].every(Number.isFinite), loss).toBe(true);
      // No prediction of the range is better than the one nearest the target, but for losses that are content beyond a margin.
      const nearest = Math.min(...(curve?.x ?? []).map((x) => Math.abs(x - (curve?.target ?? 0))));
      const best = curve?.x.findIndex((x) => Math.abs(x - (curve.target ?? 0)) === nearest) ?? 0;
      expect(curve?.y[best], loss).toBeCloseTo(Math.min(...(curve?.y ?? [])), 2);
    }
  });

  test("of masking says which steps count, by the value that the layer is given", async () => {
    const { mask, inputs, frames } = await dataOf("masking", { mask_value: 9 });
    expect([frames, mask?.data]).toEqual([7, [1, 1, 0, 1, 1, 0, 0]]);
    expect(inputs[0]?.data.slice(6, 9)).toEqual([9, 9, 9]);
  });

  test("of an input has the rows of a table as the steps of preparation make them numbers", async () => {
    const { rows, frames } = await dataOf("input", { shape: [4] });
    expect(frames).toBe(4);
    const numbers = rows.map(({ values }) => values[0] ?? 0);
    expect(numbers.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
    expect(numbers.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(4, 10);
    for (const { category, values } of rows) expect(values.slice(1)).toEqual(["A", "B", "C"].map((one) => (one === category ? 1 : 0)));
  });

  test("of dropout draws anew at every step and makes up for what is missing", async () => {
    const { inputs, draws } = await dataOf("dropout", { rate: 0.25 });
    expect(new Set(draws.map(({ data }) => data.join())).size).toBe(draws.length);
    for (const { data } of draws)
      data.forEach((value, place) => {
        const before = inputs[0]?.data[place] ?? 0;
        expect([0, before / 0.75].some((possible) => Math.abs(possible - value) < 1e-6)).toBe(true);
      });
  });

  test("of batch normalization brings every column to mean 0 and deviation 1", async () => {
    const { outputs } = await dataOf("batch_normalization", { epsilon: 1e-9 });
    for (let column = 0; column < 4; column += 1) {
      const values = (outputs[0]?.data ?? []).filter((_, place) => place % 4 === column);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect([mean, variance].map((figure) => Math.round(figure * 1e5) / 1e5 + 0)).toEqual([0, 1]);
    }
  });

  test("of an activation has the slope of its curve, and none where a whole row is one function", async () => {
    const { slope, inputs, outputs } = await dataOf("activation", { activation: "tanh" });
    const middle = 40;
    expect(inputs[0]?.data[middle]).toBe(0);
    expect(slope?.[middle]).toBeCloseTo(1, 9);
    const [before = 0, behind = 0] = [outputs[0]?.data[29], outputs[0]?.data[31]];
    expect(slope?.[30]).toBeCloseTo((behind - before) / 0.2, 2);
    expect((await dataOf("activation", { activation: "softmax" })).slope).toBeNull();
    expect((await dataOf("activation", { activation: "prelu" })).slope).toHaveLength(81);
  });
});
