/** What an ensemble says of new rows, and members of the rows that they did not draw, as a CSV. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { inBlocks, type ReadIds, writeBesideIds } from "../exports/write-predictions.ts";
import { actualCells, actualHeader, answerCells, answerHeader } from "./answer-cells.ts";

export async function writeEnsemblePredictions(o: {
  readonly rows: PredictedRows;
  readonly idColumns: readonly string[];
  readonly readIds: ReadIds;
  readonly path: string;
}): Promise<number> {
  const { rows, idColumns, readIds, path } = o;
  const cellsOf = (place: number): readonly string[] => answerCells(rows, place);
  await writeBesideIds({ header: answerHeader(rows), cellsOf, rowIds: rows.rowIds, idColumns, readIds, path });
  return rows.rows;
}

/**
 * What members say of the rows that they did not draw: the row of the data (from 1), what is so, their answer, and how many they are.
 * @param target name of the column that is predicted, where it is one
 * @returns rows written; of a sequence one a step
 */
export async function writeOutOfBag(o: {
  readonly rows: PredictedRows;
  readonly judges: ArrayLike<number>;
  readonly target: string;
  readonly path: string;
}): Promise<number> {
  const { rows, judges, target } = o;
  function* lines(): Generator<string, void, void> {
    yield ["row", ...actualHeader(rows, target), ...answerHeader(rows), "members"].map(csvCell).join(",");
    for (let place = 0; place < rows.rows; place += 1) {
      const row = (rows.rowIds[place] as number) + 1;
      yield [String(row), ...actualCells(rows, place), ...answerCells(rows, place), String(judges[place])].map(csvCell).join(",");
    }
  }
  await pipeline(Readable.from(inBlocks(lines())), createWriteStream(o.path));
  return rows.rows;
}
