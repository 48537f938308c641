/** What looking inside shows is what the network does: against the engine's own predictions, kernels written out by hand, and differences. */
import { describe, expect, it } from "vitest";
import type { Table } from "../../core/data/table.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DataDocument, DesignDocument, GraphDocument } from "../../core/graph/document.ts";
import type { Look, ViewName } from "../../core/insight/inside/look.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { lookInside, offeredViews } from "../../core/train/inside/look-inside.ts";
import { Predictor } from "../../core/train/model.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { chain, graphOf, node } from "./design.ts";
import { moonsDesign, moonsTable } from "./moons-run.ts";

const columnsOf = (feature: "text" | "picture"): DataDocument["columns"] => [
  { name: "x", type: feature, role: "feature" },
  { name: "y", type: "categorical", role: "target" },
];
const split = { method: "stratified", validation_fraction: 0.25, seed: 3 } as const;

function designOf(graph: GraphDocument, data: Pick<DataDocument, "columns" | "steps">): DesignDocument {
  const whole: DataDocument = { source: { kind: "file", name: "small" }, split, feature_count: null, class_count: null, ...data };
  return { ...moonsDesign({ epochs: 2, batch_size: 8 }), graph, data: whole };
}

const labels = (count: number): Table["columns"][number] => ({
  kind: "category",
  name: "y",
  categories: ["bad", "good"],
  codes: Int32Array.from({ length: count }, (_, row) => row % 2),
});

const SIDE = 7;
const pictures: Table = {
  rowCount: 16,
  rowIds: Uint32Array.from({ length: 16 }, (_, row) => row),
  columns: [
    {
      kind: "picture",
      name: "x",
      shape: [SIDE, SIDE, 1],
      pixels: Uint8Array.from({ length: 16 * SIDE * SIDE }, (_, i) => (i * 37 + (i >> 3)) % 256),
    },
    labels(16),
  ],
};
const SENTENCES = ["the film is good", "the film is bad", "a good long story", "a bad long story"];
const texts: Table = {
  rowCount: 16,
  rowIds: Uint32Array.from({ length: 16 }, (_, row) => row),
  columns: [{ kind: "text", name: "x", values: Array.from({ length: 16 }, (_, row) => SENTENCES[row % 4] ?? "") }, labels(16)],
};
const LENGTH = 5;
const words = { columns: columnsOf("text"), steps: [{ type: "token_sequence", columns: ["x"], length: LENGTH, vocabulary: 20 }] };

const ending = [node("p", "dense", { units: 1, activation: "sigmoid" }), node("out", "output", { loss: "binary_crossentropy" })] as const;
const convolution = designOf(
  chain(
    node("in", "input"),
    node("conv", "conv_2d", { filters: 3, kernel_size: [3, 3], activation: "tanh" }),
    node("flat", "flatten"),
    ...ending,
  ),
  { columns: columnsOf("picture"), steps: [{ type: "picture", columns: ["x"] }] },
);
const recurrent = (type: string, more: Record<string, unknown> = {}): DesignDocument =>
  designOf(
    chain(
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 4 }),
      node("cell", type, { units: 3, ...more }),
      ...ending,
    ),
    words,
  );
const attentive = designOf(
  graphOf(
    [
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 6 }),
      node("heads", "multi_head_attention", { num_heads: 2, key_dim: 3 }),
      node("pooled", "global_average_pooling_1d"),
      ...ending,
    ],
    [
      ["in", "vectors"],
      ["vectors", "heads"],
      ["heads", "pooled"],
      ["pooled", "p"],
      ["p", "out"],
    ],
  ),
  words,
);
attentive.graph.edges = attentive.graph.edges.flatMap((edge) =>
  edge.target !== "heads"
    ? [edge]
    : [
        { ...edge, target_port: "query" },
        { ...edge, id: "second", target_port: "value" },
      ],
);

function trained(design: DesignDocument, table: Table, backend: KernelBackend): Predictor {
  let time = 0;
  const { model } = trainDesign({ design, table, backend, clock: () => (time += 1) });
  return new Predictor(readModel(model), backend);
}

