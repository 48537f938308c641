/** What an ensemble says of new rows, as a CSV. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { inBlocks } from "../exports/write-predictions.ts";
import { answerCells, answerHeader } from "./answer-cells.ts";

/** @param idRows texts of the id columns, by the number of the row in the table */
export async function writeEnsemblePredictions(o: {
  readonly rows: PredictedRows;
  readonly idColumns: readonly string[];
  readonly idRows: readonly (readonly (string | null)[])[];
  readonly path: string;
}): Promise<number> {
  const { rows, idColumns, idRows } = o;
  function* lines(): Generator<string, void, void> {
    yield [...idColumns, ...answerHeader(rows)].map(csvCell).join(",");
    for (let place = 0; place < rows.rows; place += 1) {
      const ids = idColumns.length === 0 ? [] : (idRows[rows.rowIds[place] as number] ?? []);
      yield [...ids.map((cell) => cell ?? ""), ...answerCells(rows, place)].map(csvCell).join(",");
    }
  }
  await pipeline(Readable.from(inBlocks(lines())), createWriteStream(o.path));
  return rows.rows;
}
