/** A threshold kept with a run's model: the file, the predictions, the evaluation and single answers go by it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readModel, withThreshold } from "../../core/export/json/model-json.ts";
import { keptThreshold, pointAt, thresholdPoints } from "../../core/insight/thresholds.ts";
import { openPredictor } from "../../main/host/exports/trained-model.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function exported(host: OpenedHost, id: string): Promise<string> {
  const { download } = await host.handlers["exports.model"]({ run_id: id, format: "json", plain_arrays: false });
  return readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
}

describe("a threshold kept with the model of a run", () => {
  it("is what its file, its predictions, its evaluation and single answers go by, until it is taken back", async () => {
    await using home = testHome();
    const host = await home.open();
    const { run: started } = { run: await startRun(host, await openTemplate(host, "xor", { epochs: 8 })) };
    const run = await runUntil(host, started.id, hasEnded);
    const evaluate = async () => (await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" })).evaluation.outputs[0];
    const before = await evaluate();
    const plain = await exported(host, run.id);
    if (before === undefined) throw new Error("the template has an output");
    expect(JSON.parse(plain)).toMatchObject({ format_version: 1 });
    expect(before.threshold).toBeUndefined();

    // A point of the curve that finds everybody: the figures become those that the slider shows.
    const roc = before.curves.find(({ kind }) => kind === "roc");
    const yes = before.classes[1]?.support ?? 0;
    if (roc === undefined) throw new Error("two classes have a curve");
    const points = thresholdPoints(roc, yes, before.weight - yes);
    const place = points.findIndex(({ falseNegatives }) => falseNegatives < 0.5);
    const point = points[place];
    if (point === undefined) throw new Error("the last point finds all");
    const kept = keptThreshold(point);
    expect(pointAt(points, kept)).toBe(place);
    await host.handlers["runs.keep_threshold"]({ id: run.id, node_id: before.node_id, threshold: kept });
    const after = await evaluate();
    expect(after).toMatchObject({ threshold: kept, figures: { recall: 1 } });
    expect(after?.confusion?.map((line) => line.map(Math.round))).toEqual([
      [Math.round(point.trueNegatives), Math.round(point.falsePositives)],
      [Math.round(point.falseNegatives), Math.round(point.truePositives)],
    ]);
    expect(after?.loss).toBe(before.loss);

    const text = await exported(host, run.id);
    expect(JSON.parse(text)).toMatchObject({ format_version: 2, thresholds: { [before.node_id]: kept } });
    expect(readModel(text).weights).toEqual(readModel(plain).weights);
    const { download } = await host.handlers["exports.predictions"]({ run_id: run.id, dataset_id: run.dataset_id ?? "", id_columns: [] });
    const [, ...lines] = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
      .trim()
      .split("\n");
    for (const line of lines) {
      const [said, , probability] = line.split(",");
      expect(said).toBe(Number(probability) > kept ? before.labels[1] : before.labels[0]);
    }
    const { columns, rows } = await host.handlers["datasets.preview"]({ id: run.dataset_id ?? "", offset: 0, count: 40 });
    for (const row of rows) {
      const values = Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]));
      const { outputs } = await host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: false });
      const share = outputs[0]?.shares[1]?.share ?? Number.NaN;
      expect(outputs[0]?.predicted).toEqual([before.labels[share > kept ? 1 : 0]]);
    }

    await host.handlers["runs.keep_threshold"]({ id: run.id, node_id: before.node_id, threshold: null });
    expect(await evaluate()).toEqual(before);
    expect(await exported(host, run.id)).toBe(plain);
  });

  it("is refused where no single probability decides, in the window and in a file", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "softmax-regression", { epochs: 1 }))).id, hasEnded);
    const [output] = (await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" })).evaluation.outputs;
    const node_id = output?.node_id ?? "";
    await expect(host.handlers["runs.keep_threshold"]({ id: run.id, node_id, threshold: 0.2 })).rejects.toMatchObject({
      code: "run.threshold_not_here",
    });
    const forged = withThreshold(readModel(await exported(host, run.id)), node_id, 0.2);
    expect(() => openPredictor(readModel(forged))).toThrow("model.threshold_misfit");
  });
});