const oneRow = (table: Table, row: number): Table => ({
  ...table,
  rowCount: 1,
  rowIds: Uint32Array.of(row),
  columns: table.columns.map((column) => {
    if (column.kind === "picture") return { ...column, places: Uint32Array.of(row) };
    if (column.kind === "category") return { ...column, codes: column.codes.slice(row, row + 1) };
    return column.kind === "text"
      ? { ...column, values: column.values.slice(row, row + 1) }
      : { ...column, values: column.values.slice(row, row + 1) };
  }),
});

function look(predictor: Predictor, nodeId: string, view: ViewName, table: Table, row = 0): Look {
  return lookInside(predictor, { nodeId, view }, predictor.prepare(oneRow(table, row), true));
}
function numbers(found: Look, name: string): number[] {
  const values = found.arrays.find((array) => array.name === name)?.values;
  if (values === undefined) throw new Error(`no array ${name}`);
  return [...values];
}
const close = (a: readonly number[], b: readonly number[], digits: number): void => {
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i] ?? Number.NaN, digits));
};

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

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
type Cell = (
  x: readonly number[],
  h: readonly number[],
  c: readonly number[],
  weights: (name: string) => ArrayLike<number>,
) => { h: number[]; c: number[]; gates: number[] };
const times = (x: readonly number[], kernel: ArrayLike<number>, columns: number): number[] =>
  Array.from({ length: columns }, (_, j) => x.reduce((sum, value, i) => sum + value * (kernel[i * columns + j] ?? 0), 0));
