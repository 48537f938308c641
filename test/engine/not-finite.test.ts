import { describe, expect, it } from "vitest";
import type { PreparedData } from "../../core/data/prepared.ts";
import { AppError, type ErrorData } from "../../core/errors.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { taskOf } from "../../core/metrics/task.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import type { LayerSpec } from "../../core/spec/model-spec.ts";
import { readTraining } from "../../core/spec/training.ts";
import { freshState, trainingLoop } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { backends, nameOf } from "./backends.ts";
import { chain, node, partOf } from "./design.ts";

const ROWS = 4;
const deep = chain(
  node("x", "input"),
  node("first", "dense", { units: 3, activation: "tanh" }),
  node("middle", "dense", { units: 3 }),
  node("last", "dense", { units: 1 }),
  node("y", "output", { loss: "mse" }),
);

function compile(backend: KernelBackend, graph: GraphDocument, train: Readonly<Record<string, unknown>> = {}): Network {
  const spec = makeModelSpec(graph, { inputs: { x: [2] }, outputs: { y: {} } });
  const training = readTraining({ optimizer: { type: "sgd", learning_rate: 0.01 }, batch_size: ROWS, ...train });
  const network = new Network({ spec, training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(1);
  return network;
}

const part = (x: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8], y: readonly number[] = [1, 2, 3, 4]) =>
  partOf(ROWS, { x: { shape: [2], values: x } }, { y: { shape: [1], values: y } });

/** Steps until it fails, and says with what; fails the test when it never does. */
function failureOf(network: Network, data = part(), { learningRate = 0.01, steps = 200 } = {}): ErrorData & { steps: number } {
  for (let step = 0; step < steps; step++)
    try {
      network.trainStep(
        data,
        Uint32Array.from({ length: ROWS }, (_, i) => i),
        0,
        step,
        learningRate,
        null,
      );
    } catch (thrown) {
      if (thrown instanceof AppError) return { ...thrown.toData(), steps: step };
      throw thrown;
    }
  throw new Error("nothing was noticed");
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  it("trains on as long as all is finite", () => {
    expect(() => failureOf(compile(backend, deep), part(), { steps: 20 })).toThrow("nothing was noticed");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("names the input through which %d comes in", (value) => {
    // tanh makes 1 of infinity: only the weights that follow from it are not numbers, and the next step finds them.
    const steps = Number.isNaN(value) ? 0 : 1;
    expect(failureOf(compile(backend, deep), part([1, 2, 3, value, 5, 6, 7, 8]))).toEqual({
      code: "train.not_finite_input",
      params: { step: steps + 1 },
      nodeId: "x",
      steps,
    });
  });

  it("names the layer in which a number overflows first", () => {
    const network = compile(backend, deep);
    network.view("parameter", "first/bias").fill(10);
    network.view("parameter", "middle/kernel").fill(3e38);
    expect(failureOf(network)).toEqual({ code: "train.not_finite", params: { step: 1 }, nodeId: "middle", steps: 0 });
  });

  it("names the output whose loss overflows", () => {
    expect(failureOf(compile(backend, deep), part(undefined, [1, 3e38, 2, 3]))).toMatchObject({
      code: "train.not_finite_loss",
      nodeId: "y",
    });
  });

  it("names the layer and the weight that is not finite", () => {
    const network = compile(backend, deep);
    network.view("parameter", "middle/kernel")[4] = Number.NaN;
    expect(failureOf(network)).toEqual({
      code: "train.not_finite_weight",
      params: { step: 1, parameter: "middle/kernel" },
      nodeId: "middle",
      steps: 0,
    });
  });

  it("stops a network that blows up of itself, and names a node of it", () => {
    const failure = failureOf(compile(backend, deep), part(), { learningRate: 100 });
    expect(failure.code).toMatch(/^train\.not_finite/);
    expect(failure.params["step"]).toBe(failure.steps + 1);
    expect(["first", "middle", "last", "y"]).toContain(failure.nodeId);
    expect(failure.steps).toBeGreaterThan(0);
  });

  it("does not end a run with weights that its very last step made infinite", () => {
    // One step is all there is, and its own loss is finite: 1e18 · 10 squared is 1e38, the gradient 1e37, the step 1e39.
    const network = compile(backend, deep, { epochs: 1 });
    for (const layer of ["first", "middle"]) network.view("parameter", `${layer}/bias`).fill(10);
    network.view("parameter", "middle/kernel").fill(1e18 / 3);
    network.view("parameter", "last/kernel").fill(10 / 3);
    const training = readTraining({ optimizer: { type: "sgd", learning_rate: 100 }, batch_size: ROWS, epochs: 1 });
    const layer = network.spec.layers.find(({ id }) => id === "y") as LayerSpec;
    const data: PreparedData = {
      training: part(),
      validation: partOf(0, { x: { shape: [2], values: [] } }),
      pipeline: { columns: [], steps: [], features: [], targets: {} },
      droppedRows: 0,
    };
    const reports: string[] = [];
    const run = (): void => {
      for (const report of trainingLoop({
        network,
        data,
        training,
        outputs: [
          { layer, encoding: "value", fromColumns: false, task: taskOf({ encoding: "value", columns: [] }, "values", 1), lossWeight: 1 },
        ],
        state: freshState(),
      }))
        reports.push(report.kind);
    };
    expect(run).toThrowError(
      expect.objectContaining({ code: "train.not_finite_weight", nodeId: "last", params: { step: 2, parameter: "last/kernel" } }),
    );
    expect(reports).toEqual(["step"]);
  });
});
