/** Runs with their curves, checkpoints and models. */
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import { openConnection } from "./sqlite/open.ts";
import { BLOCK_POINTS } from "./sqlite/point-block.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import { newProject, newStore } from "./testing/opened-store.ts";
import {
  codeOf,
  countedSources,
  errorOf,
  sampleDataset,
  sampleDesign,
  sampleOwner,
  samplePoints,
  sampleRun,
  seededNumbers,
  temporaryFolder,
  valueAt,
} from "./testing/store-fixture.ts";

test("a run holds every field of the contract, from its first step to its end", async () => {
  using opened = await newStore();
  const dataset = opened.store.upsertDataset(sampleDataset("f1"));
  const project = newProject(opened.store, dataset.id);
  const made = opened.store.createRun(
    sampleRun(project.id, { datasetId: dataset.id, tags: ["a"], notes: "n", seed: 2 ** 40, stepsPerEpoch: 5 }),
  );
  expect(made).toEqual({
    id: "id-3",
    project_id: project.id,
    number: 1,
    name: "#1",
    notes: "n",
    tags: ["a"],
    status: "queued",
    error: null,
    created_at: 1_002,
    started_at: null,
    ended_at: null,
    seconds: 0,
    epoch: 0,
    epochs: 10,
    step: 0,
    steps_per_epoch: 5,
    seed: 2 ** 40,
    spec_hash: "s1",
    data_fingerprint: "f1",
    engine_version: "1",
    dataset_id: dataset.id,
    dataset_name: "flowers",
    parameters: null,
    peak_bytes: null,
    memory: null,
    backend: null,
    threads: null,
    best_epoch: null,
    metrics: {},
    has_model: false,
    group_id: null,
    group_index: null,
    group_options: null,
    queue_place: null,
    parent_id: null,
    parent_optimizer: null,
    parent_layers: null,
    archived_at: null,
  });
  const patch = {
    name: "best so far",
    notes: "笔记",
    tags: ["b", "c"],
    status: "failed" as const,
    error: { code: "engine.nan", params: { step: 3 }, nodeId: "n1" },
    started_at: 5,
    ended_at: 6,
    seconds: 1.25,
    epoch: 3,
    epochs: 12,
    step: 15,
    steps_per_epoch: 6,
    parameters: 99,
    peak_bytes: 2 ** 33,
    memory: { parameter: 396, temporary: 2 ** 33 },
    backend: "wasm",
    threads: 2,
    best_epoch: 2,
    metrics: { loss: 0.5, val_loss: null },
  };
  expect(opened.store.updateRun(made.id, patch)).toEqual({ ...made, ...patch });
  const store = await opened.reopen();
  expect(store.getRun(made.id)).toEqual({ ...made, ...patch });
  expect(store.runLineage(made.id)).toEqual({ parent: null, threadsWanted: null, owner: sampleOwner, heartbeatAt: 1_002 });
  expect(store.listProjects()[0]?.run_count).toBe(1);
});

test("a field that may not change is refused by name, and a figure that is not finite is kept as null", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const forged: object = { number: 9 };
  expect(() => store.updateRun(run.id, forged)).toThrow('A run\'s "number" cannot be changed.');
  expect(store.updateRun(run.id, { metrics: { loss: Number.NaN } }).metrics).toEqual({ loss: null });
});

test("run numbers count within a project and are not given twice, also after a purge", async () => {
  using opened = await newStore();
  const { store } = opened;
  const [one, two] = [newProject(store), newProject(store)];
  const numbers = [one, one, two].map((project) => store.createRun(sampleRun(project.id)).number);
  expect(numbers).toEqual([1, 2, 1]);
  const last = store.listRuns(one.id)[0];
  expect(last?.number).toBe(2);
  store.deleteRuns([last?.id ?? ""]);
  expect(store.purgeDeleted(Number.MAX_SAFE_INTEGER).runs).toBe(1);
  expect(store.createRun(sampleRun(one.id)).number).toBe(3);
  expect(store.listRuns(null).map((run) => run.number)).toEqual([3, 1, 1]);
});

