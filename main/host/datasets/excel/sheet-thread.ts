/** The thread that reads a sheet, seen from the host: cancelled by ending it, bounded in its memory. */
import { Worker } from "node:worker_threads";
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import { prepareThreads } from "../../../engine/source-threads.ts";
import { refuseAborted } from "../duckdb.ts";
import type { ReadSheet } from "./read-workbook.ts";

export interface SheetJob {
  readonly path: string;
  readonly name: string;
  readonly sheet: string | null;
  readonly target: string;
}
export type SheetAnswer = { readonly read: ReadSheet } | { readonly error: ErrorData };

/** A sheet is held whole while it is read: a million rows of ten columns need about this much. */
const MEMORY_MEGABYTES = 3072;

/** In the source beside this file; in a build beside the entries, which chunks are a folder below. */
function workerUrl(): URL {
  if (import.meta.url.endsWith(".ts")) return new URL("./sheet.worker.ts", import.meta.url);
  return new URL(import.meta.url.includes("/chunks/") ? "../sheet.worker.js" : "./sheet.worker.js", import.meta.url);
}

/** @throws AppError data.excel_*, data.import_cancelled */
export async function readSheetInThread(job: SheetJob, signal: AbortSignal | undefined): Promise<ReadSheet> {
  refuseAborted(signal);
  const answer = await new Promise<SheetAnswer>((resolve, reject) => {
    const file = workerUrl();
    prepareThreads(file);
    const worker = new Worker(file, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES } });
    const cancel = (): void => void worker.terminate();
    signal?.addEventListener("abort", cancel, { once: true });
    worker.once("message", resolve);
    worker.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new AppError("data.excel_too_large", { file: job.name }, { cause: error }) : error,
      ),
    );
    worker.once("exit", () => {
      signal?.removeEventListener("abort", cancel);
      // Does nothing after an answer.
      reject(signal?.aborted === true ? new AppError("data.import_cancelled") : new Error("the thread that reads the sheet ended"));
    });
  });
  if ("error" in answer) throw AppError.fromData(answer.error);
  return answer.read;
}
