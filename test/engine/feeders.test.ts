/** Pictures that other threads change ahead of the engine: the same bits as when the engine's thread changes them, from anywhere on. */
import { afterEach, expect, it } from "vitest";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import { WORKER } from "../host/fixture.ts";
import { advance, bitsOf, type Run } from "./moons-run.ts";
import { ALL, pictureRun } from "./picture-run.ts";

const opened: Feeders[] = [];
afterEach(() => {
  for (const feeders of opened.splice(0)) feeders.close();
});

const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });

/** @param engineThreads as if the engine had so many: what is left of the machine is for feeders */
function fedRun(engineThreads: number): { run: Run; feeders: Feeders } {
  const run = pictureRun(backend, ALL);
  // So few bytes that every batch is a window of its own.
  const feeders = new Feeders(feederUrlBeside(WORKER), 1);
  opened.push(feeders);
  return { feeders, run: { ...run, design: feeders.feedPictures(run.design, run.training, engineThreads) } };
}

function bitsAfter(run: Run): readonly string[] {
  advance(run);
  return bitsOf(run);
}

it.each([1, 99, -3])(
  "ends with the same bits as without other threads, with those that an engine of %i threads leaves",
  (engineThreads) => {
    const { run, feeders } = fedRun(engineThreads);
    expect(bitsAfter(run)).toEqual(bitsAfter(pictureRun(backend, ALL)));
    // 33 rows in batches of 8, four epochs.
    expect(feeders.waits.taken).toBe(20);
  },
);

it.each([2, 5, 9])("ends with the same bits when it is resumed after %i steps in a new network with new threads", (steps) => {
  const { run } = fedRun(1);
  const state = advance(run, freshState(), steps);
  const { header, bytes } = takeCheckpoint(run.network, state, 1);
  const { run: second } = fedRun(1);
  advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
  expect(bitsOf(second)).toEqual(bitsAfter(pictureRun(backend, ALL)));
});

it("leaves a design without augmentation as it is, and starts no thread for it", () => {
  const run = pictureRun(backend);
  const feeders = new Feeders(feederUrlBeside(WORKER));
  expect(feeders.feedPictures(run.design, run.training, 1)).toBe(run.design);
});
