import { describe, expect, it } from "vitest";
import { chain, node, partOf } from "../../test/engine/design.ts";
import type { PreparedData } from "../data/prepared.ts";
import { createReferenceBackend } from "../kernels/reference/backend.ts";
import { taskOf } from "../metrics/task.ts";
import { makeModelSpec } from "../spec/model.ts";
import { readTraining } from "../spec/training.ts";
import { Network } from "./network.ts";
import { type RangePoint, type RangeTestResult, rangeTest, steepest } from "./range-test.ts";

const ROWS = 64;
const SEED = 5;

/** y = x₀ − 2·x₁, learned by gradient descent: its squared error explodes above a rate of about one. */
function setting(values: (i: number) => number = (i) => Math.sin(1 + 1.7 * i)) {
  const x = Array.from({ length: 2 * ROWS }, (_, i) => values(i));
  const y = Array.from({ length: ROWS }, (_, row) => (x[2 * row] ?? 0) - 2 * (x[2 * row + 1] ?? 0));
  const part = partOf(ROWS, { x: { shape: [2], values: x } }, { y: { shape: [1], values: y } });
  const training = readTraining({ optimizer: { type: "sgd" }, batch_size: 16, seed: SEED });
  const graph = chain(node("x", "input"), node("d", "dense", { units: 1 }), node("y", "output", { loss: "mse" }));
  const spec = makeModelSpec(graph, { inputs: { x: [2] }, outputs: { y: {} } });
  const encodings = { y: "value" } as const;
  const network = new Network({ spec, training, encodings, backend: createReferenceBackend("float64"), trainingRows: ROWS });
  const layer = spec.layers.find(({ id }) => id === "y");
  if (layer === undefined) throw new Error("no output");
  const outputs = [
    { layer, encoding: "value" as const, fromColumns: false, task: taskOf({ encoding: "value", columns: [] }, "values", 1), lossWeight: 1 },
  ];
  const data: PreparedData = {
    pipeline: { columns: [], steps: [], features: [], targets: {} },
    training: part,
    validation: partOf(0, {}, {}),
    droppedRows: 0,
  };
  return { network, data, training, outputs };
}

function run(test: Generator<RangePoint, RangeTestResult, void>): RangeTestResult & { readonly yielded: RangePoint[] } {
  const yielded: RangePoint[] = [];
  for (;;) {
    const next = test.next();
    if (next.done === true) return { ...next.value, yielded };
    yielded.push(next.value);
  }
}

describe("range test", () => {
  it("goes through the rates in equal ratios and proposes one that learns", () => {
    const { points, ended, proposed, yielded } = run(rangeTest({ ...setting(), from: 1e-5, to: 0.3, steps: 60 }));
    expect(ended).toBe("done");
    expect(yielded).toEqual(points);
    expect(points).toHaveLength(60);
    expect(points[0]?.rate).toBe(1e-5);
    expect(points.at(-1)?.rate).toBeCloseTo(0.3, 12);
    const ratios = points.slice(1).map(({ rate }, i) => rate / (points[i]?.rate ?? 1));
    for (const ratio of ratios) expect(ratio).toBeCloseTo(30_000 ** (1 / 59), 9);
    expect(proposed).toBeGreaterThan(0.01);
    expect(proposed).toBeLessThanOrEqual(0.3);
  });

  it("ends when the loss explodes, and proposes a rate from before", () => {
    const { points, ended, proposed } = run(rangeTest({ ...setting(), from: 1e-4, to: 1000, steps: 200 }));
    expect(ended).toBe("diverged");
    expect(points.length).toBeLessThan(200);
    expect(proposed).toBeGreaterThan(0.005);
    expect(proposed).toBeLessThan(2);
  });

  it("begins with fresh weights of the run's seed, whatever the network held, and gives the same twice", () => {
    const one = setting();
    const first = run(rangeTest({ ...one, from: 1e-4, to: 1, steps: 30 }));
    one.network.block("parameter").fill(99);
    expect(run(rangeTest({ ...one, from: 1e-4, to: 1, steps: 30 }))).toEqual(first);
  });

  it("smooths without bias: the first point is its own loss", () => {
    const { points } = run(rangeTest({ ...setting(), from: 1e-9, to: 1e-8, steps: 12 }));
    expect(points[0]?.smoothed).toBeCloseTo(points[0]?.loss ?? 0, 12);
    // With a rate of nothing the epoch of four batches comes again and again.
    expect(points[11]?.smoothed).toBeGreaterThan(Math.min(...points.map(({ loss }) => loss)));
  });

  it("refuses rates that go backwards, and data that are no numbers", () => {
    expect(() => run(rangeTest({ ...setting(), from: 1, to: 0.1, steps: 20 }))).toThrowError(
      expect.objectContaining({ code: "train.range_test_backwards" }),
    );
    expect(() => run(rangeTest({ ...setting((i) => (i === 7 ? Number.NaN : 1)), from: 0.1, to: 1, steps: 20 }))).toThrowError(
      expect.objectContaining({ code: "train.not_finite_input" }),
    );
  });
});

describe("the steepest point", () => {
  const curve = (loss: (i: number) => number) => Array.from({ length: 100 }, (_, i) => ({ rate: 10 ** (-6 + i / 12.5), loss: loss(i) }));

  it("is the middle of a fall, not behind it", () => {
    const found = steepest(curve((i) => 1 / (1 + Math.exp((i - 60) / 5)) + (i > 80 ? (i - 80) ** 2 : 0))) ?? 0;
    expect(Math.log10(found)).toBeGreaterThan(-6 + 57 / 12.5);
    expect(Math.log10(found)).toBeLessThan(-6 + 63 / 12.5);
  });

  it("is nowhere when the loss only rises, or there are no points", () => {
    expect(steepest(curve((i) => i))).toBeNull();
    expect(steepest([])).toBeNull();
  });
});
