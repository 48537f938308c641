/**
 * What models say of all rows of a part: one model, or the members of an ensemble, in one worker. They are asked one after the other,
 * each with all threads; the table is read once as long as they need the same columns.
 */
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import type { TableSource } from "./messages.ts";
import { type AskedPart, type OpenPart, openPart } from "./open-part.ts";
import type { StoredColumns } from "./rows-task.ts";

export interface PredictionTask {
  readonly kind: "predict_rows";
  readonly table: TableSource;
  readonly threads: number;
  /** Each of one output (`nodeId` null: the first). */
  readonly asked: readonly (AskedPart & { readonly nodeId: string | null })[];
}

export interface PredictedPart extends Pick<OpenPart, "bag"> {
  /** Null where the part has no rows. */
  readonly rows: PredictedRows | null;
}

interface PartsSurroundings {
  readonly loadTable: (reads: StoredColumns) => Promise<Table>;
  readonly openBackend: (arithmetic: "fast" | "reproducible", threads: number) => KernelBackend & { close?(): void };
  /** Tells of a share of the whole, 0 to 1; `isDone` where a model has answered. */
  readonly onShare: (share: number, isDone: boolean) => void;
}

/** In the order of the questions. @throws AppError run.no_test_rows, model.*, data.* */
export async function predictParts({ asked, table, threads }: PredictionTask, around: PartsSurroundings): Promise<PredictedPart[]> {
  const parts: PredictedPart[] = [];
  // The last one only: tables are large.
  const read = new Map<string, Promise<Table>>();
  for (const [place, question] of asked.entries()) {
    const wanted = columnsToRead(question.design.data);
    const columns = JSON.stringify(wanted);
    if (!read.has(columns)) {
      read.clear();
      read.set(columns, around.loadTable({ path: table.path, columns: wanted }));
    }
    const rows = (await read.get(columns)) as Table;
    const opened: { close?(): void }[] = [];
    const { predictor, part, bag } = openPart(question, rows, (arithmetic) => {
      const backend = around.openBackend(arithmetic, threads);
      opened.push(backend);
      return backend;
    });
    const onRows = (done: number): void => around.onShare((place + done / Math.max(1, part.rowCount)) / asked.length, false);
    parts.push({ rows: predictor.rowsOf(part, question.nodeId, onRows), bag });
    // Its threads and its memory are not kept for the next.
    for (const backend of opened) backend.close?.();
    around.onShare((place + 1) / asked.length, true);
  }
  return parts;
}