test("a run keeps the design it was trained with, whatever becomes of the project's", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const run = store.createRun(sampleRun(id, { design: store.getProject(id).design }));
  store.saveDesign(id, 1, sampleDesign("iris", 100), null);
  store.saveDesign(id, 2, sampleDesign("iris", 200), null);
  expect(store.runDesign(run.id)).toEqual(sampleDesign("iris", 8));
});

test("deleting runs can be undone, and one unknown id leaves all as they were", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const runs = [1, 2, 3].map(() => store.createRun(sampleRun(id)));
  const [first, second] = runs.map((run) => run.id) as [string, string, string];
  expect(await codeOf(() => store.deleteRuns([first, "none"]))).toBe("run.not_found");
  expect(store.listRuns(id)).toHaveLength(3);
  store.deleteRuns([first, second]);
  expect(store.listRuns(id).map((run) => run.number)).toEqual([3]);
  expect(store.getProject(id).project.run_count).toBe(1);
  expect(await codeOf(() => store.getRun(first))).toBe("run.not_found");
  store.restoreRuns([first, second]);
  expect(store.listRuns(id)).toEqual([...runs].reverse());
});

test("only going runs whose owner is dead become interrupted, ended at their last heartbeat", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const dead = { processId: 1, startToken: "gone" };
  const make = (owner: typeof dead, status: "queued" | "preparing" | "running" | "paused" | "done") =>
    store.updateRun(store.createRun(sampleRun(id, { owner })).id, { status }).id;
  const lost = (["preparing", "running", "paused"] as const).map((status) => make(dead, status));
  const kept = [make(dead, "done"), make(sampleOwner, "running"), make(dead, "queued")];
  store.heartbeat(lost[1] ?? "");
  const heartbeat = store.runLineage(lost[1] ?? "").heartbeatAt;
  const marked = store.markInterrupted((owner) => owner.processId === sampleOwner.processId && owner.startToken === sampleOwner.startToken);
  expect(marked.map((run) => run.id)).toEqual(lost);
  expect(marked.every((run) => run.status === "interrupted")).toBe(true);
  expect(marked[1]?.ended_at).toBe(heartbeat);
  expect(kept.map((run) => store.getRun(run).status)).toEqual(["done", "running", "queued"]);
  expect(store.markInterrupted(() => false).map((run) => run.id)).toEqual([kept[1]]);
  expect(store.markInterrupted(() => false)).toEqual([]);
});

test("an interrupted run is resumed by one owner only", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const [one, two] = [
    { processId: 10, startToken: "a" },
    { processId: 11, startToken: "b" },
  ];
  expect((await errorOf(() => store.claimRun(run.id, one))).toData()).toEqual({ code: "run.taken", params: { name: "#1", process: 4242 } });
  store.updateRun(run.id, { status: "running", error: { code: "x", params: {} } });
  store.markInterrupted(() => false);
  expect(store.claimRun(run.id, one)).toMatchObject({ status: "queued", error: null, ended_at: null });
  expect(store.runLineage(run.id).owner).toEqual(one);
  expect((await errorOf(() => store.claimRun(run.id, two))).params).toEqual({ name: "#1", process: 10 });
  expect(await codeOf(() => store.claimRun("none", two))).toBe("run.not_found");
});

test("curves come back point by point, across blocks, in the order of arrival, null where not finite", async () => {
  using opened = await newStore();
  const run = opened.store.createRun(sampleRun(newProject(opened.store).id));
  const random = seededNumbers(1);
  const expected = new Map<string, CurvePoint[]>([
    ["val_loss", []],
    ["loss", []],
  ]);
  for (let step = 1; step < 3 * BLOCK_POINTS; ) {
    const count = 1 + Math.floor(random() * 100);
    const batch = ["val_loss", "loss"].flatMap((name) =>
      samplePoints(name, step, count).map((point) => (point.step % 97 === 0 ? { ...point, value: null } : point)),
    );
    for (const point of batch) expected.get(point.name)?.push(point);
    opened.store.appendPoints(run.id, batch);
    step += count;
  }
  const store = await opened.reopen();
  const curves = store.readCurves(run.id, 100_000);
  expect(curves).toEqual(
    [...expected].map(([name, points]) => ({
      name,
      x: points.map((p) => p.step),
      epoch: points.map((p) => p.epoch),
      seconds: points.map((p) => p.seconds),
      y: points.map((p) => p.value),
    })),
  );
  expect(curves[0]?.y.includes(null)).toBe(true);
  expect(await codeOf(() => store.appendPoints("none", samplePoints("loss", 1, 1)))).toBe("run.not_found");
});

