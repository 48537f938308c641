/** A project as one file: written from one library, taken into another, and refused where it is not whole. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorData } from "../../core/errors.ts";
import type { Project } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import type { Store } from "../../main/store/store.ts";
import { errorText } from "../../renderer/ui/error-text.ts";
import { type OpenedTemplate, openTemplate, runUntil, startRun, type TestHome, testHome } from "./fixture.ts";

const ROWS = "x,y,label\n0,0,a\n0,1,b\n1,0,b\n1,1,a\n2,0,a\n2,1,b\n3,0,b\n3,1,a\n";

let home: TestHome;
let host: OpenedHost;
let opened: OpenedTemplate;
let runId: string;
/** The project with its run and its data, as a file. */
let file: string;

beforeAll(async () => {
  home = testHome();
  host = await home.open();
  const csv = join(home.path, "own rows.csv");
  writeFileSync(csv, ROWS);
  const imported = await host.handlers["datasets.import"]({ file: csv, name: "own rows.csv", import_id: "i1" });
  const template = await openTemplate(host, "xor", { epochs: 3 });
  const data = (await host.handlers["datasets.propose"]({ id: imported.dataset.id, targets: ["label"] })).data;
  opened = {
    ...template,
    datasetId: imported.dataset.id,
    design: { ...template.design, data: { ...data, feature_count: 2, class_count: 2 } },
  };
  const { project } = await host.handlers["projects.create"]({
    design: { ...opened.design, name: "两 layers" },
    dataset_id: opened.datasetId,
  });
  opened = { ...opened, projectId: project.id };
  const { design } = await host.handlers["templates.open"]({ name: "xor" });
  // The run itself is the template's, on its own data: two data sets, one that is made anew and one that is not.
  const run = await startRun(host, { ...template, projectId: project.id, design: { ...design, train: { ...design.train, epochs: 3 } } });
  runId = run.id;
  expect((await runUntil(host, run.id, ({ status }) => status === "done" || status === "failed")).status).toBe("done");
  file = await exported(true);
});
afterAll(() => home[Symbol.asyncDispose]());

async function exported(withData: boolean): Promise<string> {
  const answer = await host.handlers["projects.export_file"]({ id: opened.projectId, task_id: "t", with_data: withData });
  const { path } = host.downloads.resolve(answer.download) ?? { path: "" };
  expect(readFileSync(path).length).toBe(answer.size_bytes);
  return path;
}

const taken = (into: OpenedHost, path: string, copyName: string | null = null, taskId = "t") =>
  into.handlers["projects.import_file"]({ file: path, name: "given.neuroloom", task_id: taskId, copy_name: copyName });

/** The sentence is ours in either language; words of a library come behind it as a detail in brackets, or not at all. */
function expectOurWords(refused: unknown): void {
  const [english, chinese] = (["en", "zh"] as const).map((language) => errorText(errorData(refused), language));
  expect(english).toContain("given");
  expect(english?.replace(/\(Detail: .*\)$/s, "")).not.toMatch(/SQLITE|malformed|disk image|no such/);
  expect(chinese?.replace(/（技术细节：.*）$|“[^”]*”/gs, "")).not.toMatch(/[a-z]+ [a-z]+/i);
}

/** Everything of a project that the store can read, bytes as they are. */
async function contentOf(homePath: string, project: Project) {
  const store: Store = await openStore({ path: join(homePath, "library.sqlite"), now: () => 0, newId: () => "" });
  try {
    const runs = store.listRuns(project.id);
    return {
      design: JSON.stringify(store.getProject(project.id).design),
      runs: await Promise.all(
        runs.map(async ({ id, project_id: _p, dataset_id: _d, ...run }) => ({
          run,
          design: JSON.stringify(store.runDesign(id)),
          curves: store.readCurves(id, 1_000_000),
          checkpoints: await Promise.all(store.listCheckpoints(id).map(({ kind }) => store.loadCheckpoint(id, kind))),
          model: await store.loadModel(id),
          evaluations: [store.loadEvaluation(id, "training"), store.loadEvaluation(id, "validation")],
        })),
      ),
    };
  } finally {
    store.close();
  }
}

