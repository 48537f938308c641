/** What looking inside shows is what the network does: against the engine's own predictions, kernels written out by hand, and differences. */
import { describe, expect, it } from "vitest";
import type { Table } from "../../core/data/table.ts";
import type { Look } from "../../core/insight/inside/look.ts";
import { lookInside, offeredViews } from "../../core/train/inside/look-inside.ts";
import type { Predictor } from "../../core/train/model.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import {
  attentive,
  close,
  convolution,
  LENGTH,
  look,
  numbers,
  oneRow,
  pictures,
  recurrent,
  SIDE,
  shares,
  texts,
  trained,
} from "./inside-networks.ts";
import { moonsDesign, moonsTable } from "./moons-run.ts";

/** What the network predicts with one number of the row's input changed by so much. */
function predicted(predictor: Predictor, table: Table, place: number, by: number): number {
  const part = predictor.prepare(oneRow(table, 0), false);
  const rows = part.inputs["in"];
  if (rows === undefined) throw new Error("no input");
  const values = rows.values.slice(rows.places === undefined ? 0 : (rows.places[0] ?? 0) * SIDE * SIDE).slice(0, SIDE * SIDE);
  values[place] = (values[place] ?? 0) + by;
  return predictor.predict({ ...part, inputs: { in: { shape: rows.shape, values } } })["out"]?.[0] ?? Number.NaN;
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  it("shows the feature maps that a convolution written out by hand gives, and their sum", () => {
    const predictor = trained(convolution, pictures, backend);
    const found = look(predictor, "conv", "feature_maps", pictures);
    const kernel = predictor.network.view("parameter", "conv/kernel");
    const bias = predictor.network.view("parameter", "conv/bias");
    const picture = numbers(found, "picture");
    const expected: number[] = [];
    for (let y = 0; y < SIDE - 2; y += 1)
      for (let x = 0; x < SIDE - 2; x += 1)
        for (let filter = 0; filter < 3; filter += 1) {
          let sum = bias[filter] ?? 0;
          for (let window = 0; window < 9; window += 1)
            sum += (picture[(y + Math.floor(window / 3)) * SIDE + x + (window % 3)] ?? 0) * (kernel[window * 3 + filter] ?? 0);
          expected.push(Math.tanh(sum));
        }
    close(numbers(found, "maps"), expected, 5);
    const summed = Array.from({ length: 25 }, (_, place) => expected.slice(3 * place, 3 * place + 3).reduce((a, b) => a + b, 0));
    close(numbers(found, "summed"), summed, 5);
    expect(numbers(look(predictor, "conv", "filters", pictures), "kernel")).toEqual([...kernel]);
  });

  it("names the words of attention, whose rows sum to 1", () => {
    const predictor = trained(attentive, texts, backend);
    const found = look(predictor, "heads", "attention_maps", texts);
    const weights = found.arrays[0];
    expect(weights?.shape).toEqual([2, LENGTH, LENGTH]);
    const rows = numbers(found, "weights");
    for (let row = 0; row < 2 * LENGTH; row += 1)
      expect(rows.slice(row * LENGTH, (row + 1) * LENGTH).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    expect(found.labels["queries"]).toEqual(["the", "film", "is", "good", ""]);
    expect(found.labels["keys"]).toEqual(found.labels["queries"]);
  });

  it("finds the gradient by distance that the chain rule gives for a simple cell", () => {
    const predictor = trained(recurrent("simple_rnn"), texts, backend);
    const found = look(predictor, "cell", "gradient_by_distance", texts);
    const states = numbers(look(predictor, "cell", "gates", texts), "states");
    const recurrentKernel = predictor.network.view("parameter", "cell/recurrent_kernel");
    const last = predictor.network.view("parameter", "p/kernel");
    const probability = predictor.predict(predictor.prepare(oneRow(texts, 0), false))["out"]?.[0] ?? 0;
    // Binary cross-entropy behind a sigmoid: the row is "bad", class 0.
    let gradient = Array.from(last, (weight) => weight * probability);
    const expected = [Math.hypot(...gradient)];
    for (let step = LENGTH - 1; step > 0; step -= 1) {
      const before = gradient.map((value, unit) => value * (1 - (states[step * 3 + unit] ?? 0) ** 2));
      gradient = [0, 1, 2].map((to) => before.reduce((sum, value, unit) => sum + value * (recurrentKernel[to * 3 + unit] ?? 0), 0));
      expected.push(Math.hypot(...gradient));
    }
    expect(numbers(found, "distances")).toEqual([0, 1, 2, 3, 4]);
    close(numbers(found, "norms"), expected, 5);
  });
});

