/**
 * Pictures that other threads change and batches that they gather ahead of the engine: the same bits as when the engine's thread does
 * it, from anywhere on.
 */
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState, type LoopState } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import { TRAINER } from "../built.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";
import { advance, bitsOf, loopOf, moonsRun, type Run } from "./moons-run.ts";
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
  const feeders = new Feeders(feederUrlBeside(TRAINER), { windowBytes: 1 });
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
  const feeders = new Feeders(feederUrlBeside(TRAINER));
  expect(feeders.feedPictures(run.design, run.training, 1)).toBe(run.design);
});

describe("Batches that another thread gathers", () => {
  /** 84 rows in batches of 16, the last of 4; ten epochs. @param windowBytes 1: every batch is a window; 1 MB: all epochs lie in one */
  function gatheredRun(threads: number, windowBytes: number, train: Readonly<Record<string, unknown>> = {}) {
    const own = createWasmBackend({ arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 });
    const run = moonsRun(own, train);
    const feeders = new Feeders(feederUrlBeside(TRAINER), { windowBytes, cores: 2, numbersAlone: 0 });
    opened.push(feeders);
    const design = feeders.feedRows(run.design, run.training);
    const { batches } = design.prepared.training;
    if (batches === undefined) throw new Error("not fed");
    const { spec, encodings } = design;
    const network = new Network({ spec, training: run.training, encodings, backend: own, trainingRows: 84, batches });
    network.initialise(run.training.seed);
    return { run: { ...run, design, network }, batches, feeders };
  }

  type Gathered = ReturnType<typeof gatheredRun>;

  /** Every batch but the first is there before its step: what the engine would do alone is not asked here. */
  async function advanceFed({ run, batches }: Gathered, state: LoopState = freshState(), steps = 60): Promise<LoopState> {
    for (const report of loopOf(run, state)) {
      if (report.kind !== "step") continue;
      if (report.step >= steps) break;
      while (report.step < 60 && !batches.isThere(report.step)) await setTimeout(1);
    }
    return state;
  }

  it.each([
    [1, 1],
    [1, 600],
    [1, 1 << 20],
    [2, 1],
    [4, 600],
  ])("give the same bits with %i threads of the engine and windows of %i bytes", async (threads, windowBytes) => {
    const fed = gatheredRun(threads, windowBytes);
    await advanceFed(fed);
    expect(bitsOf(fed.run)).toEqual(bitsAfter(moonsRun(backend)));
    expect([fed.batches.brought, fed.batches.gathered]).toEqual([59, 1]);
  });

  it.each([2, 5, 9])("give the same bits when the training is resumed after %i steps", async (steps) => {
    const fed = gatheredRun(1, 600);
    const state = await advanceFed(fed, freshState(), steps);
    const { header, bytes } = takeCheckpoint(fed.run.network, state, 1);
    const second = gatheredRun(2, 600);
    const restored = restoreCheckpoint(second.run.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice());
    await advanceFed(second, restored);
    expect(bitsOf(second.run)).toEqual(bitsAfter(moonsRun(backend)));
    expect(second.batches.brought).toBe(59 - steps);
  });

  it("are gathered by the engine as long as they are not there, to the same bits", () => {
    const fed = gatheredRun(1, 1);
    // The thread may come at any step, or never.
    expect(bitsAfter(fed.run)).toEqual(bitsAfter(moonsRun(backend)));
    expect(fed.batches.brought + fed.batches.gathered).toBe(60);
  });

  it("come in the order of the rows where they are not shuffled, in one batch too", async () => {
    const train = { shuffle: false, batch_size: 84, epochs: 60 };
    const fed = gatheredRun(1, 1, train);
    await advanceFed(fed);
    expect(bitsOf(fed.run)).toEqual(bitsAfter(moonsRun(backend, train)));
  });

  it("are reported as lost when their thread is killed", async () => {
    const fed = gatheredRun(1, 1);
    await advanceFed(fed, freshState(), 4);
    await fed.feeders.threads[0]?.terminate();
    const state = { ...freshState(), step: 4, position: 4 * 16 };
    expect(() => advance(fed.run, state)).toThrow(expect.objectContaining({ code: "data.rows_not_brought" }));
  });

  it("take a ring that is counted in the engine's memory, and none where that would not fit", () => {
    const { run } = gatheredRun(1, 600);
    const alone = moonsRun(backend).network;
    // 32 + 16 numbers of a batch: three to a window of 600 bytes, three windows, and one place that the engine itself fills.
    expect(run.network.memory.input - alone.memory.input).toBe(4 * (3 * 3 + 1) * 48);
    const { spec, encodings } = run.design;
    const limited = { spec, training: run.training, encodings, backend, trainingRows: 84, memoryLimitBytes: alone.peakBytes };
    const { batches } = gatheredRun(1, 1 << 20);
    expect(new Network({ ...limited, batches }).memory).toEqual(alone.memory);
  });

  it.each([
    ["there is one core", { cores: 1 }],
    ["the training is short", { cores: 3, numbersAlone: 1000 }],
  ])("are not asked for where %s", (_why, options) => {
    const { design, training } = moonsRun(backend);
    const feeders = new Feeders(feederUrlBeside(TRAINER), options);
    expect(feeders.feedRows(design, training)).toBe(design);
  });
});
