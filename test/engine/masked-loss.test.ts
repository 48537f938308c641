/** Losses where a mask says which nodes of a row count, and a graph with some nodes labelled, as TextGCN trains. */
import { describe, expect, it } from "vitest";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { taskOf } from "../../core/metrics/task.ts";
import { definitionOf, makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { metricsOf } from "../../core/train/evaluate.ts";
import { evaluationOf } from "../../core/train/evaluation.ts";
import { Network } from "../../core/train/network.ts";
import { predictedRows } from "../../core/train/predicted-rows.ts";
import { train } from "../../core/train/train-arrays.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";
import { everyBackend } from "./backends.ts";
import { graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";

const CLASSES = 3;
const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + 1.7 * i)));

/** Two layers on each node alone; the loss has a penalty beside it. */
function perNode(masked: boolean): GraphDocument {
  const graph = graphOf(
    [
      node("x", "input"),
      ...(masked ? [node("m", "input")] : []),
      node("d", "dense", { units: 4, activation: "tanh", l2: 0.01 }),
      node("v", "dense", { units: CLASSES, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ],
    [
      ["x", "d"],
      ["d", "v"],
      ["v", "y"],
    ],
  );
  const edge = { id: "mask", source: "m", source_port: "output", target: "y", target_port: "mask" };
  return masked ? { ...graph, edges: [...graph.edges, edge] } : graph;
}

/** @param rows nodes of each row, by number; @param mask one number a node */
function rowsOf(rows: readonly (readonly number[])[], mask?: readonly (readonly number[])[]): PreparedPart {
  const nodes = rows[0]?.length ?? 0;
  const values = rows.flatMap((row) => row.flatMap((n) => wave(2, n)));
  const m = mask === undefined ? {} : { m: { shape: [nodes], values: mask.flat() } };
  return partOf(
    rows.length,
    { x: { shape: [nodes, 2], values }, ...m },
    { y: { shape: [nodes], values: rows.flatMap((row) => row.map((n) => n % CLASSES)) } },
  );
}

function networkOf(part: PreparedPart, graph: GraphDocument, backend: KernelBackend, batch = 1000): Network {
  const spec = makeModelSpec(graph, {
    inputs: Object.fromEntries(Object.entries(part.inputs).map(([id, { shape }]) => [id, shape])),
    outputs: { y: { classes: CLASSES, shape: part.targets["y"]?.shape ?? [] } },
  });
  const training = readTraining({ optimizer: { type: "sgd", learning_rate: 1e-6 }, batch_size: batch });
  const network = new Network({ spec, training, encodings: { y: "class_index" }, backend, trainingRows: part.rowCount });
  network.initialise(1);
  return network;
}

function stepOn(part: PreparedPart, masked: boolean, backend: KernelBackend) {
  const network = networkOf(part, perNode(masked), backend);
  const evaluated = network.evaluate(part);
  const loss = network.trainStep(part, network.shuffledOrder(part.rowCount, 0), 0, 0, 1e-6, null);
  return { loss, evaluated, gradient: [...network.block("gradient")] };
}

describe.each(everyBackend)("a masked loss on $name", ({ backend, tolerance }) => {
  it("is the loss of the nodes that count, and so are its gradient and what evaluation says", () => {
    const masked = stepOn(
      rowsOf(
        [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
        ],
        [
          [1, 0, 1, 0],
          [0, 0, 1, 0],
        ],
      ),
      true,
      backend,
    );
    const alone = stepOn(rowsOf([[0], [2], [6]]), false, backend);
    expect(distance([masked.loss], [alone.loss])).toBeLessThan(tolerance);
    expect(distance(masked.gradient, alone.gradient)).toBeLessThan(tolerance);
    expect(distance([masked.evaluated.loss], [alone.evaluated.loss])).toBeLessThan(tolerance);
  });

  it("is the plain loss where everything counts", () => {
    const rows = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    const masked = stepOn(
      rowsOf(rows, [
        [1, 1, 1],
        [1, 1, 1],
      ]),
      true,
      backend,
    );
    const plain = stepOn(rowsOf(rows), false, backend);
    expect(distance([masked.loss, ...masked.gradient], [plain.loss, ...plain.gradient])).toBeLessThan(tolerance);
  });

  it("is nothing, with no gradient but the penalty's, where nothing counts", () => {
    const none = stepOn(rowsOf([[0, 1]], [[0, 0]]), true, backend);
    expect(none.loss).toBeGreaterThan(0);
    expect(none.loss).toBeLessThan(0.1);
    expect(none.gradient.every(Number.isFinite)).toBe(true);
  });
});

it("refuses a mask of another length, naming both", () => {
  const part = rowsOf([[0, 1, 2]], [[1, 0, 1]]);
  const longer = { ...part, inputs: { ...part.inputs, m: { shape: [4], values: new Float32Array(4) } } };
  expect(() => networkOf(longer, perNode(true), createWasmBackend({ arithmetic: "fast", threads: 1 }))).toThrow(
    expect.objectContaining({ code: "design.mask_rows_differ", params: { expected: 3, received: 4 } }),
  );
});

it("counts metrics where the mask does", () => {
  const part = rowsOf(
    [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ],
    [
      [1, 0, 1, 0],
      [0, 0, 1, 0],
    ],
  );
  const network = networkOf(part, perNode(true), createWasmBackend({ arithmetic: "fast", threads: 1 }));
  const { masks } = network.evaluate(part);
  const layer = network.spec.layers.find((one) => definitionOf(one).traits.role === "output");
  if (layer === undefined) throw new Error("no output");
  const task = taskOf({ encoding: "class_index", columns: ["y"] }, "row_probabilities", CLASSES);
  // The first two of the three nodes that count are right, and of the others none.
  const scores = Float32Array.from({ length: 8 * CLASSES }, (_, i) => {
    const n = Math.floor(i / CLASSES);
    return i % CLASSES === (n === 0 || n === 2 ? n % CLASSES : (n + 1) % CLASSES) ? 1 : 0;
  });
  const pipeline = { columns: [], steps: [], features: [], targets: {} };
  const output = { layer, encoding: "class_index" as const, fromColumns: false, task, lossWeight: 1 };
  expect(metricsOf([output], pipeline, part, { y: scores }, masks)["accuracy"]).toBeCloseTo(2 / 3, 6);
});

it("gives an epoch's figures over what counts, of training and of validation", () => {
  const nodes = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10, 11],
  ];
  const mask = [
    [1, 0, 1, 1],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
  ];
  const part = rowsOf(nodes, mask);
  const spec = makeModelSpec(perNode(true), { inputs: { x: [4, 2], m: [4] }, outputs: { y: { classes: CLASSES, shape: [4] } } });
  const rows = {
    inputs: { x: part.inputs["x"]?.values ?? [], m: part.inputs["m"]?.values ?? [] },
    targets: { y: part.targets["y"]?.values ?? [] },
  };
  // Steps too small to change which class is the likeliest.
  const training = { optimizer: { type: "sgd", learning_rate: 1e-9 }, batch_size: 2, epochs: 1, shuffle: false } as const;
  const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
  const { network, epochs } = train({ spec, ...rows, training, backend, validation: rows });
  const scores = network.evaluate(part).predictions["y"] as Float32Array;
  const counted = nodes.flat().filter((_, i) => mask.flat()[i] === 1);
  const right = counted.filter((n) => {
    const own = [...scores.subarray(n * CLASSES, (n + 1) * CLASSES)];
    return own.indexOf(Math.max(...own)) === n % CLASSES;
  });
  expect(counted).toHaveLength(6);
  expect(epochs[0]?.metrics["accuracy"]).toBeCloseTo(right.length / counted.length, 6);
  expect(epochs[0]?.metrics["val_accuracy"]).toBeCloseTo(right.length / counted.length, 6);
});

