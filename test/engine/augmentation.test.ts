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
