/** Models asked about a part of the rows of one table: as many in one worker as fit there, the table is read once. */
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { AskedPart } from "../../engine/open-part.ts";
import type { PredictedPart } from "../../engine/predict-parts.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import { type RowsWatch, stretchOf, taskOptions } from "./watched-questions.ts";

/** Bytes of model files that are held at a time; a larger one is asked alone. */
const MOST_BYTES = 64_000_000;

export interface PartQuestion {
  /** Reads the model file. */
  readonly model: () => Promise<Uint8Array>;
  readonly design: DesignDocument;
  readonly part: AskedPart["part"];
  /** The first output when null. */
  readonly nodeId: string | null;
}

interface AskedTable {
  readonly startTask: StartTask;
  /** Of the stored table. */
  readonly path: string;
  readonly threads: number;
}

/** In the order of the questions. @throws AppError run.no_test_rows, run.evaluation_cancelled, data.* */
export async function askParts(
  { startTask, path, threads }: AskedTable,
  questions: readonly PartQuestion[],
  watch: RowsWatch,
): Promise<PredictedPart[]> {
  const parts: PredictedPart[] = [];
  for await (const [from, files] of filesInBatches(questions.map(({ model }) => model))) {
    const asked = questions.slice(from, from + files.length).map(({ design, part, nodeId }, place) => ({
      model: files[place] as Uint8Array,
      design,
      part,
      nodeId,
    }));
    const own = stretchOf(watch, from / questions.length, (from + files.length) / questions.length);
    own.onProgress?.(0);
    const answer = await startTask({ kind: "predict_rows", table: { path }, threads, asked }, taskOptions(own));
    parts.push(...answered(answer, "predicted_parts").parts);
  }
  return parts;
}

/** Files in their order, as many at a time as may be held, each batch with the place of its first. */
export async function* filesInBatches(
  reads: readonly (() => Promise<Uint8Array>)[],
): AsyncGenerator<readonly [number, readonly Uint8Array[]], void> {
  let from = 0;
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for (const read of reads) {
    const file = await read();
    if (batch.length > 0 && bytes + file.length > MOST_BYTES) {
      yield [from, batch];
      from += batch.length;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.length;
  }
  if (batch.length > 0) yield [from, batch];
}
