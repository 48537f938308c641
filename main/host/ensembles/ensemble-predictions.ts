/** What an ensemble says of new rows, as a CSV: every member prepares the rows in its own way, and the rule makes one answer. */
import { writeFile } from "node:fs/promises";
import type { Table } from "../../../core/data/table.ts";
import { alignRows } from "../../../core/ensembles/align.ts";
import type { Ensemble } from "../../../core/ensembles/ensemble.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { type PredictedRows, saidWords } from "../../../core/train/predicted-rows.ts";
import { type AskMember, combined } from "./ensemble-rows.ts";

export async function writeEnsemblePredictions(o: {
  readonly rule: Ensemble["rule"];
  readonly runs: readonly Run[];
  readonly ask: AskMember;
  /** Of a run; asked one after the other, so that one model at a time is held. */
  readonly predictor: (runId: string) => Predictor;
  readonly table: (predictor: Predictor) => Promise<Table>;
  readonly idColumns: readonly string[];
  readonly idRows: readonly (readonly (string | null)[])[];
  readonly path: string;
}): Promise<number> {
  const asked: PredictedRows[] = [];
  for (const { id } of o.runs) {
    const predictor = o.predictor(id);
    asked.push(predictor.answersOf(predictor.prepare(await o.table(predictor), false)));
  }
  const { members } = alignRows(
    asked,
    o.runs.map(({ name }) => name),
  );
  const rows = await combined(o.ask, o.rule, o.runs, members, null);
  const lines = [[...o.idColumns, ...headerOf(rows)]];
  for (let place = 0; place < rows.rows; place += 1) {
    const ids = o.idColumns.length === 0 ? [] : (o.idRows[rows.rowIds[place] as number] ?? []);
    lines.push([...ids.map((cell) => cell ?? ""), ...cellsOf(rows, place)]);
  }
  await writeFile(o.path, `${lines.map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`);
  return rows.rows;
}

/** As the predictions of one run are headed. */
function headerOf({ task, labels }: PredictedRows): string[] {
  switch (task.kind) {
    case "numbers":
      return labels.length === 1 ? ["prediction"] : labels.map((label) => `prediction_${label}`);
    case "labels":
      return labels.flatMap((label) => [`prediction_${label}`, `probability_${label}`]);
    case "two_classes":
    case "classes":
      return ["prediction", ...labels.map((label) => `${task.probabilities ? "probability" : "score"}_${label}`)];
    default:
      return task.kind satisfies never;
  }
}

function cellsOf(rows: PredictedRows, place: number): string[] {
  const { task, labels, predictions } = rows;
  const said = saidWords(rows, place).map(String);
  const own = (k: number): number => predictions[place * (task.kind === "two_classes" ? 1 : task.count) + k] as number;
  switch (task.kind) {
    case "numbers":
      return said;
    case "labels":
      return labels.flatMap((label, k) => [said.includes(label) ? "1" : "0", String(own(k))]);
    case "two_classes":
      return [...said, String(task.probabilities ? 1 - own(0) : -own(0)), String(own(0))];
    case "classes":
      return [...said, ...labels.map((_, k) => String(own(k)))];
    default:
      return task.kind satisfies never;
  }
}
