/** What an ensemble says of new rows, as a CSV: every member prepares the rows in its own way, and the rule makes one answer. */
import { writeFile } from "node:fs/promises";
import type { Table } from "../../../core/data/table.ts";
import type { Ensemble } from "../../../core/ensembles/ensemble.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import { answerCells, answerHeader } from "./answer-cells.ts";

export async function writeEnsemblePredictions(o: {
  readonly rule: Ensemble["rule"];
  readonly runs: readonly Run[];
  readonly together: RowPredictions["together"];
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
  const rows = await o.together(asked, o.runs, o.rule);
  const lines = [[...o.idColumns, ...answerHeader(rows)]];
  for (let place = 0; place < rows.rows; place += 1) {
    const ids = o.idColumns.length === 0 ? [] : (o.idRows[rows.rowIds[place] as number] ?? []);
    lines.push([...ids.map((cell) => cell ?? ""), ...answerCells(rows, place)]);
  }
  await writeFile(o.path, `${lines.map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`);
  return rows.rows;
}