test("points after a step go away, and appending goes on from there", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  store.appendPoints(run.id, [...samplePoints("loss", 1, 1_000), ...samplePoints("val_loss", 900, 1)]);
  store.dropPointsAfter(run.id, 700);
  expect(store.readCurves(run.id, 10_000).map((curve) => [curve.name, curve.x.length, curve.x.at(-1)])).toEqual([["loss", 700, 700]]);
  store.appendPoints(run.id, samplePoints("loss", 701, 500));
  const [loss] = store.readCurves(run.id, 10_000);
  expect(loss?.x).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  expect(loss?.y).toEqual(loss?.x.map(valueAt));
});

test("of curves that are made again the point of the step itself goes too", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  store.appendPoints(run.id, [...samplePoints("batch_loss", 1, 256), ...samplePoints("val_loss", 255, 2), ...samplePoints("loss", 256, 1)]);
  store.dropPointsAfter(run.id, 256, (curve) => curve !== "batch_loss");
  expect(store.listCurves(run.id)).toEqual([
    { name: "batch_loss", points: 256 },
    { name: "val_loss", points: 1 },
  ]);
});

test("a million points take less than 40 bytes each and are read down-sampled with every peak", { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const run = store.createRun(sampleRun(newProject(store).id));
  const total = 1_000_000;
  const started = performance.now();
  for (let step = 1; step <= total; step += 10_000)
    store.appendPoints(
      run.id,
      samplePoints("loss", step, 10_000).map((point) => (point.step === 654_321 ? { ...point, value: 1e6 } : point)),
    );
  const appended = performance.now();
  const [curve] = store.readCurves(run.id, 500);
  const read = performance.now();
  const bytes = connection.first<{ pages: number; blocks: number }>(
    `SELECT (SELECT SUM(pgsize) FROM dbstat WHERE name IN ('metric_blocks', 'sqlite_autoindex_metric_blocks_1')) AS pages,
       (SELECT COUNT(*) FROM metric_blocks) AS blocks`,
  );
  const bytesPerPoint = (bytes?.pages ?? Number.NaN) / total;
  process.stdout.write(
    `1,000,000 points: append ${(appended - started).toFixed(0)} ms, read 500 of them ${(read - appended).toFixed(0)} ms, ${bytesPerPoint.toFixed(2)} bytes a point\n`,
  );
  expect(bytes?.blocks).toBe(Math.ceil(total / BLOCK_POINTS));
  expect(bytesPerPoint).toBeLessThan(40);
  expect(curve?.x.length).toBeLessThanOrEqual(500);
  expect(curve?.x.length).toBeGreaterThan(450);
  expect([curve?.x[0], curve?.x.at(-1)]).toEqual([1, total]);
  expect(curve?.y[curve.x.indexOf(654_321)]).toBe(1e6);
  // Page by page every one of them is reached.
  expect(store.listCurves(run.id)).toEqual([{ name: "loss", points: total }]);
  let reached = 0;
  for (let from: number | null = 0; from !== null; ) {
    const page: ReturnType<typeof store.readPoints> = store.readPoints(run.id, "loss", from);
    const { x, y } = page.curve;
    expect(x.every((step, place) => step === reached + place + 1 && y[place] === (step === 654_321 ? 1e6 : valueAt(step)))).toBe(true);
    reached += x.length;
    from = page.next;
  }
  expect(reached).toBe(total);
  store.close();
});

