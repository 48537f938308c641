/** Writes a table of predictions as CSV: id columns as they stood in the file, then what the model says of each row. */
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PreparedPart } from "../../../core/data/prepared.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import { type Predictor, takesThresholds } from "../../../core/train/model.ts";
import { predictionRows, targetRows } from "../../../core/train/predictions.ts";

/** Texts of the id columns of these rows of the table, in their order. */
export type ReadIds = (rows: Uint32Array) => Promise<readonly (readonly (string | null)[])[]>;

/** Rows whose ids are held at a time. */
const ROWS_AT_A_TIME = 1 << 16;

/** @returns rows that were written: of a series those that have a whole window */
export async function writePredictions(o: {
  readonly predictor: Predictor;
  readonly part: PreparedPart;
  readonly idColumns: readonly string[];
  readonly readIds: ReadIds;
  readonly path: string;
  /** One column for each target, under its name, in place of predictions with their probabilities. */
  readonly asTarget?: boolean;
  /** Told of the rows that are predicted. */
  readonly onRows?: (done: number) => void;
}): Promise<number> {
  const { part, idColumns, readIds, path } = o;
  const cells = cellsOf(o);
  const next = (): readonly string[] => cells.next().value ?? [];
  await writeBesideIds({ header: next(), cellsOf: next, rowIds: part.rowIds, idColumns, readIds, path });
  return part.rowCount;
}

/** Header and rows: they are predicted as they are written, so that few are held. */
function* cellsOf({ predictor, part, asTarget, onRows }: Omit<Parameters<typeof writePredictions>[0], "path">) {
  const rowsOf = (predictions: Readonly<Record<string, Float32Array>>, count: number) => {
    const outputs = predictor.outputs.map(({ layer, task }) => ({
      nodeId: layer.id,
      name: layer.name,
      width: sizeOf(layer.shape),
      values: predictions[layer.id] ?? new Float32Array(0),
      ...(takesThresholds({ task }) === "none" ? {} : { task }),
    }));
    return (asTarget === true ? targetRows : predictionRows)(outputs, predictor.pipeline, count);
  };
  yield rowsOf({}, 0).next().value ?? [];
  for (const { from, count, predictions } of predictor.predictInTurn(part)) {
    const rows = rowsOf(predictions, count);
    rows.next();
    yield* rows;
    onRows?.(from + count);
  }
}

/** A line a row: its ids as they stand in the table, then cells, which are asked for from the first to the last. */
export async function writeBesideIds(o: {
  readonly header: readonly string[];
  readonly cellsOf: (place: number) => readonly string[];
  /** Rows of the table that the lines are of. */
  readonly rowIds: Uint32Array;
  readonly idColumns: readonly string[];
  readonly readIds: ReadIds;
  readonly path: string;
}): Promise<void> {
  const { header, cellsOf, rowIds, idColumns, readIds, path } = o;
  const line = (ids: readonly (string | null)[], cells: readonly string[]): string =>
    [...ids, ...cells].map((cell) => csvCell(cell ?? "")).join(",");
  async function* blocks(): AsyncGenerator<string, void, void> {
    yield `${line(idColumns, header)}\n`;
    for (let from = 0; from < rowIds.length; from += ROWS_AT_A_TIME) {
      const rows = rowIds.subarray(from, from + ROWS_AT_A_TIME);
      const ids = idColumns.length === 0 ? [] : await readIds(rows);
      function* lines(): Generator<string, void, void> {
        for (let i = 0; i < rows.length; i++) yield line(ids[i] ?? [], cellsOf(from + i));
      }
      yield* inBlocks(lines());
    }
  }
  const file = createWriteStream(path);
  try {
    await pipeline(Readable.from(blocks()), file);
  } catch (thrown) {
    // Half a file would look like a whole one.
    if (file.bytesWritten > 0) await rm(path, { force: true });
    throw thrown;
  }
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
  if (block !== "") yield block;
}
