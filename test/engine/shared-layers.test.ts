import { describe, expect, it } from "vitest";
import { parametersOf } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { GRADIENT_TOLERANCE } from "./central-differences.ts";
import { graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";

const ROWS = 5;

/** One dense layer used for both inputs. */
const graph = graphOf(
  [
    node("a", "input"),
    node("b", "input"),
    node("owner", "dense", { units: 3, activation: "tanh", l2: 0.01 }),
    node("again", "dense", { units: 3, activation: "tanh", l2: 0.01 }, { shared_with: "owner" }),
    node("joined", "concatenate"),
    node("value", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ],
  [
    ["a", "owner"],
    ["b", "again"],
    ["owner", "joined"],
    ["again", "joined"],
    ["joined", "value"],
    ["value", "y"],
  ],
);
const spec = makeModelSpec(graph, { inputs: { a: [2], b: [2] }, outputs: { y: {} } });
const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + i)));
const data = partOf(
  ROWS,
  { a: { shape: [2], values: wave(10, 1) }, b: { shape: [2], values: wave(10, 20) } },
  { y: { shape: [1], values: wave(5, 3) } },
);
const order = Uint32Array.from({ length: ROWS }, (_, i) => i);

function compile(backend: typeof oracle): Network {
  const training = readTraining({ optimizer: { type: "sgd", learning_rate: 1 }, batch_size: ROWS });
  const network = new Network({ spec, training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(4);
  return network;
}

describe("shared layers", () => {
  it("have one set of weights", () => {
    expect(parametersOf(spec).parameters.map(({ fullName }) => fullName)).toEqual([
      "owner/kernel",
      "owner/bias",
      "value/kernel",
      "value/bias",
    ]);
    expect(compile(oracle).parameterCount).toBe(6 + 3 + 6 + 1);
  });

  it("get the sum of the gradients of their uses, and their penalty once: central differences in float64", () => {
    const network = compile(oracle);
    const weights = network.block("parameter");
    const start = weights.slice();
    const lossAt = (i: number, value: number): number => {
      weights.set(start);
      weights[i] = value;
      return network.trainStep(data, order, 0, 0, 1e-300, null);
    };
    const numeric = Array.from(start, (value, i) => (lossAt(i, value + 1e-5) - lossAt(i, value - 1e-5)) / 2e-5);
    weights.set(start);
    network.trainStep(data, order, 0, 0, 1, null);
    // One step of plain SGD with rate 1: what was taken away is the gradient.
    const analytic = Array.from(start, (value, i) => value - (weights[i] ?? 0));
    expect(distance(analytic, numeric)).toBeLessThan(GRADIENT_TOLERANCE);
    expect(Math.min(...analytic.slice(0, 9).map(Math.abs))).toBeGreaterThan(1e-4);
  });

  it.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))(
    "train as two layers would whose weights are kept alike ($name)",
    ({ backend }) => {
      const shared = compile(backend);
      const apart = new Network({
        spec: {
          ...spec,
          layers: spec.layers.map((layer) => ({
            ...layer,
            shared_with: null,
            config: layer.id === "again" ? { ...layer.config, l2: 0 } : layer.config,
          })),
        },
        training: readTraining({ optimizer: { type: "sgd", learning_rate: 1 }, batch_size: ROWS }),
        encodings: { y: "value" },
        backend,
        trainingRows: ROWS,
      });
      apart.initialise(4);
      for (const name of ["kernel", "bias"]) {
        apart.view("parameter", `owner/${name}`).set(shared.view("parameter", `owner/${name}`));
        apart.view("parameter", `again/${name}`).set(shared.view("parameter", `owner/${name}`));
        apart.view("parameter", `value/${name}`).set(shared.view("parameter", `value/${name}`));
      }
      const before = shared.view("parameter", "owner/kernel").slice();
      shared.trainStep(data, order, 0, 0, 1, null);
      apart.trainStep(data, order, 0, 0, 1, null);
      const moved = (network: Network, name: string): number[] =>
        Array.from(before, (value, i) => (network.view("parameter", name)[i] ?? 0) - value);
      const sum = moved(apart, "owner/kernel").map((value, i) => value + (moved(apart, "again/kernel")[i] ?? 0));
      expect(distance(moved(shared, "owner/kernel"), sum)).toBeLessThan(1e-5);
    },
  );
});