test("checkpoints of each kind come back byte by byte, and a new one replaces the old", async () => {
  using opened = await newStore();
  const run = opened.store.createRun(sampleRun(newProject(opened.store).id));
  const random = seededNumbers(3);
  const bytes = Uint8Array.from({ length: 2 ** 21 + 12_345 }, () => random() * 256);
  const best = { kind: "best" as const, step: 40, epoch: 2, header: { offsets: [0, 8], stream: "a" }, bytes };
  const empty = { kind: "last" as const, step: 50, epoch: 3, header: null, bytes: new Uint8Array(0) };
  await opened.store.saveCheckpoint(run.id, { ...best, step: 1, bytes: bytes.subarray(7) });
  await opened.store.saveCheckpoint(run.id, best);
  await opened.store.saveCheckpoint(run.id, empty);
  const store = await opened.reopen();
  const loaded = await store.loadCheckpoint(run.id, "best");
  expect({ ...loaded, bytes: null }).toEqual({ ...best, bytes: null });
  expect(Buffer.compare(loaded?.bytes ?? Buffer.of(), bytes)).toBe(0);
  expect(await store.loadCheckpoint(run.id, "last")).toEqual(empty);
  expect(await store.loadCheckpoint(run.id, "final")).toBeNull();
  expect(store.getRun(run.id).has_model).toBe(false);
  const model = new TextEncoder().encode(JSON.stringify({ format: "neuroloom-model", classes: ["红", "b"] }));
  expect(store.getRun(run.id).sampled_steps).toBeUndefined();
  const sampled = { type: "impute", columns: ["age"], rows: 20, of: 50 };
  await store.saveModel(run.id, model, { sampled_steps: [sampled] });
  expect(store.getRun(run.id)).toMatchObject({ has_model: true, sampled_steps: [sampled] });
  expect(await store.loadModel(run.id)).toEqual(model);
  expect(await codeOf(() => store.saveModel("none", model, { sampled_steps: [] }))).toBe("run.not_found");
});

test("a model is read in pieces, between which others are heard; one that is replaced meanwhile is read anew, whole", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const [before, after] = [new Uint8Array(20 * 2 ** 20 + 5).fill(1), new Uint8Array(9).fill(2)];
  await store.saveModel(run.id, before, { sampled_steps: [] });
  let [turns, reading] = [0, true];
  const count = (): void => {
    turns += 1;
    if (reading) setImmediate(count);
  };
  setImmediate(count);
  const read = await store.loadModel(run.id);
  expect(turns).toBeGreaterThanOrEqual(10);
  expect(Buffer.compare(read ?? Buffer.of(), before)).toBe(0);
  const [started, loading] = [turns, store.loadModel(run.id)];
  while (turns < started + 4) await new Promise<void>((resolve) => setImmediate(resolve));
  await store.saveModel(run.id, after, { sampled_steps: [] });
  const other = await openConnection({ path: opened.path });
  other.write(() => other.run("DELETE FROM artifact_chunks WHERE set_id IN (SELECT set_id FROM artifacts WHERE kind IS NULL)"));
  expect(Buffer.compare((await loading) ?? Buffer.of(), after)).toBe(0);
  await store.saveModel(run.id, before, { sampled_steps: [] });
  reading = false;
  other.write(() => other.run("UPDATE artifact_chunks SET bytes = zeroblob(3) WHERE position = 20"));
  other.database.close();
  await expect(store.loadModel(run.id)).rejects.toMatchObject({ code: "store.damaged_artifact", params: { run: run.id, kind: "model" } });
  expect(await store.loadModel("none")).toBeNull();
});

test("replacing a checkpoint over and over does not let the file grow", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const bytes = new Uint8Array(3 * 2 ** 20).fill(1);
  for (let step = 0; step < 10; step++) await store.saveCheckpoint(run.id, { kind: "last", step, epoch: 0, header: {}, bytes });
  await store.compact();
  expect(statSync(opened.path).size).toBeLessThan(2 * bytes.length + 2 ** 20);
});
