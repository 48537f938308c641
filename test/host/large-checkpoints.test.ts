/** What a trainer of large weights says faster than it can be stored: kept in order, the newest of each kind, and while the disk is full it waits. */
import { expect, test } from "vitest";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import type { CheckpointHeader } from "../../core/train/checkpoint.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "../../main/engine/messages.ts";
import type { TrainerListener } from "../../main/engine/worker-handle.ts";
import { HostEvents } from "../../main/host/events.ts";
import { ActiveRun } from "../../main/host/runs/active-run.ts";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { sqliteStore } from "../../main/store/sqlite/sqlite-store.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { countedSources, samplePoints, sampleRun, temporaryFolder } from "../../main/store/testing/store-fixture.ts";

const MIB = 2 ** 20;

/** A run in a library of its own, whose trainer says what the test says. */
async function activeRun() {
  const folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const { id } = store.createRun(sampleRun(newProject(store).id));
  const events = new HostEvents((error) => {
    throw error;
  });
  const changes: { status: string; error: string | null; kept: number[]; model: boolean }[] = [];
  const steps = (): number[] => store.listCheckpoints(id).map(({ step }) => step);
  events.listen((event, payload) => {
    if (event !== "run.changed" || !("run" in payload)) return;
    const { status, error, has_model: model } = payload.run;
    changes.push({ status, error: error?.code ?? null, kept: steps(), model });
  });
  const heard: string[] = [];
  let listener: TrainerListener | null = null;
  const later: (() => void)[] = [];
  const run = new ActiveRun({ runId: id } as TrainingJob, {
    store,
    events,
    now: () => 5,
    start: (_, told) => {
      listener = told;
      return { post: ({ kind }: ToTrainer) => void heard.push(kind), end: async () => undefined };
    },
    ended: () => undefined,
    later: (act) => void later.push(act),
    keepLast: () => 1,
    paused: () => undefined,
  });
  return {
    run,
    id,
    store,
    connection,
    changes,
    heard,
    later,
    steps,
    say: (message: FromTrainer) => listener?.message(message),
    exit: () => listener?.exit(null),
    [Symbol.dispose]: () => {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

const checkpoint = (kind: "last" | `epoch-${number}`, step: number): FromTrainer => ({
  kind: "checkpoint",
  checkpoint: kind,
  // What the store reads of it.
  header: { loop: { step, epoch: step } } as CheckpointHeader,
  bytes: new Uint8Array(9 * MIB).fill(step),
});
const progress = (points: readonly CurvePoint[]): FromTrainer => {
  const { epoch, step, seconds } = points.at(-1) ?? { epoch: 0, step: 0, seconds: 0 };
  return {
    kind: "progress",
    progress: { epoch, step, seconds, samplesPerSecond: 1, remainingSeconds: 1, learningRate: 1, bestEpoch: 1, metrics: {} },
    points,
  };
};
const ended: FromTrainer = {
  kind: "ended",
  how: "done",
  model: new Uint8Array(9 * MIB).fill(7),
  sampledSteps: [],
  heldOut: new Uint8Array(5 * MIB),
  evaluation: null,
  metrics: { loss: 1 },
  epochs: 4,
  bestEpoch: 1,
  seconds: 1,
};

test("stored one after the other: the newest checkpoint of each kind, all points, and the run is done once its model is kept", async () => {
  using going = await activeRun();
  const { say, store, id } = going;
  say(checkpoint("last", 1));
  for (let step = 2; step <= 4; step += 1) {
    say(progress(samplePoints("loss", step * 10, 10)));
    say(checkpoint("last", step));
    say(checkpoint(`epoch-${step}`, step));
  }
  say(ended);
  going.exit();
  expect(going.steps()).toEqual([]);
  await going.run.whenFinished();
  const curve = store.readCurves(id, 1000).find(({ name }) => name === "loss");
  expect(curve?.x).toEqual(Array.from({ length: 30 }, (_, i) => 20 + i));
  expect(store.listCheckpoints(id).map(({ kind, step }) => [kind, step])).toEqual([
    ["epoch-4", 4],
    ["last", 4],
  ]);
  // The first was being stored when the others came; the second and third gave way to the fourth.
  const seen = new Set(going.changes.flatMap(({ kept }) => kept));
  expect([...seen].sort()).toEqual([1, 2, 3, 4]);
  expect(going.changes.some(({ kept }) => kept.join() === "2,2")).toBe(false);
  expect(going.changes.filter(({ status }) => status === "done")).toEqual([{ status: "done", error: null, kept: [4, 4], model: true }]);
  expect((await store.loadModel(id))?.[9 * MIB - 1]).toBe(7);
  expect((await store.loadHeldOut(id))?.length).toBe(5 * MIB);
});

test("a disk that fills in the middle of a checkpoint pauses the run, says so, and goes on when there is room", async () => {
  using going = await activeRun();
  const { say, store, id, connection, later, heard } = going;
  say(checkpoint("last", 1));
  await store.settled();
  const pages = Number(connection.database.pragma("page_count", { simple: true }));
  connection.database.pragma(`max_page_count = ${pages + (5 * MIB) / 4096}`);
  say(checkpoint("last", 2));
  say(progress(samplePoints("loss", 1, 10)));
  while (later.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  expect(going.changes.at(-1)).toEqual({ status: "paused", error: "store.disk_full", kept: [1], model: false });
  expect(heard).toEqual(["pause"]);
  expect(store.readCurves(id, 1000)).toEqual([]);
  connection.database.pragma("max_page_count = 4294967294");
  later.shift()?.();
  while (!heard.includes("resume")) await new Promise<void>((resolve) => setImmediate(resolve));
  expect(going.steps()).toEqual([2]);
  expect((await store.loadCheckpoint(id, "last"))?.bytes.every((byte) => byte === 2)).toBe(true);
  expect(store.readCurves(id, 1000).find(({ name }) => name === "loss")?.x).toHaveLength(10);
});
