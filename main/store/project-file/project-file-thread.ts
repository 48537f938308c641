/** The thread that writes or reads a project file or a backup, seen from the host: its progress, and how it is stopped between two pieces. */
import { Worker } from "node:worker_threads";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import { prepareThreads } from "../../engine/source-threads.ts";
import type { StagedRestore, StageJob } from "../backup/stage-restore.ts";
import type { BackupJob, WrittenBackup } from "../backup/write-backup.ts";
import type { ReadJob, TakenProject } from "./read-project-file.ts";
import type { WriteJob, WrittenFile } from "./write-project-file.ts";

export type FileTask =
  | { readonly kind: "write"; readonly job: WriteJob }
  | { readonly kind: "read"; readonly job: ReadJob }
  | { readonly kind: "back up"; readonly job: BackupJob }
  | { readonly kind: "stage"; readonly job: StageJob };
export type FileAnswer =
  | { readonly done: number; readonly total: number }
  | { readonly written: WrittenFile }
  | { readonly taken: TakenProject }
  | { readonly backedUp: WrittenBackup }
  | { readonly staged: StagedRestore }
  | { readonly error: ErrorData };

export interface ThreadWatch {
  /** Bytes of all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** In the source beside this file; in a build beside the entries, which chunks are a folder below. */
function workerUrl(): URL {
  if (import.meta.url.endsWith(".ts")) return new URL("./project-file.worker.ts", import.meta.url);
  return new URL(import.meta.url.includes("/chunks/") ? "../project-file.worker.js" : "./project-file.worker.js", import.meta.url);
}

/** @throws AppError as writeProjectFile */
export async function writeInThread(job: WriteJob, watch: ThreadWatch = {}): Promise<WrittenFile> {
  const answer = await inThread({ kind: "write", job }, watch);
  if (!("written" in answer)) throw new Error("the thread that writes project files answered something else");
  return answer.written;
}

/** @throws AppError as readProjectFile */
export async function readInThread(job: ReadJob, watch: ThreadWatch = {}): Promise<TakenProject> {
  const answer = await inThread({ kind: "read", job }, watch);
  if (!("taken" in answer)) throw new Error("the thread that reads project files answered something else");
  return answer.taken;
}

/** @throws AppError as writeBackup */
export async function backUpInThread(job: BackupJob, watch: ThreadWatch = {}): Promise<WrittenBackup> {
  const answer = await inThread({ kind: "back up", job }, watch);
  if (!("backedUp" in answer)) throw new Error("the thread that writes backups answered something else");
  return answer.backedUp;
}

/** @throws AppError as stageRestore */
export async function stageInThread(job: StageJob, watch: ThreadWatch = {}): Promise<StagedRestore> {
  const answer = await inThread({ kind: "stage", job }, watch);
  if (!("staged" in answer)) throw new Error("the thread that reads backups answered something else");
  return answer.staged;
}

function inThread(task: FileTask, { onProgress, signal }: ThreadWatch): Promise<FileAnswer> {
  return new Promise((resolve, reject) => {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const file = workerUrl();
    prepareThreads(file);
    const worker = new Worker(file, { workerData: { task, stop }, name: `project file ${task.kind}` });
    const cancel = (): void => void Atomics.store(stop, 0, 1);
    if (signal?.aborted === true) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    worker.on("message", (answer: FileAnswer) => {
      if ("error" in answer) reject(AppError.fromData(answer.error));
      else if ("done" in answer) onProgress?.(answer.done, answer.total);
      else resolve(answer);
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      signal?.removeEventListener("abort", cancel);
      // Does nothing after an answer.
      reject(new Error("the thread for project files ended"));
    });
  });
}