it("finds saliency as central differences do, and occlusion as the predictor does", () => {
  const predictor = trained(convolution, pictures, oracle);
  const found = look(predictor, "in", "saliency", pictures);
  const step = 1e-3;
  const expected = Array.from({ length: SIDE * SIDE }, (_, place) => {
    const [up, down] = [predicted(predictor, pictures, place, step), predicted(predictor, pictures, place, -step)];
    return (up - down) / (2 * step);
  });
  close(numbers(found, "saliency"), expected, 3);
  expect(numbers(found, "saliency").some((value) => Math.abs(value) > 0.01)).toBe(true);
  expect(found.labels["explained"]).toEqual(["good"]);
  const grey = numbers(found, "input").reduce((sum, value) => sum + value / (SIDE * SIDE), 0);
  const occluded = numbers(look(predictor, "in", "occlusion", pictures), "occlusion");
  const place = 10;
  const before = predicted(predictor, pictures, place, 0);
  const after = predicted(predictor, pictures, place, grey - (numbers(found, "input")[place] ?? 0));
  expect(occluded[place]).toBeCloseTo(before - after, 5);
});

it("lays word vectors out in a plane with their words, and keeps distances where there are two dimensions only", () => {
  const design = recurrent("gru");
  design.graph.nodes = design.graph.nodes.map((one) => (one.id === "vectors" ? { ...one, config: { input_dim: 20, output_dim: 2 } } : one));
  const predictor = trained(design, texts, oracle);
  const found = lookInside(predictor, { nodeId: "vectors", view: "vectors" }, null);
  const table = predictor.network.view("parameter", "vectors/embeddings");
  const points = numbers(found, "points");
  const between = (values: ArrayLike<number>, a: number, b: number): number =>
    Math.hypot((values[2 * a] ?? 0) - (values[2 * b] ?? 0), (values[2 * a + 1] ?? 0) - (values[2 * b + 1] ?? 0));
  for (let index = 1; index < 20; index += 1) expect(between(points, 0, index)).toBeCloseTo(between(table, 0, index), 5);
  expect((found.figures["explained_first"] ?? 0) + (found.figures["explained_second"] ?? 0)).toBeCloseTo(1, 6);
  expect(found.labels["indices"]?.slice(0, 4)).toEqual(["", "", expect.any(String), expect.any(String)]);
  expect(found.labels["indices"]).toContain("film");
});

it("explains words by taking them away, and leaves padding alone", () => {
  const predictor = trained(recurrent("gru"), texts, oracle);
  const second = { explained: { nodeId: "out", place: 1 } };
  const found = look(predictor, "in", "occlusion", texts, second);
  const part = predictor.prepare(oneRow(texts, 0), false);
  const input = part.inputs["in"];
  if (input === undefined) throw new Error("no input");
  const without = (place: number): number =>
    predictor.predict({ ...part, inputs: { in: { ...input, values: input.values.map((value, i) => (i === place ? 1 : value)) } } })[
      "out"
    ]?.[0] ?? 0;
  const whole = predictor.predict(part)["out"]?.[0] ?? 0;
  close(numbers(found, "occlusion"), [0, 1, 2, 3].map((place) => whole - without(place)).concat(0), 6);
  // Unless another is asked for, the class that the row is taken for.
  const taken = look(predictor, "in", "occlusion", texts);
  expect(taken.explained).toEqual({ nodeId: "out", place: whole > 0.5 ? 1 : 0 });
  expect(taken.figures["explained"]).toBeGreaterThanOrEqual(0.5);
  const saliency = numbers(look(predictor, "in", "saliency", texts), "saliency");
  expect(saliency).toHaveLength(LENGTH);
  expect(saliency.every((value) => value > 0)).toBe(true);
});

it("counts every weight once in a histogram, and draws what units give over a plane", () => {
  const predictor = trained(moonsDesign({ epochs: 1 }), moonsTable(), oracle);
  const part = predictor.prepare(moonsTable(), true);
  const found = lookInside(predictor, { nodeId: "hidden", view: "weights" }, part);
  expect(numbers(found, "kernel").reduce((a, b) => a + b, 0)).toBe(24);
  expect(found.arrays.map(({ name }) => name)).toEqual(["kernel", "∇ kernel", "bias", "∇ bias"]);
  const kernel = predictor.network.view("parameter", "hidden/kernel");
  expect(found.figures["kernel mean"]).toBeCloseTo(
    [...kernel].reduce((a, b) => a + b / 24, 0),
    6,
  );
  const drawn = lookInside(predictor, { nodeId: "hidden", view: "boundaries" }, part);
  const [x, y] = [numbers(drawn, "x"), numbers(drawn, "y")];
  const bias = predictor.network.view("parameter", "hidden/bias");
  const unit = 5;
  const expected = Math.max(0, (x[7] ?? 0) * (kernel[unit] ?? 0) + (y[30] ?? 0) * (kernel[12 + unit] ?? 0) + (bias[unit] ?? 0));
  expect(numbers(drawn, "units")[(unit * 40 + 30) * 40 + 7]).toBeCloseTo(expected, 5);
});

