/** Pictures that are changed while they are trained on: the same bits after a resume and for any number of threads, nothing changed where it is off. */
import { describe, expect, it } from "vitest";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";
import { backends, nameOf } from "./backends.ts";
import { advance, bitsOf, type Run } from "./moons-run.ts";
import { ALL, pictureRun } from "./picture-run.ts";

function ended(run: Run): readonly string[] {
  advance(run);
  return bitsOf(run);
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  it("trains to other weights with augmentation, and to the same for the same seed", () => {
    const [off, on] = [ended(pictureRun(backend)), ended(pictureRun(backend, ALL))];
    expect(on).not.toEqual(off);
    expect(ended(pictureRun(backend, ALL))).toEqual(on);
    expect(ended(pictureRun(backend, { ...ALL, seed: 6 }))).not.toEqual(on);
  });

  it("trains to the same weights as without where every option is off", () => {
    expect(ended(pictureRun(backend, { rotate: 0, flip_horizontal: false, mixup: 0, seed: 3 }))).toEqual(ended(pictureRun(backend)));
  });

  it("trains to other weights with mixup alone, which leaves every picture as it is until the batch is there", () => {
    expect(ended(pictureRun(backend, { mixup: 0.4, seed: null }))).not.toEqual(ended(pictureRun(backend)));
  });

  it("takes the loss of a mixed row as its definition says: of the shares of both classes", () => {
    const asked = { mixup: 0.8, seed: null };
    const plain = { optimizer: { type: "sgd", learning_rate: 0.1 } };
    const [numbered, shared] = [pictureRun(backend, asked, "three", plain), pictureRun(backend, asked, "shares", plain)];
    expect([numbered.design.encodings["y"], shared.design.encodings["y"]]).toEqual(["class_index", "one_hot"]);
    const order = Uint32Array.from({ length: 32 }, (_, i) => (i * 5) % 32);
    const { training } = shared.design.prepared;
    const losses = [numbered, shared].map(({ network, design }) => network.trainStep(design.prepared.training, order, 8, 0, 0.1, null));
    // The shares, from the one-hot classes, and −Σ share · log p of what was predicted in that step.
    const targets = [...order.subarray(8, 16)].flatMap((row) => [...(training.targets["y"]?.values.subarray(row * 3, row * 3 + 3) ?? [])]);
    const mixed = Float64Array.from(targets);
    training.mixup?.mix(mixed, [{ start: 0, width: 3 }], [], 8, { epoch: 1, from: 8 });
    expect(mixed.some((share) => share > 0.01 && share < 0.99)).toBe(true);
    const predictions = numbered.network.lastPredictions(8)["y"] ?? [];
    const [crossEntropy, entropy] = [0, 0].map((_, k) =>
      mixed.reduce((sum, share, i) => sum - (share === 0 ? 0 : share * Math.log(k === 0 ? (predictions[i] as number) : share)), 0),
    ) as [number, number];
    expect(losses[0]).toBeCloseTo(crossEntropy / 8, 5);
    expect(losses[1]).toBeCloseTo((crossEntropy - entropy) / 8, 4);
    // Cross-entropy and divergence differ by what no weight changes: their gradients, and so the weights after the step, are the same.
    const [own, other] = [numbered, shared].map(({ network }) => network.block("parameter")) as [Float32Array, Float32Array];
    own.forEach((weight, i) => expect(weight).toBeCloseTo(other[i] as number, 5));
  });

  it("takes mixed classes with the weights of both, and the same bits after a resume", () => {
    const asked = { mixup: 0.8, seed: null };
    const run = (): Run => pictureRun(backend, asked, "three", { class_weight: "balanced" });
    const whole = ended(run());
    expect(whole).not.toEqual(ended(pictureRun(backend, undefined, "three", { class_weight: "balanced" })));
    const first = run();
    const state = advance(first, freshState(), 5);
    const { header, bytes } = takeCheckpoint(first.network, state, 1);
    const second = run();
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(whole);
  });

  it("leaves the data set as it is", () => {
    const run = pictureRun(backend, ALL);
    const before = structuredClone(run.design.prepared.training.inputs);
    advance(run);
    expect(run.design.prepared.training.inputs).toEqual(before);
  });

  it.each([2, 5, 9])("ends with the same bits when it is resumed after %i steps in a new network", (steps) => {
    const whole = ended(pictureRun(backend, ALL));
    const first = pictureRun(backend, ALL);
    const state = advance(first, freshState(), steps);
    const { header, bytes } = takeCheckpoint(first.network, state, 1);
    const second = pictureRun(backend, ALL);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(whole);
  });
});

it("gives the same bits on one thread and on three", () => {
  const one = ended(pictureRun(createWasmBackend({ arithmetic: "fast", threads: 1 }), ALL));
  const three = createWasmBackend({ arithmetic: "fast", threads: 3, spawn: spawnHelper, worthSharing: 0 });
  try {
    expect(ended(pictureRun(three, ALL))).toEqual(one);
  } finally {
    three.close();
  }
});
