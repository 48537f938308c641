/**
 * What models say of all rows of a part: one model, or the members of an ensemble, in one worker. They are asked one after the other,
 * each with all threads; the table is read once as long as they need the same columns.
 */
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import type { TableSource } from "./messages.ts";
import { type AskedPart, type OpenPart, PartOpener, type PartSurroundings } from "./open-part.ts";

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

interface Surroundings extends PartSurroundings {
  /** Tells of a share of the whole, 0 to 1; `isDone` where a model has answered. */
  readonly onShare: (share: number, isDone: boolean) => void;
}

/** In the order of the questions. @throws AppError run.no_test_rows, model.*, data.* */
export async function predictParts({ asked, table, threads }: PredictionTask, around: Surroundings): Promise<PredictedPart[]> {
  const parts: PredictedPart[] = [];
  const opener = new PartOpener(table.path, threads, around);
  try {
    for (const [place, question] of asked.entries()) {
      const { predictor, part, bag } = await opener.open(question);
      const onRows = (done: number): void => around.onShare((place + done / Math.max(1, part.rowCount)) / asked.length, false);
      parts.push({ rows: predictor.rowsOf(part, question.nodeId, onRows), bag });
      around.onShare((place + 1) / asked.length, true);
    }
    return parts;
  } finally {
    await opener.close();
  }
}
