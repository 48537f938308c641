/** Writes a table of predictions as CSV: id columns as they stood in the file, then what the model says of each row. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import { type Predictor, takesThresholds } from "../../../core/train/model.ts";
import { predictionRows, targetRows } from "../../../core/train/predictions.ts";

/** @param idRows texts of the id columns row by row, in the order of the table */
export async function writePredictions(o: {
  readonly predictor: Predictor;
  readonly table: Table;
  readonly idColumns: readonly string[];
  readonly idRows: readonly (readonly (string | null)[])[];
  readonly path: string;
  /** One column for each target, under its name, in place of predictions with their probabilities. */
  readonly asTarget?: boolean;
  /** Told of the rows that are predicted. */
  readonly onRows?: (done: number) => void;
}): Promise<number> {
  const { predictor, table, idColumns, idRows } = o;
  if (idColumns.length > 0 && idRows.length !== table.rowCount)
    throw new AppError("predict.id_rows_differ", { expected: table.rowCount, received: idRows.length });
  const part = predictor.prepare(table, false);
  const predictions = predictor.predict(part, o.onRows);
  const outputs = predictor.outputs.map(({ layer, task }) => ({
    nodeId: layer.id,
    name: layer.name,
    width: sizeOf(layer.shape),
    values: predictions[layer.id] ?? new Float32Array(0),
    ...(takesThresholds({ task }) === "none" ? {} : { task }),
  }));
  function* lines(): Generator<string, void, void> {
    let row = -1;
    for (const cells of (o.asTarget === true ? targetRows : predictionRows)(outputs, predictor.pipeline, part.rowCount)) {
      const ids = row < 0 ? idColumns : (idRows[row] ?? []).map((cell) => cell ?? "");
      yield [...ids, ...cells].map(csvCell).join(",");
      row += 1;
    }
  }
  await pipeline(Readable.from(inBlocks(lines())), createWriteStream(o.path));
  return part.rowCount;
}

/** Lines together: a write a line would take longer than making it. */
export function* inBlocks(lines: Iterable<string>): Generator<string, void, void> {
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length <= 65_536) continue;
    yield block;
    block = "";
  }
  yield block;
}
