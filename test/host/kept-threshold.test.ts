/** A threshold kept with a run's model: the file, the predictions, the evaluation and single answers go by it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel, withThreshold } from "../../core/export/json/model-json.ts";
import { keptThreshold, pointAt, thresholdPoints } from "../../core/insight/thresholds.ts";
import { openPredictor } from "../../main/host/exports/trained-model.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { chain, node } from "../engine/design.ts";
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

  it("is one for the second of two classes of a softmax, and one a label of several", async () => {
    await using home = testHome();
    const host = await home.open();
    const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)] as const);
    const cells = rows.map(([x, y], i) => [x, y, x + y > 0.3 ? "b" : "a", Number(x > (i % 5) / 9), Number(y > 0.2), Number(x > y)].join());
    const path = join(home.path, "t.csv");
    writeFileSync(path, `x,y,kind,one,two,three\n${cells.join("\n")}\n`);
    const file = host.uploads.register(path, "t.csv");
    const { dataset } = await host.handlers["datasets.import"]({ file, name: "t.csv", import_id: "i" });
    const trained = async (targets: readonly string[], units: number, activation: string, loss: string) => {
      const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: [...targets] });
      const columns = data.columns.map((column) => {
        const role = targets.includes(column.name)
          ? ("target" as const)
          : ["x", "y"].includes(column.name)
            ? ("feature" as const)
            : ("ignored" as const);
        return { ...column, role };
      });
      const graph = chain(node("in", "input", { shape: [2] }), node("p", "dense", { units, activation }), node("out", "output", { loss }));
      const design = { ...emptyDesign("asked"), graph, data: { ...data, columns, steps: [] }, train: { epochs: 3 } };
      const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
      const run = await runUntil(host, (await startRun(host, { projectId: project.id, datasetId: dataset.id, design })).id, hasEnded);
      expect(run.error).toBeNull();
      return run.id;
    };
    const evaluated = async (id: string) => {
      const [output] = (await host.handlers["runs.evaluation"]({ id, part: "training" })).evaluation.outputs;
      if (output === undefined) throw new Error("it has an output");
      return output;
    };
    const lines = async (id: string): Promise<string[][]> => {
      const { download } = await host.handlers["exports.predictions"]({ run_id: id, dataset_id: dataset.id, id_columns: [] });
      return readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
    };
    const tried = async (id: string) =>
      (await host.handlers["runs.try"]({ id, values: { x: "0.4", y: "0.1" }, picture: null, effects: false })).outputs[0];

    const softmax = await trained(["kind"], 2, "softmax", "categorical_crossentropy");
    const before = await evaluated(softmax);
    const plain = await exported(host, softmax);
    expect(before).toMatchObject({ task: "classes", labels: ["a", "b"] });
    await host.handlers["runs.keep_threshold"]({ id: softmax, node_id: "out", threshold: 0.02 });
    expect((await lines(softmax)).every(([said, , second]) => said === (Number(second) > 0.02 ? "b" : "a"))).toBe(true);
    const after = await evaluated(softmax);
    expect(after).toMatchObject({ threshold: 0.02, curves: before.curves, calibration: before.calibration });
    expect(after.confusion?.map((line) => line[0])).toEqual([0, 0]);
    expect((await tried(softmax))?.predicted).toEqual(["b"]);
    expect(JSON.parse(await exported(host, softmax))).toMatchObject({ format_version: 2, thresholds: { out: 0.02 } });
    await expect(host.handlers["runs.keep_threshold"]({ id: softmax, node_id: "out", threshold: 0.2, label: 1 })).rejects.toMatchObject({
      code: "run.threshold_not_here",
    });
    await host.handlers["runs.keep_threshold"]({ id: softmax, node_id: "out", threshold: null });
    expect([await evaluated(softmax), await exported(host, softmax)]).toEqual([before, plain]);

    const labels = await trained(["one", "two", "three"], 3, "sigmoid", "binary_crossentropy");
    const untouched = await evaluated(labels);
    expect(untouched).toMatchObject({ task: "labels", labels: ["one", "two", "three"] });
    await host.handlers["runs.keep_threshold"]({ id: labels, node_id: "out", threshold: 0.01, label: 0 });
    await host.handlers["runs.keep_threshold"]({ id: labels, node_id: "out", threshold: 0.99, label: 2 });
    const kept = [0.01, 0.5, 0.99];
    expect(JSON.parse(await exported(host, labels))).toMatchObject({ format_version: 2, thresholds: { out: kept } });
    for (const line of await lines(labels))
      kept.forEach((threshold, k) => void expect(line[2 * k]).toBe(Number(line[2 * k + 1]) > threshold ? "1" : "0"));
    const judged = await evaluated(labels);
    expect(judged.label_thresholds).toEqual(kept);
    expect(judged.classes.map(({ figures }) => figures["recall"])).toEqual([1, untouched.classes[1]?.figures["recall"], 0]);
    const one = await tried(labels);
    expect(one?.predicted).toEqual(one?.shares.flatMap(({ label, share }, k) => (share > (kept[k] ?? 2) ? [label] : [])));
    expect(one?.predicted).toContain("one");
    // The rows behind an evaluation and the slices go by it too.
    const { rows: worst } = await host.handlers["runs.examples"]({
      id: labels,
      part: "training",
      node_id: null,
      actual: null,
      predicted: null,
      count: 500,
    });
    expect(worst.every(({ predicted }) => predicted.includes("one") && !predicted.includes("three"))).toBe(true);
    const forged = withThreshold(readModel(await exported(host, labels)), "out", [0.5, 0.5]);
    expect(() => openPredictor(readModel(forged))).toThrow("model.threshold_misfit");
    for (const label of [0, 2]) await host.handlers["runs.keep_threshold"]({ id: labels, node_id: "out", threshold: null, label });
    expect(await evaluated(labels)).toEqual(untouched);
  });
});