describe("a graph with some nodes labelled", () => {
  const NODES = 12;
  /** Two rings of six nodes each, edges both ways; the class of a node is its ring. */
  const edges = Array.from({ length: NODES }, (_, n) => {
    const next = n < 6 ? (n + 1) % 6 : 6 + ((n - 5) % 6);
    return [n, next, 1, next, n, 1];
  }).flat();
  const labelled = Array.from({ length: NODES }, (_, n) => (n === 0 || n === 7 ? 1 : 0));
  const graph: GraphDocument = {
    ...graphOf(
      [
        node("g", "input"),
        node("m", "input"),
        node("a", "graph_convolution", { units: 8, activation: "relu", node_count: NODES }),
        node("b", "graph_convolution", { units: 2, activation: "softmax" }),
        node("y", "output", { loss: "categorical_crossentropy" }),
      ],
      [
        ["a", "b"],
        ["b", "y"],
      ],
    ),
  };
  const wired = {
    ...graph,
    edges: [
      ...graph.edges,
      ...["a", "b"].map((target) => ({ id: `graph ${target}`, source: "g", source_port: "output", target, target_port: "graph" })),
      { id: "mask", source: "m", source_port: "output", target: "y", target_port: "mask" },
    ],
  };
  const part = partOf(
    1,
    { g: { shape: [2 * NODES, 3], values: edges }, m: { shape: [NODES], values: labelled } },
    { y: { shape: [NODES], values: labelled.map((_, n) => (n < 6 ? 0 : 1)) } },
  );

  function trained(backend: KernelBackend): { network: Network; losses: number[] } {
    const spec = makeModelSpec(wired, { inputs: { g: [2 * NODES, 3], m: [NODES] }, outputs: { y: { classes: 2, shape: [NODES] } } });
    const training = readTraining({ optimizer: { type: "adam", learning_rate: 0.05 }, batch_size: 1 });
    const network = new Network({ spec, training, encodings: { y: "class_index" }, backend, trainingRows: 1 });
    network.initialise(3);
    const losses = Array.from({ length: 60 }, (_, step) => network.trainStep(part, Uint32Array.of(0), 0, step, 0.05, null));
    return { network, losses };
  }

  it("learns the classes of the others from their neighbours", () => {
    const { network, losses } = trained(createWasmBackend({ arithmetic: "fast", threads: 1 }));
    expect(losses.at(-1)).toBeLessThan(0.05);
    const scores = network.evaluate(part).predictions["y"] as Float32Array;
    const found = Array.from({ length: NODES }, (_, n) => ((scores[2 * n] ?? 0) > 0.5 ? 0 : 1));
    expect(found).toEqual(Array.from({ length: NODES }, (_, n) => (n < 6 ? 0 : 1)));
  });

  it.each([2, 4])("has the same weights, bit for bit, with %i threads as with one", (threads) => {
    const backend = createWasmBackend({ arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 });
    try {
      const one = trained(createWasmBackend({ arithmetic: "fast", threads: 1 }));
      const several = trained(backend);
      expect([...several.network.block("parameter")]).toEqual([...one.network.block("parameter")]);
    } finally {
      backend.close();
    }
  });
});

