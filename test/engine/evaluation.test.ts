import { describe, expect, it } from "vitest";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { EVALUATION_BATCH } from "../../core/train/evaluation-batch.ts";
import { Network } from "../../core/train/network.ts";
import { everyBackend } from "./backends.ts";
import { chain, graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";

const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + 1.7 * i)));

/** y = x · kernel, with an L2 penalty on the kernel. */
const linear = chain(
  node("x", "input"),
  node("d", "dense", { units: 1, use_bias: false, l2: 0.5 }),
  node("y", "output", { loss: "mse", loss_weight: 2 }),
);

describe.each(everyBackend)("evaluation ($name)", ({ backend, tolerance }) => {
  const network = new Network({
    spec: makeModelSpec(linear, { inputs: { x: [2] }, outputs: { y: {} } }),
    training: readTraining({}),
    encodings: { y: "value" },
    backend,
    trainingRows: 0,
  });
  network.initialise(0);
  network.view("parameter", "d/kernel").set([0.5, -0.25]);

  it.each([1, 2, EVALUATION_BATCH - 1, EVALUATION_BATCH, EVALUATION_BATCH + 1, 2 * EVALUATION_BATCH + 88])(
    "gives the mean over %i rows and the penalty once",
    (rows) => {
      const [x, y] = [wave(2 * rows, 0), wave(rows, 5)];
      const predicted = Array.from({ length: rows }, (_, i) => 0.5 * (x[2 * i] ?? 0) - 0.25 * (x[2 * i + 1] ?? 0));
      const squares = predicted.reduce((sum, value, i) => sum + (value - (y[i] ?? 0)) ** 2, 0) / rows;
      const { loss, predictions } = network.evaluate(partOf(rows, { x: { shape: [2], values: x } }, { y: { shape: [1], values: y } }));
      expect(distance([loss], [2 * squares + 0.5 * (0.5 ** 2 + 0.25 ** 2)])).toBeLessThan(tolerance);
      expect(predictions["y"]).toHaveLength(rows);
      // Predictions are handed out in float32 whatever they were computed in.
      expect(distance(predictions["y"] ?? [], predicted)).toBeLessThan(1e-6);
    },
  );

  it("predicts without targets, and then has no loss", () => {
    const { loss, predictions } = network.evaluate(partOf(3, { x: { shape: [2], values: [2, 0, 0, 4, 2, 4] } }));
    expect([...(predictions["y"] ?? [])]).toEqual([1, -1, 0]);
    expect(loss).toBeNaN();
  });

  it("gives every output its own predictions, in rows of its width", () => {
    const graph = graphOf(
      [
        node("x", "input"),
        node("d", "dense", { units: 3, kernel_initializer: "ones" }),
        node("three", "output"),
        node("one", "output"),
        node("e", "dense", { units: 1, kernel_initializer: "ones" }),
      ],
      [
        ["x", "d"],
        ["d", "three"],
        ["d", "e"],
        ["e", "one"],
      ],
    );
    const both = new Network({
      spec: makeModelSpec(graph, { inputs: { x: [2] }, outputs: {} }),
      training: readTraining({}),
      encodings: { three: "value", one: "value" },
      backend,
      trainingRows: 0,
    });
    both.initialise(0);
    expect(both.outputWidths()).toEqual({ three: 3, one: 1 });
    const { predictions } = both.evaluate(partOf(2, { x: { shape: [2], values: [1, 2, 3, 4] } }));
    expect([...(predictions["three"] ?? [])]).toEqual([3, 3, 3, 7, 7, 7]);
    expect([...(predictions["one"] ?? [])]).toEqual([9, 21]);
  });
});