describe("a project file", () => {
  it("comes into another library as it was, to the byte of designs, curves and weights, with its data", async () => {
    await using other = testHome();
    const there = await other.open();
    const { project, missing } = await taken(there, file);
    expect(missing).toEqual([]);
    expect(project).toMatchObject({ id: opened.projectId, name: "两 layers", run_count: 1 });
    const [before, after] = [
      await contentOf(home.path, (await host.handlers["projects.open"]({ id: opened.projectId })).project),
      await contentOf(other.path, project),
    ];
    expect(before.runs[0]?.checkpoints.length).toBeGreaterThan(0);
    expect(before.runs[0]?.model?.length).toBeGreaterThan(0);
    expect(before.runs[0]?.curves.length).toBeGreaterThan(0);
    expect(after).toEqual(before);
    const rows = await there.handlers["datasets.preview"]({ id: project.dataset_id ?? "", offset: 0, count: 10 });
    expect(rows.rows).toHaveLength(8);
    expect((await there.handlers["projects.list"]({})).projects).toHaveLength(1);
  });

  it("can be trained on and predicted with where it came to", async () => {
    await using other = testHome();
    const there = await other.open();
    const { project } = await taken(there, file);
    const { runs } = await there.handlers["runs.list"]({ project_id: project.id });
    const { design } = await there.handlers["templates.open"]({ name: "xor" });
    const again = await there.handlers["runs.start"]({
      project_id: project.id,
      design: { ...design, train: { ...design.train, epochs: 2 } },
      dataset_id: runs[0]?.dataset_id ?? "",
      continue_from: { run_id: runId, checkpoint: "final" },
    });
    expect(again.run.number).toBe(2);
    expect(await runUntil(there, again.run.id, ({ status }) => status === "done" || status === "failed")).toMatchObject({
      status: "done",
      parent_id: runId,
    });
    expect(runs[0]).toMatchObject({ id: runId, number: 1, status: "done", has_model: true });
    const model = await there.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
    expect(model.compared_rows).toBeGreaterThan(0);
  });

  it("says which data are missing where they were left out, and has them once they are imported there", async () => {
    await using other = testHome();
    const there = await other.open();
    const light = await exported(false);
    const { project, missing } = await taken(there, light);
    const { dataset } = await host.handlers["datasets.profile"]({ id: opened.datasetId });
    expect(missing).toEqual([{ name: "own rows", fingerprint: dataset.fingerprint }].map((one) => ({ ...one, name: dataset.name })));
    const preview = () => there.handlers["datasets.preview"]({ id: project.dataset_id ?? "", offset: 0, count: 10 });
    await expect(preview()).rejects.toMatchObject({ code: "dataset.file_missing" });
    const csv = join(other.path, "found again.csv");
    writeFileSync(csv, ROWS);
    await there.handlers["datasets.import"]({ file: csv, name: "found again.csv", import_id: "i" });
    expect((await preview()).rows).toHaveLength(8);
  });

  it("that the library has already is refused, and comes as a copy with ids of its own when asked for", async () => {
    await expect(taken(host, file)).rejects.toMatchObject({ code: "project_file.known_already", params: { id: opened.projectId } });
    const { project } = await taken(host, file, "a copy");
    expect(project).toMatchObject({ name: "a copy", run_count: 1, dataset_id: opened.datasetId });
    expect(project.id).not.toBe(opened.projectId);
    const [copy, original] = [
      await contentOf(home.path, project),
      await contentOf(home.path, (await host.handlers["projects.open"]({ id: opened.projectId })).project),
    ];
    expect(copy.runs).toEqual(original.runs);
    await host.handlers["projects.delete"]({ id: project.id });
  });

  it.each([
    ["a text", (path: string) => writeFileSync(path, "x".repeat(5000)), "project_file.not_a_project"],
    ["an empty file", (path: string) => writeFileSync(path, ""), "project_file.not_a_project"],
    ["another program's database", foreign, "project_file.not_a_project"],
    ["a library", (path: string) => writeFileSync(path, readFileSync(join(home.path, "library.sqlite"))), "project_file.not_a_project"],
    ["a file of a newer Neuroloom", (path: string) => changed(path, "PRAGMA user_version = 999"), "project_file.newer_version"],
    [
      "a file with a trigger",
      (path: string) => changed(path, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END"),
      "project_file.wrong_tables",
    ],
    ["a file that lost a table", (path: string) => changed(path, "DROP TABLE evaluations"), "project_file.wrong_tables"],
    [
      "a design that is not what its name says",
      (path: string) => changed(path, "UPDATE design_versions SET document_json = replace(document_json, 'dense', 'danse')"),
      "project_file.changed_part",
    ],
    [
      "weights with a flipped byte",
      (path: string) => changed(path, "UPDATE artifact_chunks SET bytes = zeroblob(length(bytes))"),
      "project_file.changed_part",
    ],
    [
      "a curve with a flipped byte",
      (path: string) => changed(path, "UPDATE metric_blocks SET points = zeroblob(length(points))"),
      "project_file.broken",
    ],
    [
      "a stored file with a way out of the folder",
      (path: string) =>
        changed(
          path,
          "PRAGMA foreign_keys = OFF; UPDATE stored_files SET name = '../../x.parquet'; UPDATE stored_file_chunks SET name = '../../x.parquet'",
        ),
      "project_file.changed_part",
    ],
    [
      "a run that names no project",
      (path: string) => changed(path, "PRAGMA foreign_keys = OFF; UPDATE runs SET project_id = 'nobody'"),
      "project_file.lost_row",
    ],
  ])("refuses %s, and the library stays as it was", async (_what, make, code) => {
    await using other = testHome();
    const there = await other.open();
    const path = join(other.path, "given.neuroloom");
    writeFileSync(path, readFileSync(file));
    make(path);
    const refused = await taken(there, path).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code });
    expectOurWords(refused);
    expect(await nothingIn(other.path)).toBe(true);
  });

  it("refuses a file cut off at any length", async () => {
    await using other = testHome();
    const there = await other.open();
    const whole = readFileSync(file).length;
    for (const share of [0.02, 0.3, 0.6, 0.95]) {
      const path = join(other.path, `cut-${share}.neuroloom`);
      writeFileSync(path, readFileSync(file));
      truncateSync(path, Math.floor(whole * share));
      const refused = await taken(there, path).catch((thrown: unknown) => thrown);
      expect(refused).toMatchObject({ code: expect.stringMatching(/^project_file\.(broken|not_a_project)$/) });
      expectOurWords(refused);
    }
    expect(await nothingIn(other.path)).toBe(true);
  });

  it("leaves nothing when it is cancelled, coming in or going out", async () => {
    await using other = testHome();
    const there = await other.open();
    const stop = there.onEvent((event) => {
      if (event === "projects.file_progress") void there.handlers["projects.cancel_file"]({ task_id: "t" });
    });
    const controllerFirst = taken(there, file);
    await there.handlers["projects.cancel_file"]({ task_id: "t" });
    await expect(controllerFirst).rejects.toMatchObject({ code: "project_file.cancelled" });
    stop();
    expect(await nothingIn(other.path)).toBe(true);
    const writing = host.handlers["projects.export_file"]({ id: opened.projectId, task_id: "w", with_data: true });
    await host.handlers["projects.cancel_file"]({ task_id: "w" });
    await expect(writing).rejects.toMatchObject({ code: "project_file.cancelled" });
    expect(readdirSync(join(home.path, "outgoing"), { recursive: true }).filter((name) => String(name).endsWith(".part"))).toEqual([]);
  });

  it("that comes in two windows at once comes in one, and the other is asked", async () => {
    await using other = testHome();
    const there = await other.open();
    const [first, second] = await Promise.allSettled([taken(there, file, null, "first"), taken(there, file, null, "second")]);
    expect(first).toMatchObject({ status: "fulfilled", value: { missing: [] } });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "project_file.known_already", params: { id: opened.projectId } } });
    expect((await there.handlers["projects.list"]({})).projects).toHaveLength(1);
  });

  it("that waits for another can be cancelled, and the next comes", async () => {
    await using other = testHome();
    const there = await other.open();
    const first = taken(there, file, null, "first");
    const second = taken(there, file, "a copy", "second");
    const third = taken(there, file, "another copy", "third");
    await there.handlers["projects.cancel_file"]({ task_id: "second" });
    await expect(second).rejects.toMatchObject({ code: "project_file.cancelled" });
    await first;
    expect((await third).project.name).toBe("another copy");
    expect((await there.handlers["projects.list"]({})).projects).toHaveLength(2);
  });

  it("written while a run trains has that run as interrupted, which can be resumed there", async () => {
    const template = await openTemplate(host, "xor", { epochs: 1_000_000 });
    const run = await startRun(host, template);
    await runUntil(host, run.id, ({ status, step }) => status === "running" && step > 0);
    const answer = await host.handlers["projects.export_file"]({ id: template.projectId, task_id: "g", with_data: true });
    const { path } = host.downloads.resolve(answer.download) ?? { path: "" };
    await host.handlers["runs.stop"]({ id: run.id });
    await using other = testHome();
    const there = await other.open();
    const { project } = await taken(there, path);
    const { runs } = await there.handlers["runs.list"]({ project_id: project.id });
    expect(runs).toMatchObject([{ id: run.id, status: "interrupted" }]);
    await there.handlers["runs.resume"]({ id: run.id });
    await runUntil(there, run.id, ({ status }) => status === "running" || status === "failed");
    await there.handlers["runs.stop"]({ id: run.id });
  });

  it("that the system asks to open is told to the windows once", async () => {
    let told = 0;
    const stop = host.onEvent((event) => {
      if (event === "projects.file_waiting") told += 1;
    });
    host.openFile(file);
    stop();
    expect(told).toBe(1);
    expect((await host.handlers["projects.waiting_files"]({})).files).toMatchObject([{ file }]);
    expect((await host.handlers["projects.waiting_files"]({})).files).toEqual([]);
  });
});

