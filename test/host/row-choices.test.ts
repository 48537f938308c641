/** Rows left out and labels put right by hand, through the whole host: the same weights as a file that was written so. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withExcluded, withLabel } from "../../core/graph/row-choices.ts";
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, type TestHome, testHome } from "./fixture.ts";

const ROWS = Array.from({ length: 60 }, (_, row) => [Math.sin(row), Math.cos(3 * row), Math.sin(row) > 0.1 ? "up" : "down"] as const);
const OUT = [3, 17, 40];
const WRONG = [8, 21];

async function imported(host: OpenedHost, home: TestHome, name: string, rows: readonly (readonly unknown[])[]): Promise<DatasetProfile> {
  const path = join(home.path, name);
  writeFileSync(path, ["x,y,kind", ...rows.map((row) => row.join(","))].join("\n"));
  return host.datasets.importPath(path, name);
}

/** The template's network on a file, five epochs. */
async function openedOn(host: OpenedHost, { dataset }: DatasetProfile): Promise<OpenedTemplate> {
  const opened = await openTemplate(host, "xor", { epochs: 5 });
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["kind"] });
  return { ...opened, datasetId: dataset.id, design: { ...opened.design, data } };
}

async function trainedOn(host: OpenedHost, opened: OpenedTemplate) {
  const run = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
  expect(run.error).toBeNull();
  const found = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
  return { run, found, evaluation };
}

describe("choices about single rows", () => {
  it("train and evaluate as a file that was written so, name another fingerprint, and are told of at the export", async () => {
    await using home = testHome();
    const host = await home.open();
    const first = await imported(host, home, "all.csv", ROWS);
    const opened = await openedOn(host, first);
    const { fingerprint } = first.dataset;
    const design = opened.design;
    if (design.data === null) throw new Error("data were proposed");
    let data = design.data;
    for (const row of OUT) data = withExcluded(data, { fingerprint, row }, true);
    for (const row of WRONG) data = withLabel(data, { fingerprint, row }, "kind", "up");
    const plain = await trainedOn(host, opened);
    const chosen = await trainedOn(host, { ...opened, design: { ...design, data } });
    const written = ROWS.flatMap(([x, y, kind], row) => (OUT.includes(row) ? [] : [[x, y, WRONG.includes(row) ? "up" : kind]]));
    const other = await trainedOn(host, await openedOn(host, await imported(host, home, "written.csv", written)));

    expect(chosen.evaluation).toEqual(other.evaluation);
    expect(chosen.run.metrics).toEqual(other.run.metrics);
    expect(chosen.run.metrics).not.toEqual(plain.run.metrics);
    expect(plain.run.data_fingerprint).toBe(fingerprint);
    expect(chosen.run.data_fingerprint).not.toBe(fingerprint);
    expect(chosen.found).toMatchObject({ excluded_rows: OUT.length, relabelled_rows: WRONG.length });
    expect(plain.found).toMatchObject({ excluded_rows: 0, relabelled_rows: 0 });

    const rowsOf = async (part: "training" | "validation") =>
      await host.handlers["runs.examples"]({ id: chosen.run.id, part, node_id: null, actual: null, predicted: null, count: 500 });
    const both = [await rowsOf("training"), await rowsOf("validation")];
    const rows = both.flatMap((one) => one.rows);
    expect(both[0]?.target_column).toBe("kind");
    expect(rows.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(ROWS.map((_, row) => row).filter((row) => !OUT.includes(row)));
    for (const row of WRONG) expect(rows.find((one) => one.row === row)?.actual).toEqual(["up"]);
    // All rows of its own data: the same choices hold.
    const whole = await host.handlers["runs.evaluation"]({ id: chosen.run.id, dataset_id: first.dataset.id });
    expect(whole.evaluation.rows).toBe(ROWS.length - OUT.length);
  });

  it("are refused for data whose rows they are not", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openedOn(host, await imported(host, home, "all.csv", ROWS));
    if (opened.design.data === null) throw new Error("data were proposed");
    const data = withExcluded(opened.design.data, { fingerprint: "another", row: 1 }, true);
    const design = { ...opened.design, data };
    await expect(startRun(host, { ...opened, design })).rejects.toMatchObject({ code: "data.choices_of_other_data" });
    await expect(host.handlers["datasets.layout"]({ id: opened.datasetId, design })).rejects.toMatchObject({
      code: "data.choices_of_other_data",
    });
  });
});
