/** neuroloom evaluate, predict and export: what is done with a trained model. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import { countChoices } from "../../core/graph/row-choices.ts";
import type { EvaluatedOutput } from "../../core/train/evaluation.ts";
import { writeModelFile } from "../host/exports/write-model.ts";
import { writePredictions } from "../host/exports/write-predictions.ts";
import { besideRows, besideText, withBeside } from "./beside.ts";
import { type GivenRows, withModelRows } from "./model-rows.ts";
import { EXIT, type Output } from "./output.ts";
import { readText } from "./read-files.ts";
import { withHost } from "./train.ts";
import { noteVerdicts, verdictsOnOutputs } from "./verdicts.ts";

export function evaluate(model: ModelFile, given: GivenRows, output: Output): Promise<number> {
  return withModelRows(model, given, { ids: [], withTargets: true }, async ({ predictor, part }) => {
    const { rows, loss, outputs } = predictor.evaluate(part);
    const several = outputs.length > 1;
    for (const found of outputs)
      output.result({ event: "evaluation", ...found }, several ? `${found.name}\n${outputText(found)}` : outputText(found));
    const metrics = Object.fromEntries(
      outputs.flatMap(({ name, figures }) =>
        Object.entries(figures).map(([figure, value]) => [several ? `${name}_${figure}` : figure, value]),
      ),
    );
    const baselines = await besideRows(predictor, part, { rows, loss, outputs }, output);
    const verdicts = verdictsOnOutputs(model.design, withBeside(outputs, baselines));
    noteVerdicts(verdicts, output);
    output.result(
      { event: "done", rows, ...leftOutOf(part), loss, metrics, ...(baselines === null ? {} : { baselines }), verdicts },
      `${rows} rows${leftOutText(part)}\nloss ${loss ?? "–"}${besideText(baselines)}`,
    );
    return EXIT.ok;
  });
}

/** What does not count: rows that have no place in a series, links to nodes that a graph does not have. */
const leftOutOf = ({ undatedRows, graphRows }: PreparedPart): { readonly undated_rows?: number; readonly unknown_links?: number } => ({
  ...(undatedRows === undefined ? {} : { undated_rows: undatedRows }),
  ...(graphRows?.unknownLinks === undefined ? {} : { unknown_links: graphRows.unknownLinks }),
});
const leftOutText = ({ undatedRows, graphRows }: PreparedPart): string =>
  [
    undatedRows === undefined ? "" : `; ${undatedRows} without a time left out`,
    graphRows?.unknownLinks === undefined ? "" : `; links to nodes that the graph does not have, left out: ${graphRows.unknownLinks}`,
  ].join("");

/** Figures, one a line, and the confusion matrix with the names of its classes. */
function outputText({ figures, confusion, labels, threshold }: EvaluatedOutput): string {
  const decided = threshold === undefined ? [] : [`threshold ${threshold} (kept with the model)`];
  const own = Object.entries(figures).map(([name, value]) => `${name} ${value ?? "–"}`);
  const lines = [...decided, ...own];
  if (confusion === null) return lines.join("\n");
  const width = Math.max(8, ...labels.map((label) => label.length)) + 1;
  const row = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(width)).join("");
  return [...lines, "true \\ predicted", row(["", ...labels]), ...confusion.map((line, k) => row([labels[k] ?? "", ...line]))].join("\n");
}

export function predict(
  model: ModelFile,
  { out, ids, asTarget, ...given }: GivenRows & { readonly out: string; readonly ids: readonly string[]; readonly asTarget: boolean },
  output: Output,
): Promise<number> {
  return withModelRows(model, given, { ids, withTargets: false }, async ({ predictor, part, readIds }) => {
    const rows = await writePredictions({ predictor, part, idColumns: ids, readIds, path: out, asTarget });
    output.result({ event: "done", rows, ...leftOutOf(part), out }, `${rows} rows written to ${out}${leftOutText(part)}`);
    return EXIT.ok;
  });
}

/** @param source id of a run in the library, or a folder made with --out */
export async function exportModel(
  source: string,
  o: { readonly out: string; readonly plainArrays: boolean },
  output: Output,
): Promise<number> {
  const model = readModel(isFolder(source) ? readText(join(source, "model.json")) : await modelOfRun(source));
  const { sizeBytes, comparedRows, largestDifference } = writeModelFile(model, o.out, o.plainArrays);
  const { excluded, relabelled } = countChoices(model.design.data);
  const chosen = excluded + relabelled === 0 ? "" : `; trained with ${excluded} rows left out and ${relabelled} labels put right by hand`;
  output.result(
    {
      event: "done",
      out: o.out,
      size_bytes: sizeBytes,
      compared_rows: comparedRows,
      largest_difference: largestDifference,
      excluded_rows: excluded,
      relabelled_rows: relabelled,
    },
    `${o.out}: ${sizeBytes} bytes; read back, ${comparedRows} rows predicted, largest difference ${largestDifference}${chosen}`,
  );
  return EXIT.ok;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

async function modelOfRun(id: string): Promise<string> {
  return withHost(async (host) => {
    const { runs } = await host.handlers["runs.list"]({ project_id: null });
    const run = runs.find((one) => one.id === id || one.id.startsWith(id));
    if (run === undefined) throw new AppError("run.unknown", { run: id });
    const exported = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
    const file = host.downloads.resolve(exported.download);
    if (file === null) throw new Error("the exported model is gone");
    return readText(file.path);
  });
}
