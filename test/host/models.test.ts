/** Trained models out and back in: exported, damaged in every way, imported, and predicting the same bits everywhere. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel, writeModel } from "../../core/export/json/model-json.ts";
import { openPredictor } from "../../main/host/exports/trained-model.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const CLI = join(import.meta.dirname, "../../main/cli/neuroloom.mjs");

async function trained(host: OpenedHost, template: string): Promise<{ runId: string; datasetId: string }> {
  const opened = await openTemplate(host, template, { epochs: 5 });
  const run = await startRun(host, opened);
  expect((await runUntil(host, run.id, hasEnded)).error).toBeNull();
  return { runId: run.id, datasetId: opened.datasetId };
}

async function exported(host: OpenedHost, runId: string, plainArrays: boolean): Promise<string> {
  const { download, compared_rows, largest_difference } = await host.handlers["exports.model"]({
    run_id: runId,
    format: "json",
    plain_arrays: plainArrays,
  });
  expect(compared_rows).toBe(16);
  expect(largest_difference).toBe(0);
  return readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

/** The model with something changed and a checksum that fits again. */
function rewritten(text: string, change: (model: ModelFile) => void): string {
  const model = JSON.parse(text) as ModelFile;
  change(model);
  const { checksum: _checksum, format: _format, format_version: _version, ...rest } = model;
  return writeModel(rest);
}

describe("a model file", () => {
  let text = "";
  beforeAll(async () => {
    await using home = testHome();
    const host = await home.open();
    text = await exported(host, (await trained(host, "xor")).runId, false);
  });

  it("reads back whole", () => {
    expect(readModel(text).weights.map((weight) => weight.name)).toEqual(["hidden/kernel", "hidden/bias", "class/kernel", "class/bias"]);
  });

  it("is refused when it is cut off anywhere", () => {
    for (const share of [0.1, 0.5, 0.99])
      expect(codeOf(() => readModel(text.slice(0, Math.floor(text.length * share))))).toBe("model.cut_off");
  });

  it("is refused when a digit of it was changed", () => {
    expect(codeOf(() => readModel(text.replace('"learning_rate":0.03', '"learning_rate":0.04')))).toBe("model.altered");
    const at = text.indexOf('"data":"') + 20;
    const other = text[at] === "A" ? "B" : "A";
    expect(codeOf(() => readModel(text.slice(0, at) + other + text.slice(at + 1)))).toBe("model.altered");
  });

  it("is refused when it is of a newer version, of another format, or not JSON", () => {
    expect(codeOf(() => readModel(text.replace('"format_version":1,"engine', '"format_version":3,"engine')))).toBe("model.newer_version");
    expect(codeOf(() => readModel('{"format":"layers-model"}'))).toBe("model.not_a_model");
    expect(codeOf(() => readModel("a,b\n1,2\n"))).toBe("model.not_a_model");
    expect(codeOf(() => readModel("[]"))).toBe("model.not_a_model");
  });

  it("is refused when a weight is NaN, missing, or of the wrong size", () => {
    const nan = rewritten(text, (model) => {
      const [weight] = model.weights;
      if (weight !== undefined)
        weight.values = { encoding: "base64", data: Buffer.from(new Float32Array(16).fill(Number.NaN).buffer).toString("base64") };
    });
    expect(codeOf(() => readModel(nan))).toBe("model.weights_not_finite");
    const short = rewritten(text, (model) => {
      const [weight] = model.weights;
      if (weight !== undefined) weight.values = { encoding: "array", data: [1, 2, 3] };
    });
    expect(codeOf(() => readModel(short))).toBe("model.weights_wrong_size");
    const without = readModel(rewritten(text, (model) => model.weights.pop()));
    expect(codeOf(() => openPredictor(without))).toBe("model.weights_missing");
  });

  it("is noticed to be wrong by its own check when a weight was exchanged and the checksum made to fit", () => {
    const forged = readModel(
      rewritten(text, (model) => {
        const bias = model.weights.find((weight) => weight.name === "class/bias");
        if (bias !== undefined) bias.values = { encoding: "array", data: [5] };
      }),
    );
    expect(openPredictor(forged).check().largestDifference).toBeGreaterThan(0.01);
  });
});

