import { describe, expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { hashOf } from "../../core/spec/hash.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { Predictor } from "../../core/train/model.ts";
import { Network } from "../../core/train/network.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { GRADIENT_TOLERANCE } from "./central-differences.ts";
import { chain, graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";
import { advance, bitsOf, moonsDesign, moonsRun, moonsTable } from "./moons-run.ts";

const ROWS = 6;
const facts = { inputs: { x: [3] }, outputs: { y: {} } };
const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + 2 * i)));
const data = partOf(ROWS, { x: { shape: [3], values: wave(18, 1) } }, { y: { shape: [1], values: wave(6, 5) } });
const order = Uint32Array.from({ length: ROWS }, (_, i) => i);

const frozen = { frozen: true };
/** A frozen layer between two that train, and a normalization behind it. */
const layers = (middle: Partial<NodeDocument> = frozen, normalization: Partial<NodeDocument> = {}) =>
  chain(
    node("x", "input"),
    node("first", "dense", { units: 4, activation: "tanh" }),
    node("middle", "dense", { units: 5, activation: "tanh", l2: 0.1 }, middle),
    node("normal", "batch_normalization", {}, normalization),
    node("last", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  );

function compile(backend = oracle, graph = layers(), train: Readonly<Record<string, unknown>> = {}): Network {
  const training = readTraining({ optimizer: { type: "adamw", learning_rate: 0.1, weight_decay: 0.1 }, batch_size: ROWS, ...train });
  const network = new Network({ spec: makeModelSpec(graph, facts), training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(4);
  return network;
}
const step = (network: Network, number = 0): number => network.trainStep(data, order, 0, number, 0.1, null);

describe("the spec of a frozen layer", () => {
  it("says so, and only where it is so: other hashes stay what they were", () => {
    const spec = makeModelSpec(layers(), facts);
    expect(spec.layers.filter((layer) => "frozen" in layer).map(({ name }) => name)).toEqual(["middle"]);
    expect(hashOf(makeModelSpec(layers({ frozen: false }), facts))).toBe(hashOf(makeModelSpec(layers({}), facts)));
    expect(hashOf(spec)).not.toBe(hashOf(makeModelSpec(layers({}), facts)));
  });

  it("does not say so of a layer without weights", () => {
    const graph = chain(node("x", "input"), node("drop", "dropout", {}, frozen), node("d", "dense", { units: 1 }), node("y", "output"));
    expect(makeModelSpec(graph, facts).layers.some((layer) => "frozen" in layer)).toBe(false);
  });
});

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("frozen layers ($name)", ({ backend }) => {
  it("keep every bit through steps with weight decay and clipping, while the layers around them train", () => {
    const network = compile(backend, layers(), { clipnorm: 0.5, global_clipnorm: 0.5 });
    const before = network.view("parameter", "middle/kernel").slice();
    const others = ["first/kernel", "last/kernel", "normal/gamma"].map((name) => network.view("parameter", name).slice());
    for (let i = 0; i < 5; i++) step(network, i);
    expect(network.view("parameter", "middle/kernel")).toEqual(before);
    for (const [i, name] of ["first/kernel", "last/kernel", "normal/gamma"].entries())
      expect(network.view("parameter", name), name).not.toEqual(others[i]);
  });

  it("start from the weights that they would start from if they were trained", () => {
    const [one, other] = [compile(backend), compile(backend, layers({}))];
    for (const { fullName } of one.parameters) expect(one.view("parameter", fullName)).toEqual(other.view("parameter", fullName));
  });
});

describe("what freezing spares", () => {
  it("is the gradient, the slots and the penalty of the frozen weights", () => {
    const network = compile();
    expect([network.parameterCount, network.frozenCount]).toEqual([16 + 25 + 10 + 6, 25]);
    expect(network.block("gradient").length).toBe(32);
    expect(() => network.view("gradient", "middle/kernel")).toThrowError();
    const trained = compile(oracle, layers({}));
    expect(trained.frozenCount).toBe(0);
    const squares = Array.from(trained.view("parameter", "middle/kernel")).reduce((sum, w) => sum + w * w, 0);
    expect(step(trained) - step(network)).toBeCloseTo(0.1 * squares, 12);
  });

  it("leaves the other gradients right: central differences in float64 through a frozen normalization", () => {
    const network = compile(oracle, layers(frozen, frozen), { optimizer: { type: "sgd" } });
    network.view("state", "normal/moving_mean").fill(0.2);
    network.view("state", "normal/moving_variance").fill(1.7);
    const weights = network.block("parameter").subarray(0, network.block("gradient").length);
    const start = weights.slice();
    const lossAt = (i: number, value: number): number => {
      weights.set(start);
      weights[i] = value;
      return network.trainStep(data, order, 0, 0, 1e-300, null);
    };
    const numeric = Array.from(start, (value, i) => (lossAt(i, value + 1e-5) - lossAt(i, value - 1e-5)) / 2e-5);
    weights.set(start);
    network.trainStep(data, order, 0, 0, 1e-300, null);
    expect(weights.length).toBe(16 + 6);
    expect(distance(Array.from(network.block("gradient")), numeric)).toBeLessThan(GRADIENT_TOLERANCE);
    expect(Array.from(network.view("state", "normal/moving_mean"))).toEqual(new Array(5).fill(0.2));
  });

  it("lets a frozen normalization use its moving statistics, as when predicting", () => {
    const network = compile(oracle, layers(frozen, frozen));
    const evaluated = network.evaluate(data).loss;
    // Without penalties the first loss in training is that of predicting.
    expect(step(network)).toBeCloseTo(evaluated, 12);
  });

  it("is everything, when everything is frozen: the weights stay, and the loss is told", () => {
    const graph = chain(node("x", "input"), node("d", "dense", { units: 1 }, frozen), node("y", "output"));
    const network = compile(oracle, graph);
    const before = network.block("parameter").slice();
    expect(step(network)).toBeGreaterThan(0);
    expect(network.block("parameter")).toEqual(before);
  });
});

describe("a shared layer", () => {
  const shared = (ownerFrozen: boolean) =>
    graphOf(
      [
        node("x", "input"),
        node("owner", "dense", { units: 3, activation: "tanh" }, ownerFrozen ? frozen : {}),
        // A mark where the weights do not belong changes nothing.
        node("again", "dense", { units: 3, activation: "tanh" }, { shared_with: "owner", ...(ownerFrozen ? {} : frozen) }),
        node("last", "dense", { units: 1 }),
        node("y", "output", { loss: "mse" }),
      ],
      [
        ["x", "owner"],
        ["owner", "again"],
        ["again", "last"],
        ["last", "y"],
      ],
    );

  it("is frozen wherever it is used when its owner is, and not when only a use is", () => {
    const kernelAfter = (ownerFrozen: boolean): { before: number[]; after: number[] } => {
      const network = compile(oracle, shared(ownerFrozen));
      const before = Array.from(network.view("parameter", "owner/kernel"));
      step(network);
      return { before, after: Array.from(network.view("parameter", "owner/kernel")) };
    };
    const [still, moving] = [kernelAfter(true), kernelAfter(false)];
    expect(still.after).toEqual(still.before);
    expect(moving.after).not.toEqual(moving.before);
    expect(
      makeModelSpec(shared(true), facts)
        .layers.filter((layer) => layer.frozen === true)
        .map(({ id }) => id),
    ).toEqual(["owner", "again"]);
  });
});

describe("a fixed embedding", () => {
  it("keeps its vectors, even under weight decay, and counts as frozen", () => {
    const graph = chain(
      node("x", "input"),
      node("e", "embedding", { input_dim: 5, output_dim: 2, trainable: false }),
      node("flat", "flatten"),
      node("d", "dense", { units: 1 }),
      node("y", "output"),
    );
    const network = compile(oracle, graph);
    const indices = partOf(
      ROWS,
      { x: { shape: [3], values: wave(18, 1).map((_, i) => i % 5) } },
      { y: { shape: [1], values: wave(6, 5) } },
    );
    const before = network.view("parameter", "e/embeddings").slice();
    const dense = network.view("parameter", "d/kernel").slice();
    network.trainStep(indices, order, 0, 0, 0.1, null);
    expect(network.view("parameter", "e/embeddings")).toEqual(before);
    expect(network.view("parameter", "d/kernel")).not.toEqual(dense);
    expect(network.frozenCount).toBe(10);
  });
});

describe.each(backends)("a run with a frozen layer on $name, $arithmetic", (backend) => {
  const freeze = ["hidden", "normalize"];

  it("resumed from a checkpoint goes on to the same bits", () => {
    const whole = moonsRun(backend, { epochs: 3 }, freeze);
    advance(whole);
    const first = moonsRun(backend, { epochs: 3 }, freeze);
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), 8), 0);
    const second = moonsRun(backend, { epochs: 3 }, freeze);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("is written, read back and predicts the same", () => {
    const design = moonsDesign({ epochs: 1 }, freeze);
    const { model, network } = trainDesign({ design, table: moonsTable(), backend, clock: () => 0 });
    const predictor = new Predictor(readModel(model), backend);
    expect(predictor.network.frozenCount).toBe(2 * 12 + 12 + 24);
    expect(predictor.check().largestDifference).toBe(0);
    expect(Array.from(predictor.network.view("parameter", "hidden/kernel"))).toEqual(
      Array.from(network.view("parameter", "hidden/kernel")),
    );
  });
});
