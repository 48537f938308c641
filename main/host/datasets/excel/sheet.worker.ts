/** Reads a sheet in a thread of its own: unpacking and parsing a large workbook takes seconds in which the host must answer. */
import { parentPort, workerData } from "node:worker_threads";
import { errorData } from "../../../../core/errors.ts";
import { fileError } from "../file-errors.ts";
import { readWorkbook } from "./read-workbook.ts";
import type { SheetAnswer, SheetJob } from "./sheet-thread.ts";

if (parentPort === null) throw new Error("sheet.worker.ts runs in a worker thread only");
const { path, name, sheet, target } = workerData as SheetJob;
const answer: SheetAnswer = await readWorkbook(path, name, sheet, target).then(
  (read) => ({ read }),
  (error: unknown) => ({ error: errorData(fileError(error, name)) }),
);
parentPort.postMessage(answer);
