import { describe, expect, it } from "vitest";
import type { AppError } from "../../core/errors.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import { Builder } from "../../core/ir/builder.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Predictor } from "../../core/train/model.ts";
import { Network } from "../../core/train/network.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { GRADIENT_TOLERANCE } from "./central-differences.ts";
import { chain, graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";
import { moonsDesign, moonsTable } from "./moons-run.ts";

const ROWS = 6;
const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + 2 * i)));
const order = Uint32Array.from({ length: ROWS }, (_, i) => i);

function compile(
  backend: typeof oracle,
  graph: GraphDocument,
  shape: readonly number[],
  train: Readonly<Record<string, unknown>> = {},
): Network {
  const spec = makeModelSpec(graph, { inputs: { x: shape }, outputs: { y: {} } });
  const training = readTraining({ optimizer: { type: "sgd", learning_rate: 1 }, batch_size: ROWS, ...train });
  const network = new Network({ spec, training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(4);
  return network;
}
const rowsOf = (shape: readonly number[]) =>
  partOf(ROWS, { x: { shape, values: wave(ROWS * shape.reduce((a, b) => a * b, 1), 1) } }, { y: { shape: [1], values: wave(ROWS, 5) } });

/** Lengths of the columns of a matrix. */
function columnNorms(values: ArrayLike<number>, columns: number): number[] {
  return Array.from({ length: columns }, (_, c) => {
    let squares = 0;
    for (let i = c; i < values.length; i += columns) squares += (values[i] ?? 0) ** 2;
    return Math.sqrt(squares);
  });
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("constraints in training ($name)", ({ backend }) => {
  const dense = (config: Readonly<Record<string, unknown>>) =>
    chain(node("x", "input"), node("d", "dense", { units: 5, ...config }), node("out", "dense", { units: 1 }), node("y", "output"));
  const trained = (config: Readonly<Record<string, unknown>>): Float32Array | Float64Array => {
    const network = compile(backend, dense(config), [3]);
    for (let step = 0; step < 4; step++) network.trainStep(rowsOf([3]), order, 0, step, 1, null);
    return network.view("parameter", "d/kernel");
  };

  it("keep every unit's weights within the norm, which they would leave", () => {
    expect(Math.max(...columnNorms(trained({}), 5))).toBeGreaterThan(0.5);
    expect(Math.max(...columnNorms(trained({ kernel_constraint: "max_norm", kernel_max_norm: 0.5 }), 5))).toBeLessThan(0.5 + 1e-6);
  });

  it("give every unit's weights the length one", () => {
    for (const norm of columnNorms(trained({ kernel_constraint: "unit_norm" }), 5)) expect(norm).toBeCloseTo(1, 5);
  });

  it("leave nothing below zero", () => {
    expect(Math.min(...trained({}))).toBeLessThan(0);
    expect(Math.min(...trained({ kernel_constraint: "non_neg" }))).toBe(0);
  });

  it("hold for the filters of a convolution and the vectors of an embedding", () => {
    const convolution = compile(
      backend,
      chain(
        node("x", "input"),
        node("c", "conv_2d", {
          filters: 4,
          kernel_size: [2, 2],
          kernel_constraint: "max_norm",
          kernel_max_norm: 0.25,
          kernel_norm_axes: "all_but_last",
        }),
        node("flat", "flatten"),
        node("out", "dense", { units: 1 }),
        node("y", "output"),
      ),
      [3, 3, 2],
    );
    convolution.trainStep(rowsOf([3, 3, 2]), order, 0, 0, 1, null);
    for (const norm of columnNorms(convolution.view("parameter", "c/kernel"), 4)) expect(norm).toBeCloseTo(0.25, 5);
    const words = compile(
      backend,
      chain(
        node("x", "input"),
        node("e", "embedding", { input_dim: 4, output_dim: 3, embeddings_constraint: "unit_norm", embeddings_norm_axes: "last" }),
        node("flat", "flatten"),
        node("out", "dense", { units: 1 }),
        node("y", "output"),
      ),
      [2],
    );
    const indices = partOf(
      ROWS,
      { x: { shape: [2], values: wave(12, 1).map((_, i) => i % 4) } },
      { y: { shape: [1], values: wave(6, 5) } },
    );
    words.trainStep(indices, order, 0, 0, 1, null);
    const vectors = words.view("parameter", "e/embeddings");
    for (let v = 0; v < 4; v++) expect(Math.hypot(...vectors.subarray(v * 3, v * 3 + 3))).toBeCloseTo(1, 5);
  });

  it("hold for the recurrent kernel and bias of a cell, in both directions, and for the projections of attention", () => {
    const all = { recurrent_constraint: "unit_norm", bias_constraint: "max_norm", bias_max_norm: 0.1, kernel_constraint: "non_neg" };
    const cells = ["simple_rnn", "lstm", "gru"].map((cell) => ({ type: cell, config: { units: 2, ...all }, prefixes: [""] }));
    const both = { type: "bidirectional", config: { units: 2, cell: "lstm", ...all }, prefixes: ["forward_", "backward_"] };
    for (const { type, config, prefixes } of [...cells, both]) {
      const network = compile(
        backend,
        chain(node("x", "input"), node("r", type, config), node("out", "dense", { units: 1 }), node("y", "output")),
        [3, 2],
      );
      network.trainStep(rowsOf([3, 2]), order, 0, 0, 1, null);
      for (const prefix of prefixes) {
        const [kernel, recurrent, bias] = ["kernel", "recurrent_kernel", "bias"].map((name) =>
          network.view("parameter", `r/${prefix}${name}`),
        );
        expect(Math.min(...(kernel ?? [-1]))).toBeGreaterThanOrEqual(0);
        for (const norm of columnNorms(recurrent ?? [], (recurrent?.length ?? 0) / 2)) expect(norm).toBeCloseTo(1, 5);
        // Of a gru that resets after, the bias has two rows: a norm is that of a column.
        const rows = type === "gru" ? 2 : 1;
        const norms = rows === 1 ? [Math.hypot(...(bias ?? []))] : columnNorms(bias ?? [], (bias?.length ?? 0) / rows);
        for (const norm of norms) expect(norm).toBeLessThan(0.1 + 1e-6);
      }
    }
    const attention = graphOf(
      [
        node("x", "input"),
        node("a", "multi_head_attention", { num_heads: 1, key_dim: 2, kernel_constraint: "unit_norm" }),
        node("flat", "flatten"),
        node("out", "dense", { units: 1 }),
        node("y", "output"),
      ],
      [
        ["x", "a"],
        ["a", "flat"],
        ["flat", "out"],
        ["out", "y"],
      ],
    );
    const edges = ["query", "value"].map((port) => ({ id: port, source: "x", source_port: "output", target: "a", target_port: port }));
    const network = compile(backend, { ...attention, edges: [...edges, ...attention.edges.slice(1)] }, [3, 2]);
    network.trainStep(rowsOf([3, 2]), order, 0, 0, 1, null);
    for (const norm of columnNorms(network.view("parameter", "a/query_kernel"), 2)) expect(norm).toBeCloseTo(1, 5);
  });
});

describe("gradients of a network with everything", () => {
  /** Activations with weights, shared; penalties of weights, bias and outputs. */
  const options = {
    units: 3,
    activation: "relu_sum",
    activation_pieces: 2,
    activity_l1: 0.02,
    activity_l2: 0.03,
    l2: 0.1,
    bias_l1: 0.05,
    bias_initializer: "constant",
  };
  const graph = graphOf(
    [
      node("x", "input"),
      node("owner", "dense", options),
      node("again", "dense", options, { shared_with: "owner" }),
      node("curve", "activation", { activation: "prelu" }),
      node("soft", "activation", { activation: "sigmoid_sum", activation_weights: "one" }),
      node("out", "dense", { units: 1 }),
      node("y", "output"),
    ],
    [
      ["x", "owner"],
      ["owner", "again"],
      ["again", "curve"],
      ["curve", "soft"],
      ["soft", "out"],
      ["out", "y"],
    ],
  );

  it("are those of central differences in float64", () => {
    const network = compile(oracle, graph, [3]);
    network.view("parameter", "curve/activation_alpha").set([0.3, -0.2, 0.6]);
    const data = rowsOf([3]);
    const weights = network.block("parameter");
    const start = weights.slice();
    const lossAt = (i: number, value: number): number => {
      weights.set(start);
      weights[i] = value;
      return network.trainStep(data, order, 0, 0, 1e-300, null);
    };
    const numeric = Array.from(start, (value, i) => (lossAt(i, value + 1e-6) - lossAt(i, value - 1e-6)) / 2e-6);
    weights.set(start);
    network.trainStep(data, order, 0, 0, 1e-300, null);
    expect(distance(Array.from(network.block("gradient")), numeric)).toBeLessThan(GRADIENT_TOLERANCE * 10);
    for (const name of ["owner/activation_c", "owner/activation_b", "owner/activation_w", "curve/activation_alpha", "soft/activation_w"])
      expect(Math.max(...network.view("gradient", name).map(Math.abs)), name).toBeGreaterThan(1e-4);
  });

  it("are clipped by the norm of what is trained alone", () => {
    const frozenOwner = { ...graph, nodes: graph.nodes.map((one) => (one.id === "owner" ? { ...one, frozen: true } : one)) };
    const network = compile(oracle, frozenOwner, [3], { global_clipnorm: 1e-3 });
    network.trainStep(rowsOf([3]), order, 0, 0, 1, null);
    expect(Math.hypot(...network.block("gradient"))).toBeCloseTo(1e-3, 12);
    expect(network.block("gradient").length).toBe(3 + 3 * 4 + 4);
  });

  it("count the weights of activations among those of their layers, once where they are shared", () => {
    const network = compile(oracle, graph, [3]);
    expect(network.parameters.map(({ fullName, shape }) => `${fullName} ${shape.join("x")}`)).toEqual([
      "owner/kernel 3x3",
      "owner/bias 3",
      "owner/activation_c 2x3",
      "owner/activation_b 2x3",
      "owner/activation_w 2x3",
      "curve/activation_alpha 3",
      "soft/activation_c 4x1",
      "soft/activation_b 4x1",
      "soft/activation_w 4x1",
      "out/kernel 3x1",
      "out/bias 1",
    ]);
  });
});

describe("a penalty of the output", () => {
  it("is that of a sample, as a mean over the batch: any batch counts it the same", () => {
    const graph = (activity_l2: number) =>
      chain(node("x", "input"), node("d", "dense", { units: 2, activity_l2 }), node("out", "dense", { units: 1 }), node("y", "output"));
    const [without, withPenalty] = [compile(oracle, graph(0), [3]), compile(oracle, graph(0.5), [3])];
    const data = rowsOf([3]);
    const difference = withPenalty.evaluate(data).loss - without.evaluate(data).loss;
    expect(difference).toBeGreaterThan(1e-3);
    // A step takes all rows at once, evaluation takes them one by one.
    expect(withPenalty.trainStep(data, order, 0, 0, 1, null) - without.trainStep(data, order, 0, 0, 1, null)).toBeCloseTo(difference, 12);
  });
});

describe("the number of an initializer", () => {
  const kernelOf = (config: Readonly<Record<string, unknown>>): Float32Array | Float64Array =>
    compile(
      oracle,
      chain(node("x", "input"), node("d", "dense", { units: 400, ...config }), node("out", "dense", { units: 1 }), node("y", "output")),
      [10],
    ).view("parameter", "d/kernel");

  it("is the constant, the deviation or the limit", () => {
    expect(new Set(kernelOf({ kernel_initializer: "constant", kernel_initializer_value: -0.75 }))).toEqual(new Set([-0.75]));
    expect(new Set(kernelOf({ kernel_initializer: "constant" }))).toEqual(new Set([0.1]));
    for (const [name, factor] of [
      ["random_normal", 1],
      ["truncated_normal", 0.8796],
      ["random_uniform", 1 / Math.sqrt(3)],
    ] as const)
      for (const value of [0.05, 2]) {
        const values = kernelOf({ kernel_initializer: name, kernel_initializer_value: value });
        const deviation = Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0) / values.length);
        expect(deviation / (value * factor), `${name} ${value}`).toBeCloseTo(1, 1);
      }
    const [chosen, usual] = [
      kernelOf({ kernel_initializer: "random_normal", kernel_initializer_value: 0.05 }),
      kernelOf({ kernel_initializer: "random_normal" }),
    ];
    expect(chosen).toEqual(usual);
  });
});

describe("an activation with weights", () => {
  it("is refused in words where no layer holds them", () => {
    const builder = new Builder();
    const x = builder.tensor([2, 3], "input", "x");
    expect(() => builder.activation(x, "prelu")).toThrowError(
      expect.objectContaining({ code: "design.activation_needs_weights", params: { activation: "prelu" } } satisfies Partial<AppError>),
    );
  });

  it("is not offered to the gates of a recurrent cell", () => {
    const cell = (activation: string) =>
      chain(node("x", "input"), node("r", "lstm", { units: 2, activation }), node("out", "dense", { units: 1 }), node("y", "output"));
    expect(() => compile(oracle, cell("prelu"), [4, 3])).toThrowError(expect.objectContaining({ code: "config.wrong_value", nodeId: "r" }));
    expect(() => compile(oracle, cell("tanh"), [4, 3])).not.toThrowError();
  });
});

describe("a model file of before these options", () => {
  it("predicts what it predicted", () => {
    const { model } = trainDesign({ design: moonsDesign({ epochs: 1 }), table: moonsTable(), backend: oracle, clock: () => 0 });
    const file = readModel(model);
    const known = ["units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "l1", "l2"];
    const older = {
      ...file,
      spec: {
        ...file.spec,
        layers: file.spec.layers.map((layer) =>
          layer.type === "dense"
            ? { ...layer, config: Object.fromEntries(Object.entries(layer.config).filter(([key]) => known.includes(key))) }
            : layer,
        ),
      },
    };
    expect(Object.keys(older.spec.layers.find((layer) => layer.type === "dense")?.config ?? {})).toEqual(known);
    expect(new Predictor(older, oracle).check().largestDifference).toBe(new Predictor(file, oracle).check().largestDifference);
  });
});
