/** What an ensemble says of new rows, as a CSV: every member prepares the rows in its own way, and the rule makes one answer. */
import { writeFile } from "node:fs/promises";
import type { Table } from "../../../core/data/table.ts";
import { alignRows } from "../../../core/ensembles/align.ts";
import type { Ensemble } from "../../../core/ensembles/ensemble.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { answerCells, answerHeader } from "./answer-cells.ts";
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
  const lines = [[...o.idColumns, ...answerHeader(rows)]];
  for (let place = 0; place < rows.rows; place += 1) {
    const ids = o.idColumns.length === 0 ? [] : (o.idRows[rows.rowIds[place] as number] ?? []);
    lines.push([...ids.map((cell) => cell ?? ""), ...answerCells(rows, place)]);
  }
  await writeFile(o.path, `${lines.map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`);
  return rows.rows;
}
