/** neuroloom report as a process: runs of a library by how their ids begin, one page. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../main/store/sqlite/open.ts";
import { sampleDesign, sampleRun } from "../../main/store/testing/store-fixture.ts";

const root = join(import.meta.dirname, "../..");
const home = mkdtempSync(join(tmpdir(), "neuroloom-cli-report-"));
const ids: string[] = [];

beforeAll(async () => {
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  const project = store.createProject({ name: "p", design: sampleDesign("p"), datasetId: null });
  for (const name of ["first one", "second one"]) {
    const run = store.createRun({ ...sampleRun(project.id), name });
    store.updateRun(run.id, { status: "done", metrics: { val_loss: ids.length + 1 } });
    ids.push(run.id);
  }
  store.close();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function report(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const command = [join(root, "main/cli/neuroloom.mjs"), "report", ...args];
  const environment = { ...process.env, NEUROLOOM_HOME: home, LANG: "C.UTF-8", LC_ALL: "C.UTF-8" };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env: environment });
  return { code: status, stdout, stderr };
}

describe("neuroloom report", () => {
  // Each starts the program, which takes long where the machine is busy.
  const LONG = 300_000;
  it("writes one page of several runs, in the language asked for", { timeout: LONG }, () => {
    const out = join(home, "page.html");
    const { code, stdout, stderr } = report(ids[0]?.slice(0, 12) ?? "", ids[1] ?? "", "--out", out, "--language", "zh", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const page = readFileSync(out, "utf8");
    expect(JSON.parse(stdout)).toEqual({ event: "done", out, runs: ids, size_bytes: Buffer.byteLength(page) });
    for (const text of ["2 次运行的比较", "first one", "second one"]) expect(page).toContain(text);
  });

  it("says which run it does not know, and what is missing", { timeout: LONG }, () => {
    expect(report("nothing", "--out", join(home, "none.html"))).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing") });
    expect(report(ids[0] ?? "").code).toBe(2);
  });
});
