/** Writes or reads a project file or a backup in a thread of its own: copying hundreds of megabytes must not keep the window waiting. */
import { parentPort, workerData } from "node:worker_threads";
import { errorData } from "../../../core/errors.ts";
import { stageRestore } from "../backup/stage-restore.ts";
import { writeBackup } from "../backup/write-backup.ts";
import type { Watch } from "../stored-files.ts";
import type { FileAnswer, FileTask } from "./project-file-thread.ts";
import { readProjectFile } from "./read-project-file.ts";
import { writeProjectFile } from "./write-project-file.ts";

const port = parentPort;
if (port === null) throw new Error("project-file.worker.ts runs in a worker thread only");
const { task, stop } = workerData as { task: FileTask; stop: Int32Array };
const watch: Watch = {
  progress: (done, total) => port.postMessage({ done, total } satisfies FileAnswer),
  cancelled: () => Atomics.load(stop, 0) !== 0,
};

try {
  if (task.kind === "write") port.postMessage({ written: await writeProjectFile(task.job, watch) } satisfies FileAnswer);
  else if (task.kind === "back up") port.postMessage({ backedUp: await writeBackup(task.job, watch) } satisfies FileAnswer);
  else if (task.kind === "stage") port.postMessage({ staged: await stageRestore(task.job, watch) } satisfies FileAnswer);
  else port.postMessage({ taken: await readProjectFile(task.job, watch) } satisfies FileAnswer);
} catch (error) {
  port.postMessage({ error: errorData(error) } satisfies FileAnswer);
}