const plus = (...lists: readonly ArrayLike<number>[]): number[] =>
  Array.from(lists[0] ?? [], (_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
const lstm: Cell = (x, h, c, weights) => {
  const z = plus(times(x, weights("kernel"), 12), times(h, weights("recurrent_kernel"), 12), weights("bias"));
  const [i, f, g, o] = [z.slice(0, 3).map(sigmoid), z.slice(3, 6).map(sigmoid), z.slice(6, 9).map(Math.tanh), z.slice(9).map(sigmoid)];
  const cell = c.map((value, k) => (f[k] ?? 0) * value + (i[k] ?? 0) * (g[k] ?? 0));
  return { h: cell.map((value, k) => (o[k] ?? 0) * Math.tanh(value)), c: cell, gates: [...i, ...f, ...g, ...o] };
};
const gru: Cell = (x, h, c, weights) => {
  const bias = Array.from(weights("bias"));
  const inner = plus(times(h, weights("recurrent_kernel"), 9), bias.slice(9));
  const z = plus(times(x, weights("kernel"), 9), bias.slice(0, 9));
  const update = [0, 1, 2].map((k) => sigmoid((z[k] ?? 0) + (inner[k] ?? 0)));
  const reset = [3, 4, 5].map((k) => sigmoid((z[k] ?? 0) + (inner[k] ?? 0)));
  const candidate = [0, 1, 2].map((k) => Math.tanh((z[6 + k] ?? 0) + (reset[k] ?? 0) * (inner[6 + k] ?? 0)));
  return {
    h: h.map((value, k) => (update[k] ?? 0) * value + (1 - (update[k] ?? 0)) * (candidate[k] ?? 0)),
    c: [...c],
    gates: [...update, ...reset, ...candidate],
  };
};

describe.each([
  { type: "lstm", cell: lstm, gates: ["input", "forget", "candidate", "output"] },
  { type: "gru", cell: gru, gates: ["update", "reset", "candidate"] },
])("$type", ({ type, cell, gates }) => {
  const predictor = trained(recurrent(type), texts, oracle);
  const weights = (name: string): ArrayLike<number> => predictor.network.view("parameter", `cell/${name}`);
  const xs = (): number[][] => {
    const values = numbers(look(predictor, "vectors", "activations", texts), "activations");
    return Array.from({ length: LENGTH }, (_, step) => values.slice(step * 4, step * 4 + 4));
  };
  it("shows the gates that the cell written out by hand has", () => {
    const found = look(predictor, "cell", "gates", texts);
    let [h, c] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    xs().forEach((x, step) => {
      const next = cell(x, h, c, weights);
      gates.forEach((gate, place) =>
        close(numbers(found, gate).slice(step * 3, step * 3 + 3), next.gates.slice(place * 3, place * 3 + 3), 5),
      );
      close(numbers(found, "states").slice(step * 3, step * 3 + 3), next.h, 5);
      [h, c] = [next.h, next.c];
    });
    expect(found.labels["steps"]).toEqual(["the", "film", "is", "good", ""]);
  });
  it("finds the gradient by distance as differences of the cell written out by hand do", () => {
    const norms = numbers(look(predictor, "cell", "gradient_by_distance", texts), "norms");
    const steps = xs();
    const [kernel, bias] = [predictor.network.view("parameter", "p/kernel"), predictor.network.view("parameter", "p/bias")];
    const lossFrom = (start: number, h: readonly number[], c: readonly number[]): number => {
      let state = { h: [...h], c: [...c] };
      for (const x of steps.slice(start + 1)) state = cell(x, state.h, state.c, weights);
      const score = state.h.reduce((sum, value, k) => sum + value * (kernel[k] ?? 0), bias[0] ?? 0);
      return -Math.log(1 - sigmoid(score));
    };
    let state = { h: [0, 0, 0], c: [0, 0, 0] };
    const expected = steps.map((x, step) => {
      state = cell(x, state.h, state.c, weights);
      const { h, c } = state;
      const by = 1e-5;
      return Math.hypot(
        ...[0, 1, 2].map((k) => {
          const moved = (delta: number): number[] => h.map((value, i) => (i === k ? value + delta : value));
          return (lossFrom(step, moved(by), c) - lossFrom(step, moved(-by), c)) / (2 * by);
        }),
      );
    });
    close(norms, expected.toReversed(), 5);
    expect(norms.at(-1)).toBeGreaterThan(0);
  });
});

it("finds no gradient other than the whole one where every step is passed on, whether padding is masked or not", () => {
  // Two cells above each other: the lower one's gradient by its last state is what the upper one hands back for its last step alone.
  const design = designOf(
    chain(
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 4, mask_zero: true }),
      node("lower", "lstm", { units: 3, return_sequences: true }),
      node("cell", "gru", { units: 3 }),
      ...ending,
    ),
    words,
  );
  const predictor = trained(design, texts, oracle);
  const sums = numbers(look(predictor, "lower", "gradient_by_distance", texts), "norms");
  const upper = numbers(look(predictor, "cell", "gradient_by_distance", texts), "norms");
  // The last place is padding: the state before it is the same state, with the same gradient.
  expect(upper[0]).toBeCloseTo(upper[1] ?? 0, 6);
  expect(sums[0]).toBeLessThan(1e-9);
  expect(sums[1]).toBeGreaterThan(0);
  const weights = (name: string): ArrayLike<number> => predictor.network.view("parameter", `cell/${name}`);
  const lower = numbers(look(predictor, "lower", "gates", texts), "states");
  const [kernel, bias] = [predictor.network.view("parameter", "p/kernel"), predictor.network.view("parameter", "p/bias")];
  const lossOf = (last: readonly number[]): number => {
    let state = { h: [0, 0, 0], c: [0, 0, 0] };
    for (let step = 0; step < 4; step += 1) state = gru(step === 3 ? last : lower.slice(step * 3, step * 3 + 3), state.h, state.c, weights);
    return -Math.log(1 - sigmoid(state.h.reduce((sum, value, k) => sum + value * (kernel[k] ?? 0), bias[0] ?? 0)));
  };
  const last = lower.slice(9, 12);
  const by = 1e-5;
  const moved = (k: number, delta: number): number[] => last.map((value, i) => (i === k ? value + delta : value));
  const expected = Math.hypot(...[0, 1, 2].map((k) => (lossOf(moved(k, by)) - lossOf(moved(k, -by))) / (2 * by)));
  expect(sums[1]).toBeCloseTo(expected, 6);
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
  const found = look(predictor, "in", "occlusion", texts);
  const part = predictor.prepare(oneRow(texts, 0), false);
  const input = part.inputs["in"];
  if (input === undefined) throw new Error("no input");
  const without = (place: number): number =>
    predictor.predict({ ...part, inputs: { in: { ...input, values: input.values.map((value, i) => (i === place ? 1 : value)) } } })[
      "out"
    ]?.[0] ?? 0;
  const whole = predictor.predict(part)["out"]?.[0] ?? 0;
  close(numbers(found, "occlusion"), [0, 1, 2, 3].map((place) => whole - without(place)).concat(0), 6);
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
