/** "Try it" through the whole host: a value typed is read as a line of a file would be, to the bit. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { proposeNetworks } from "../../core/proposals/propose-networks.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
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

it("takes a picture file as the network sees it, and says what is no picture", async () => {
  await using home = testHome();
  const host = await home.open();
  const folder = join(home.path, "pictures");
  for (const [place, name] of ["dark", "light"].entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let k = 0; k < 12; k += 1) await painted(join(folder, name, `${k}.png`), 20, [place * 200 + k, place * 200, 40]);
  }
  const { columns: profiled, dataset } = await host.handlers["datasets.import"]({ file: folder, name: "pictures", import_id: "p" });
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: [] });
  const layout = await host.handlers["datasets.layout"]({ id: dataset.id, design: { ...emptyDesign("asked"), data } });
  const { features, class_count: classCount, training_rows: trainingRows } = layout;
  const [proposal] = proposeNetworks({ data, features, classCount, trainingRows, columns: profiled, rowCount: 24 });
  if (proposal === undefined) throw new Error("pictures have proposals");
  const design = { ...proposal.design, train: { ...proposal.design.train, epochs: 1 } };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  const run = await runUntil(host, (await startRun(host, { projectId: project.id, datasetId: dataset.id, design })).id, hasEnded);
  const id = run.id;

  // Three times as large: brought to the size of those that were learnt from, in colour.
  const file = join(home.path, "large.png");
  await painted(file, 60, [203, 200, 40]);
  const seen = await host.handlers["runs.picture"]({ id, file });
  expect(seen).toMatchObject({ height: 20, width: 20, channels: 3 });
  expect([...Buffer.from(seen.pixels, "base64").subarray(0, 6)]).toEqual([203, 200, 40, 203, 200, 40]);
  const ask = async (pixels: string) =>
    (await host.handlers["runs.try"]({ id, values: {}, picture: { pixels }, effects: false })).outputs[0];
  const predictions = await host.handlers["exports.predictions"]({ run_id: id, dataset_id: dataset.id, id_columns: ["file"] });
  const lines = readFileSync(host.downloads.resolve(predictions.download)?.path ?? "", "utf8").split("\n");
  const same = lines.find((line) => line.startsWith("light/3.png,"))?.split(",") ?? [];
  const answer = await ask(seen.pixels);
  expect(answer?.predicted).toEqual([same[1]]);
  expect(answer?.shares.map(({ share }) => String(share))).toEqual(same.slice(2));
  await expect(ask("AAAA")).rejects.toMatchObject({ code: "run.try_picture_size" });
  const words = join(home.path, "words.png");
  writeFileSync(words, "no picture");
  await expect(host.handlers["runs.picture"]({ id, file: words })).rejects.toMatchObject({ code: "run.try_picture_unreadable" });
});

async function painted(path: string, side: number, [r = 0, g = 0, b = 0]: readonly number[]): Promise<void> {
  await sharp({ create: { width: side, height: side, channels: 3, background: { r, g, b } } })
    .png()
    .toFile(path);
}
