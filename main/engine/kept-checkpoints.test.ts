/** What is kept of an epoch is that epoch's, also where the run ends with other weights. */
import { expect, it } from "vitest";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { restoreCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { advance, bitsOf, loopOf, moonsRun } from "../../test/engine/moons-run.ts";
import { KeptCheckpoints } from "./kept-checkpoints.ts";
import type { FromTrainer } from "./messages.ts";

/** Of float32, as checkpoints are. */
const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });

function keptOf(train: Readonly<Record<string, unknown>>) {
  const run = moonsRun(backend, train);
  const said: FromTrainer[] = [];
  const job = { keepEvery: 1, snapshots: { count: 100, bytes: 2 ** 30 } };
  const kept = new KeptCheckpoints(job, { nowMs: () => 0, post: (message) => said.push(message) });
  const state = freshState();
  kept.begin(run.network, state, Number(train["epochs"]));
  let epochs = 0;
  for (const report of loopOf(run, state)) {
    if (report.kind !== "epoch") continue;
    epochs = report.epoch;
    kept.endEpoch(run.network, state, 0, report);
  }
  kept.sendBest();
  const checkpoints = said.flatMap((one) => (one.kind === "checkpoint" ? [one] : []));
  const snapshots = said.flatMap((one) => (one.kind === "snapshot" ? [one] : []));
  return {
    run,
    epochs,
    checkpoints,
    snapshots,
    ofEpoch: (epoch: number) => checkpoints.find((one) => one.checkpoint === `epoch-${epoch}`),
  };
}

const JUMPING = { optimizer: { type: "sgd", learning_rate: 2 } };
const STOPPING = { enabled: true, patience: 3, min_delta: 0 };

it.each([
  ["averaged weights", { use_ema: true, ema_momentum: 0.9 }],
  ["the best weights put back", { ...JUMPING, early_stopping: { ...STOPPING, patience: 30 } }],
])("the last epoch's is what a longer run has of that epoch: with %s", (_, train) => {
  const [short, long] = [keptOf({ ...train, epochs: 5 }), keptOf({ ...train, epochs: 6 })];
  expect(short.ofEpoch(5)?.bytes).toEqual(long.ofEpoch(5)?.bytes);
  expect(short.snapshots.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(short.snapshots[5]?.bytes).toEqual(long.snapshots[5]?.bytes);
});

it("a run that goes on from the end of its last epoch ends with the weights of the best one", () => {
  const { run, epochs, ofEpoch } = keptOf({ ...JUMPING, epochs: 30, early_stopping: STOPPING });
  const last = ofEpoch(epochs);
  if (last === undefined) throw new Error("no checkpoint of the last epoch");
  const again = moonsRun(backend, { ...JUMPING, epochs: 30, early_stopping: STOPPING });
  advance(again, restoreCheckpoint(again.network, last.header, last.bytes));
  expect(bitsOf(again)).toEqual(bitsOf(run));
});
