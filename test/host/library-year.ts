/**
 * A year of daily use of one library: each day some runs with curves, checkpoints, snapshots and a model, some of them deleted, the app opened
 * each morning. What the tests do small and the soak with the limits of the app.
 */
import { applyRetention } from "../../main/host/library.ts";
import type { Store } from "../../main/store/store.ts";
import { sampleDesign, samplePoints, sampleRun } from "../../main/store/testing/store-fixture.ts";

export const DAY_MS = 24 * 3600 * 1000;
/** After which time what was deleted is purged. */
export const KEPT_MS = 30 * DAY_MS;
const EPOCHS = 3;
/** Every so many runs is deleted; limits are looked at after every so many; the size is noted every so many days. */
const DELETED_RUNS = 5;
const RUNS_A_ROUND = 10;
const DAYS_A_NOTE = 30;

/** Bytes that do not repeat, so that nothing about them is smaller than it looks. */
export function weights(seed: number, bytes: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: bytes }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state >> 16;
  });
}

/** Of what a checkpoint takes, the parts that weights of one epoch and a model take: without the optimizer's averages, and without more. */
const snapshotBytes = (checkpoint: number): number => Math.floor(checkpoint / 3);
export const modelBytes = (checkpoint: number): number => Math.floor(checkpoint / 8);

/** A run from its first step to its model. @returns its id, and the bytes of checkpoints and snapshots that stand at its end */
export async function trainOnce(
  store: Store,
  projectId: string,
  number: number,
  bytesOf: Uint8Array,
): Promise<{ id: string; written: number }> {
  const { id } = store.createRun(sampleRun(projectId, { design: sampleDesign("daily", 8 + (number % 40)) }));
  const snapshot = bytesOf.subarray(0, snapshotBytes(bytesOf.length));
  for (let epoch = 1; epoch <= EPOCHS; epoch += 1) {
    store.appendPoints(id, [...samplePoints("loss", 1 + (epoch - 1) * 30, 30), ...samplePoints("val_loss", 1 + (epoch - 1) * 30, 30)]);
    await store.saveCheckpoint(id, { kind: "last", step: epoch * 30, epoch, header: { epoch }, bytes: bytesOf });
    await store.saveSnapshot(id, { step: epoch * 30, epoch, header: { epoch }, bytes: snapshot });
  }
  await store.saveCheckpoint(id, { kind: "best", step: 60, epoch: 2, header: { epoch: 2 }, bytes: bytesOf });
  await store.saveModel(id, bytesOf.subarray(0, modelBytes(bytesOf.length)), { sampled_steps: [] });
  store.updateRun(id, { status: "done", metrics: { loss: 0.1, val_loss: 0.2 } });
  return { id, written: 2 * bytesOf.length + EPOCHS * snapshot.length };
}

export interface LivedYear {
  /** Bytes of checkpoints and snapshots that would lie there without retention. */
  readonly written: number;
  /** The largest that the file was seen. */
  readonly most: number;
  /** Runs that were not deleted, in their order, and those that still can be had back. */
  readonly kept: readonly string[];
  readonly deleted: number;
}

export async function liveThrough(o: {
  readonly store: Store;
  readonly projectId: string;
  readonly days: number;
  readonly runsADay: number;
  /** Of a run's checkpoint. */
  readonly bytesOf: (run: number) => Uint8Array;
  /** The next day comes. @returns its time */
  readonly nextDay: () => number;
}): Promise<LivedYear> {
  const { store, days, runsADay } = o;
  let [written, most, deleted, number] = [0, 0, 0, 0];
  const kept: string[] = [];
  for (let day = 1; day <= days; day += 1) {
    const now = o.nextDay();
    store.purgeDeleted(now - KEPT_MS);
    for (let turn = 0; turn < runsADay; turn += 1) {
      number += 1;
      const run = await trainOnce(store, o.projectId, number, o.bytesOf(number));
      written += run.written;
      if (number % DELETED_RUNS === 0) {
        store.deleteRuns([run.id]);
        deleted += 1;
      } else kept.push(run.id);
      if (number % RUNS_A_ROUND === 0) applyRetention(store);
    }
    if (day % DAYS_A_NOTE === 0) most = Math.max(most, store.librarySpace().fileBytes);
  }
  return { written, most, kept, deleted };
}