describe("numbers at every step", () => {
  const STEPS = 3;
  const ROWS = 3;
  const mask = [1, 1, 0, 1, 0, 0, 0, 1, 1];
  /** Two numbers a step. */
  const [values, wanted] = [wave(ROWS * STEPS * 2, 0.3), wave(ROWS * STEPS * 2, 2)];
  const graph = graphOf(
    [node("x", "input"), node("m", "input"), node("v", "dense", { units: 2 }), node("y", "output", { loss: "mse" })],
    [
      ["x", "v"],
      ["v", "y"],
    ],
  );
  const wired = { ...graph, edges: [...graph.edges, { id: "mask", source: "m", source_port: "output", target: "y", target_port: "mask" }] };

  it("have the figures of the steps that count, while training, of validation and of the whole evaluation", () => {
    const spec = makeModelSpec(wired, { inputs: { x: [STEPS, 2], m: [STEPS] }, outputs: { y: { columns: 2, shape: [STEPS, 2] } } });
    const rows = { inputs: { x: values, m: mask }, targets: { y: wanted } };
    // Steps too small to change what is predicted, and batches of two sizes.
    const training = { optimizer: { type: "sgd", learning_rate: 1e-9 }, batch_size: 2, epochs: 1, shuffle: false } as const;
    const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
    const { network, epochs } = train({ spec, ...rows, training, backend, validation: rows });
    const part = partOf(
      ROWS,
      { x: { shape: [STEPS, 2], values }, m: { shape: [STEPS], values: mask } },
      { y: { shape: [STEPS * 2], values: wanted } },
    );
    const found = network.evaluate(part);
    const predicted = found.predictions["y"] as Float32Array;
    const errors = wanted.flatMap((value, i) => (mask[Math.floor(i / 2)] === 1 ? [Math.abs((predicted[i] as number) - value)] : []));
    expect(errors).toHaveLength(10);
    const mae = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(epochs[0]?.metrics["mae"]).toBeCloseTo(mae, 6);
    expect(epochs[0]?.metrics["val_mae"]).toBeCloseTo(mae, 6);

    const layer = network.spec.layers.find(({ id }) => id === "y");
    if (layer === undefined) throw new Error("no output");
    const task = taskOf({ encoding: "value", columns: [] }, "numbers", STEPS * 2);
    const output = { layer, encoding: "value" as const, fromColumns: false, task, lossWeight: 1 };
    const input = { outputs: [output], pipeline: { columns: [], steps: [], features: [], targets: {} }, data: part, found };
    expect(evaluationOf(input).outputs[0]?.figures["mae"]).toBeCloseTo(mae, 6);
    const each = predictedRows(input, null);
    expect([...(each?.rowIds ?? [])]).toEqual([0, 0, 1, 2, 2]);
    expect(Array.from(each?.targets ?? [])).toEqual(wanted.filter((_, i) => mask[Math.floor(i / 2)] === 1));
  });
});
