/** The library as a whole: its room by kind, retention and compaction, backups while it is in use, and taking its place. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { bytesSetting } from "../../core/protocol/number-settings.ts";
import { dropRestore, isRestoreReady } from "../store/backup/apply-restore.ts";
import { backUpInThread, stageInThread, type ThreadWatch } from "../store/project-file/project-file-thread.ts";
import type { Store } from "../store/store.ts";
import { APP_VERSION } from "./app.ts";
import type { HostEvents } from "./events.ts";
import type { HostFiles } from "./files.ts";
import { placesOf } from "./projects/project-files.ts";

/** Rows, indexes and half-filled pages beside the content itself; measured by library-year.test.ts. */
const OVERHEAD = 1.3;
const FIXED_BYTES = 2 * 2 ** 20;
/** Of one run of rows, without its design and curves. */
const ROW_BYTES = 4096;
const DAY_MS = 24 * 3600 * 1000;

interface LibrarySurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly events: HostEvents;
  readonly home: string;
  readonly closing: AbortSignal;
  /** After which time what was deleted is purged, in milliseconds. */
  readonly keepDeletedMs: number;
  readonly now: () => number;
  /** Removes what was deleted long enough ago, with the files of its data. */
  readonly purge: () => void;
}

type Space = MethodOutput<"library.space">;

type LibraryHandlers = Pick<
  HostHandlers,
  "library.space" | "library.compact" | "library.backup" | "library.restore" | "library.keep" | "library.cancel"
>;

export function libraryHandlers(o: LibrarySurroundings): LibraryHandlers {
  const { store, files, home } = o;
  const tasks = new Tasks(o.events, o.closing);
  const space = (): Space => {
    const { fileBytes, freeBytes, deletedRuns, unfinished, ...kinds } = store.librarySpace();
    const settings = store.getSettings();
    const [mostCheckpoints, mostSnapshots] = [bytesSetting(settings, "checkpoint_all_mb"), bytesSetting(settings, "snapshot_all_mb")];
    const forGood = kinds.curves + kinds.models + kinds.designs + kinds.runs * ROW_BYTES;
    return {
      ...kinds,
      file_bytes: fileBytes,
      free_bytes: freeBytes,
      data: folderBytes(join(home, "datasets")),
      deleted_runs: deletedRuns,
      kept_days: Math.round(o.keepDeletedMs / DAY_MS),
      unfinished_checkpoints: unfinished,
      most_checkpoints: mostCheckpoints,
      most_snapshots: mostSnapshots,
      most_file: Math.round(OVERHEAD * (forGood + Math.max(mostCheckpoints, unfinished) + mostSnapshots)) + FIXED_BYTES,
      restoring: isRestoreReady(home),
    };
  };
  return {
    "library.space": async () => space(),
    "library.compact": async ({ task_id }) => {
      applyRetention(store);
      o.purge();
      await tasks.run(task_id, (watch) => store.compact(watch));
      return space();
    },
    "library.backup": async ({ task_id }) => {
      const day = new Date(o.now()).toISOString().slice(0, 10);
      const fileName = `neuroloom-library-${day}.sqlite`;
      const { path, token } = files.offer(fileName);
      const { libraryPath, datasetsFolder } = placesOf(home);
      const job = { libraryPath, datasetsFolder, target: path, appVersion: APP_VERSION, writtenAt: o.now() };
      const written = await tasks.run(task_id, (watch) => backUpInThread(job, watch));
      const { sizeBytes, runs, files: count, missing } = written;
      return { download: token, file_name: fileName, size_bytes: sizeBytes, runs, files: count, missing: [...missing] };
    },
    "library.restore": async ({ file, task_id }) => {
      const { path } = files.incoming(file);
      const { runs, files: count, writtenAt } = await tasks.run(task_id, (watch) => stageInThread({ path, home }, watch));
      files.forget(file);
      return { runs, files: count, written_at: writtenAt };
    },
    "library.keep": async () => {
      dropRestore(home);
      return {};
    },
    "library.cancel": async ({ task_id }) => {
      tasks.cancel(task_id);
      return {};
    },
  };
}

/** Copies and compactions under way: told how far they are, stopped by their id or when the host closes. */
class Tasks {
  private readonly going = new Map<string, AbortController>();
  private readonly events: HostEvents;
  private readonly closing: AbortSignal;

  constructor(events: HostEvents, closing: AbortSignal) {
    this.events = events;
    this.closing = closing;
  }

  async run<T>(id: string, act: (watch: ThreadWatch) => Promise<T>): Promise<T> {
    if (this.closing.aborted) throw new AppError("app.closing");
    const controller = new AbortController();
    this.going.set(id, controller);
    try {
      return await act({
        signal: AbortSignal.any([controller.signal, this.closing]),
        onProgress: (done, total) => this.events.emit("library.progress", { task_id: id, done, total }),
      });
    } finally {
      this.going.delete(id);
    }
  }

  cancel(id: string): void {
    this.going.get(id)?.abort();
  }
}

/** Lets go of what the settings do not keep. */
export function applyRetention(store: Store): void {
  const settings = store.getSettings();
  store.keepSnapshots(bytesSetting(settings, "snapshot_all_mb"));
  store.keepCheckpoints(bytesSetting(settings, "checkpoint_all_mb"));
}

function folderBytes(folder: string): number {
  // Made with the first data set.
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