describe("predictions", () => {
  it("of the command line on the exported file have the same bits as the app's, for every row", async () => {
    await using home = testHome();
    const host = await home.open();
    for (const template of ["digits", "sum-of-sigmoids"]) {
      const { runId, datasetId } = await trained(host, template);
      const inApp = await host.handlers["exports.predictions"]({ run_id: runId, dataset_id: datasetId, id_columns: [] });
      const expected = readFileSync(host.downloads.resolve(inApp.download)?.path ?? "", "utf8");
      const asked = { run_id: runId, dataset_id: datasetId, id_columns: [], as_target: true };
      const submission = host.downloads.resolve((await host.handlers["exports.predictions"](asked)).download);
      const { design } = await host.handlers["runs.get"]({ id: runId });
      const answers = readFileSync(submission?.path ?? "", "utf8").split("\n");
      expect(answers[0]).toBe(design.data?.columns.find(({ role }) => role === "target")?.name);
      expect(answers).toHaveLength(expected.split("\n").length);
      const { columns, rows } = await host.handlers["datasets.preview"]({ id: datasetId, offset: 0, count: 1000 });
      const csv = join(home.path, "rows.csv");
      writeFileSync(csv, [columns, ...rows].map((row) => row.join(",")).join("\n"));
      for (const plain of [false, true]) {
        const model = join(home.path, `${template}-${plain}.json`);
        writeFileSync(model, await exported(host, runId, plain));
        const out = join(home.path, "predictions.csv");
        execFileSync(process.execPath, [CLI, "predict", model, "--data", csv, "--out", out], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "pipe"],
        });
        const found = readFileSync(out, "utf8").trimEnd().split("\n");
        expect(found).toEqual(expected.split("\n").slice(0, found.length));
        expect(found.length).toBe(rows.length + 1);
      }
    }
  });

  it("of one row are the same bits as among others", async () => {
    await using home = testHome();
    const host = await home.open();
    const { runId } = await trained(host, "softmax-regression");
    const predictor = openPredictor(readModel(await exported(host, runId, false)));
    const table = (rows: number[][]) => ({
      rowCount: rows.length,
      rowIds: Uint32Array.from(rows, (_, i) => i),
      columns: predictor.pipeline.features.map((group, k) => ({
        kind: "number" as const,
        name: group.column,
        values: Float64Array.from(rows, (row) => row[k] ?? 0),
      })),
    });
    const many = [
      [5.1, 3.5, 1.4, 0.2],
      [6.3, 3.3, 6, 2.5],
      [5.5, 2.6, 4.4, 1.2],
    ];
    const together = Object.values(predictor.predict(predictor.prepare(table(many), false)))[0];
    many.forEach((row, i) => {
      const alone = Object.values(predictor.predict(predictor.prepare(table([row]), false)))[0];
      expect(alone).toEqual(together?.slice(i * 3, i * 3 + 3));
    });
  });
});

describe("importing", () => {
  it("a model gives an editable design and a run that predicts the same", async () => {
    await using home = testHome();
    const host = await home.open();
    const { runId } = await trained(host, "digits");
    const file = join(home.path, "digits.model.json");
    writeFileSync(file, await exported(host, runId, true));
    const { project } = await host.handlers["models.import"]({ file, name: "digits.model.json" });
    const { design } = await host.handlers["projects.open"]({ id: project.id });
    expect(design.graph.nodes.map((node) => node.name)).toContain("hidden_1");
    const { runs } = await host.handlers["runs.list"]({ project_id: project.id });
    expect(runs).toMatchObject([{ status: "done", has_model: true }]);
    expect(readModel(await exported(host, runs[0]?.id ?? "", false)).weights).toEqual(
      readModel(await exported(host, runId, false)).weights,
    );
  });

  it("a design file opens as a project, and what is neither is refused", async () => {
    await using home = testHome();
    const host = await home.open();
    const { project } = await host.handlers["models.import"]({
      file: join(import.meta.dirname, "../../resources/templates/xor.json"),
      name: "xor.json",
    });
    expect(project.name).toBe("Exclusive or");
    expect(project.dataset_id, "built-in data come along").not.toBeNull();
    const newer = join(home.path, "newer.json");
    const xor = readFileSync(join(import.meta.dirname, "../../resources/templates/xor.json"), "utf8");
    writeFileSync(newer, xor.replace('"name": "xor"', '"name": "set_of_a_newer_version"'));
    const opened = await host.handlers["models.import"]({ file: newer, name: "newer.json" });
    expect(opened.project.dataset_id).toBeNull();
    const other = join(home.path, "other.json");
    writeFileSync(other, '{"hello": 1}');
    await expect(host.handlers["models.import"]({ file: other, name: "other.json" })).rejects.toMatchObject({
      code: "import.neither_known",
    });
  });
});