describe("a project in two windows", () => {
  it("belongs to the first; the second is told, until the first has died", async () => {
    const windows = [fakeWindow(), fakeWindow()] as const;
    const hold = (place: 0 | 1, id: string | null) =>
      host.handlers["projects.hold"]({ id, window: `window ${place}` }, windows[place].caller);
    expect(await hold(0, "p")).toEqual({ elsewhere: false });
    expect(await hold(0, "p")).toEqual({ elsewhere: false });
    expect(await hold(1, "p")).toEqual({ elsewhere: true });
    expect(await hold(1, "q")).toEqual({ elsewhere: false });
    windows[0].die();
    expect(await hold(1, "p")).toEqual({ elsewhere: false });
    expect(await hold(1, null)).toEqual({ elsewhere: false });
  });

  it("stays with a window that comes back on another connection, before and after the old one is known to be gone", async () => {
    const [first, again, other] = [fakeWindow(), fakeWindow(), fakeWindow()];
    const hold = host.handlers["projects.hold"];
    expect(await hold({ id: "p", window: "a" }, first.caller)).toEqual({ elsewhere: false });
    expect(await hold({ id: "p", window: "a" }, again.caller)).toEqual({ elsewhere: false });
    first.die();
    expect(await hold({ id: "p", window: "b" }, other.caller)).toEqual({ elsewhere: true });
    again.die();
    expect(await hold({ id: "p", window: "b" }, other.caller)).toEqual({ elsewhere: false });
    other.die();
  });
});

function fakeWindow() {
  let dead: () => void = () => {};
  return {
    caller: {
      onClosed: (listener: () => void) => {
        dead = listener;
      },
    },
    die: () => dead(),
  };
}

function foreign(path: string): void {
  writeFileSync(path, "");
  changed(path, "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')");
}

function changed(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

/** No row and no file of any project or data set, hidden ones neither. */
async function nothingIn(homePath: string): Promise<boolean> {
  const database = new Database(join(homePath, "library.sqlite"), { readonly: true });
  const rows = ["projects", "runs", "datasets", "design_versions", "artifact_chunks", "metric_blocks"].map(
    (table) => database.prepare<[], { count: number }>(`SELECT COUNT(*) AS count FROM ${table}`).get()?.count,
  );
  database.close();
  const folders = ["datasets", "uploads"].flatMap((name) => (existsSync(join(homePath, name)) ? readdirSync(join(homePath, name)) : []));
  mkdirSync(homePath, { recursive: true });
  return rows.every((count) => count === 0) && folders.length === 0;
}
