/** "Try it" through the whole host: a value typed is read as a line of a file would be, to the bit. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function trained(host: OpenedHost, template: string, options: Record<string, unknown>) {
  const run = await startRun(host, await openTemplate(host, template, options));
  return runUntil(host, run.id, hasEnded);
}

async function valuesOf(host: OpenedHost, datasetId: string, row: number): Promise<Record<string, string | null>> {
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: datasetId, offset: row, count: 1 });
  return Object.fromEntries(columns.map((name, place) => [name, rows[0]?.[place] ?? null]));
}

it("says of a row of the data what the file of predictions says of it, to the bit", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await trained(host, "softmax-regression", { epochs: 5 });
  const datasetId = run.dataset_id ?? "";
  const predictions = await host.handlers["exports.predictions"]({ run_id: run.id, dataset_id: datasetId, id_columns: [] });
  const [header = "", ...lines] = readFileSync(host.downloads.resolve(predictions.download)?.path ?? "", "utf8")
    .trim()
    .split("\n");
  const names = header.split(",");
  for (const row of [0, 70, 149]) {
    const values = await valuesOf(host, datasetId, row);
    const { outputs, effects } = await host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: true });
    const cells = (lines[row] ?? "").split(",");
    expect(outputs[0]?.predicted).toEqual([cells[names.indexOf("prediction")]]);
    for (const { label, share } of outputs[0]?.shares ?? []) expect(String(share)).toBe(cells[names.indexOf(`probability_${label}`)]);
    expect(outputs[0]?.shares).toHaveLength(3);
    // Petals tell the species of an iris; every column has some effect on a softmax over all of them.
    expect(effects).toHaveLength(4);
    expect(effects.every(({ effect }) => effect > 0)).toBe(true);
  }
});

it("refuses a word where a number belongs, naming the column", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await trained(host, "softmax-regression", { epochs: 1 });
  const { columns } = await host.handlers["runs.form"]({ id: run.id });
  const [first] = columns;
  const values = { ...(await valuesOf(host, run.dataset_id ?? "", 0)), [first?.name ?? ""]: "large" };
  await expect(host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: false })).rejects.toMatchObject({
    code: "data.not_a_number",
    params: { column: first?.name, value: "large" },
  });
});
