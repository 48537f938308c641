/** Backups, restoring and compaction seen from the window: what goes on, how far it is, and how it is stopped. */
import { create } from "zustand";
import { errorData } from "../../core/errors.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { saveDownload, takeFile } from "../host/files.ts";
import { host } from "../state/host.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { formatBytes } from "../ui/format.ts";

type Space = MethodOutput<"library.space">;

type Act = "backup" | "restore" | "compact";

interface LibraryWork {
  readonly act: Act;
  /** 0 to 1. */
  readonly share: number;
  readonly cancel: () => void;
}

/** Kept while the settings are closed: a backup goes on. */
export const useLibraryWork = create<{ readonly work: LibraryWork | null }>()(() => ({ work: null }));

export function saveBackup(): void {
  follow("backup", async (task) => {
    const { download, file_name, files, runs, missing } = await host().call("library.backup", { task_id: task.id });
    const again = (): void => void saveDownload(download, file_name).catch(report);
    if (!(await saveDownload(download, file_name))) {
      toastWanted((t) => t("export.not_saved", { name: file_name }), { label: (t) => t("export.save_again"), run: again });
      return;
    }
    toast((t) =>
      t(missing.length === 0 ? "library.backed_up" : "library.backed_up_without", {
        runs,
        data: t(files === 0 ? "library.backed_up_no_files" : "library.backed_up_files", { files }),
        missing: missing.map(({ name }) => name).join(", "),
      }),
    );
  }).catch(report);
}

/** @param staged told when the backup waits for the next start */
export function restoreBackup(file: File, staged: (found: MethodOutput<"library.restore">) => void): void {
  follow("restore", async (task) => {
    const taken = await takeFile(file, {
      signal: task.sending.signal,
      onProgress: (sent, total) => task.show(total === 0 ? 0 : sent / total / 2),
    });
    task.half = 0.5;
    staged(await host().call("library.restore", { file: taken.file, task_id: task.id }));
  }).catch(report);
}

/** @param done told what the library takes then, also when it was stopped on the way */
export function compactLibrary(before: Space, done: (after: Space) => void): void {
  follow("compact", async (task) => {
    const after = await host().call("library.compact", { task_id: task.id });
    const size = formatBytes(Math.max(0, before.file_bytes - after.file_bytes));
    toast((t) => t(task.sending.signal.aborted ? "library.compacted_in_part" : "library.compacted", { size }));
    done(after);
  }).catch(report);
}

interface LibraryTask {
  readonly id: string;
  readonly sending: AbortController;
  readonly show: (share: number) => void;
  /** Share that was done before the host began. */
  half: number;
}

async function follow(act: Act, run: (task: LibraryTask) => Promise<void>): Promise<void> {
  if (useLibraryWork.getState().work !== null) return;
  const id = crypto.randomUUID();
  const sending = new AbortController();
  const cancel = (): void => {
    sending.abort();
    host().call("library.cancel", { task_id: id }).catch(report);
  };
  const show = (share: number): void => useLibraryWork.setState({ work: { act, share, cancel } });
  const task: LibraryTask = { id, sending, show, half: 0 };
  show(0);
  const stop = host().on("library.progress", ({ task_id, done, total }) => {
    if (task_id === id) show(task.half + (1 - task.half) * (total === 0 ? 1 : done / total));
  });
  try {
    await run(task);
  } catch (thrown) {
    const { code } = errorData(thrown);
    if (code !== "store.backup_cancelled" && !sending.signal.aborted) throw thrown;
  } finally {
    stop();
    useLibraryWork.setState({ work: null });
  }
}