it("draws units over any two of several inputs, the others at the median of the rows", () => {
  const moons = moonsTable();
  const third = Float64Array.from({ length: moons.rowCount }, (_, row) => (row * 7) % 11);
  const table: Table = { ...moons, columns: [...moons.columns, { kind: "number", name: "x3", values: third }] };
  const plain = moonsDesign({ epochs: 1 });
  if (plain.data === null) throw new Error("the moons have data");
  const columns = [...plain.data.columns, { name: "x3", type: "numeric" as const, role: "feature" as const }];
  const predictor = trained({ ...plain, data: { ...plain.data, columns, feature_count: 3 } }, table, oracle);
  const part = predictor.prepare(table, true);
  const plane = { x: 2, y: 0 };
  const drawn = lookInside(predictor, { nodeId: "hidden", view: "boundaries", plane }, part);
  expect(drawn.figures).toEqual({ ...plane, inputs: 3 });
  expect(drawn.labels["features"]).toEqual(["x1", "x2", "x3"]);
  const [x, y] = [numbers(drawn, "x"), numbers(drawn, "y")];
  expect((x[0] ?? 0) < 0 && (x.at(-1) ?? 0) > 10).toBe(true);
  const [rows] = Object.values(part.inputs);
  const own = Array.from({ length: part.rowCount }, (_, row) => rows?.values[3 * row + 1] ?? Number.NaN).sort((a, b) => a - b);
  const median = own[(own.length - 1) >> 1] ?? Number.NaN;
  const [kernel, bias] = ["kernel", "bias"].map((name) => predictor.network.view("parameter", `hidden/${name}`));
  const unit = 4;
  const weight = (place: number): number => kernel?.[12 * place + unit] ?? Number.NaN;
  const sum = (y[30] ?? 0) * weight(0) + median * weight(1) + (x[7] ?? 0) * weight(2) + (bias?.[unit] ?? 0);
  expect(numbers(drawn, "units")[(unit * 40 + 30) * 40 + 7]).toBeCloseTo(Math.max(0, sum), 4);
  expect(numbers(drawn, "points").slice(0, 2)).toEqual([rows?.values[2], rows?.values[0]]);
  // What is not there, or one axis twice, is the first two.
  for (const wrong of [
    { x: 1, y: 1 },
    { x: 0, y: 3 },
  ])
    expect(lookInside(predictor, { nodeId: "hidden", view: "boundaries", plane: wrong }, part).figures).toMatchObject({ x: 0, y: 1 });
});

it("offers views by what layers do, and says when one does not fit", () => {
  const views = Object.fromEntries(
    offeredViews(trained(convolution, pictures, oracle).network.spec).map(({ layer, views: own }) => [layer.id, own]),
  );
  expect(views).toEqual({
    in: ["feature_maps", "saliency", "occlusion"],
    conv: ["feature_maps", "filters", "weights"],
    flat: ["activations"],
    p: ["activations", "weights"],
    out: ["activations"],
  });
  const predictor = trained(recurrent("lstm"), texts, oracle);
  expect(() => look(predictor, "cell", "filters", texts)).toThrow(expect.objectContaining({ code: "inside.no_such_view" }));
});

it("explains another class when that is asked for: of two the other is what is left, of many each has its own", () => {
  const two = trained(convolution, pictures, oracle);
  const [yes, no] = [1, 0].map((place) => look(two, "in", "saliency", pictures, { explained: { nodeId: "out", place } }));
  if (yes === undefined || no === undefined) throw new Error("two looks");
  close(
    numbers(no, "saliency"),
    numbers(yes, "saliency").map((value) => -value),
    7,
  );
  expect(yes.choices?.map(({ label }) => label)).toEqual(["bad", "good"]);
  expect(no.labels["explained"]).toEqual(["bad"]);
  expect((no.figures["explained"] ?? 0) + (yes.figures["explained"] ?? 0)).toBeCloseTo(1, 6);
  const occluded = (place: number): number[] =>
    numbers(look(two, "in", "occlusion", pictures, { explained: { nodeId: "out", place } }), "occlusion");
  close(
    occluded(0),
    occluded(1).map((value) => -value),
    6,
  );
  const many = trained(shares, pictures, oracle);
  const each = [0, 1].map((place) => look(many, "in", "saliency", pictures, { explained: { nodeId: "out", place } }));
  // Shares of 1: what one class gains by a pixel the others lose.
  close(
    numbers(each[0] as Look, "saliency"),
    numbers(each[1] as Look, "saliency").map((value) => -value),
    6,
  );
  const usual = look(many, "in", "saliency", pictures);
  const best = (usual.choices ?? []).reduce((a, b) => (b.value > a.value ? b : a));
  expect(usual.explained).toEqual({ nodeId: "out", place: best.place });
  expect(numbers(usual, "saliency")).toEqual(numbers(each[best.place] as Look, "saliency"));
  expect(() => look(many, "in", "saliency", pictures, { explained: { nodeId: "out", place: 2 } })).toThrow(
    expect.objectContaining({ code: "inside.no_such_output" }),
  );
});
