/** The library as a whole: its room by kind, retention and compaction, and backups while it is in use. */
import { randomUUID } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { openStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import type { HostFiles } from "./files.ts";
import { allCheckpointBytes, allSnapshotBytes } from "./runs/snapshot-limits.ts";

/** Rows, indexes and half-filled pages beside the content itself; measured by library-year.test.ts. */
const OVERHEAD = 1.3;
const FIXED_BYTES = 2 * 2 ** 20;
/** Of one run of rows, without its design and curves. */
const ROW_BYTES = 4096;
const DAY_MS = 24 * 3600 * 1000;

interface LibrarySurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly home: string;
  /** After which time what was deleted is purged, in milliseconds. */
  readonly keepDeletedMs: number;
  readonly now: () => number;
  /** Removes what was deleted long enough ago, with the files of its data. */
  readonly purge: () => void;
}

type Space = MethodOutput<"library.space">;

export function libraryHandlers(o: LibrarySurroundings): Pick<HostHandlers, "library.space" | "library.compact" | "library.backup"> {
  const { store, files, home } = o;
  const space = (): Space => {
    const { fileBytes, freeBytes, deletedRuns, ...kinds } = store.librarySpace();
    const settings = store.getSettings();
    const [mostCheckpoints, mostSnapshots] = [allCheckpointBytes(settings), allSnapshotBytes(settings)];
    const forGood = kinds.curves + kinds.models + kinds.designs + kinds.runs * ROW_BYTES;
    return {
      ...kinds,
      file_bytes: fileBytes,
      free_bytes: freeBytes,
      data: folderBytes(join(home, "datasets")),
      deleted_runs: deletedRuns,
      kept_days: Math.round(o.keepDeletedMs / DAY_MS),
      most_checkpoints: mostCheckpoints,
      most_snapshots: mostSnapshots,
      most_file: Math.round(OVERHEAD * (forGood + mostCheckpoints + mostSnapshots)) + FIXED_BYTES,
    };
  };
  return {
    "library.space": async () => space(),
    "library.compact": async () => {
      applyRetention(store);
      o.purge();
      store.compact();
      return space();
    },
    "library.backup": async () => {
      const day = new Date(o.now()).toISOString().slice(0, 10);
      const fileName = `neuroloom-library-${day}.sqlite`;
      const { path, token } = files.offer(fileName);
      const runs = await writeBackup(store, path);
      return { download: token, file_name: fileName, size_bytes: statSync(path).size, runs };
    },
  };
}

/** Lets go of what the settings do not keep. */
export function applyRetention(store: Store): void {
  const settings = store.getSettings();
  store.keepSnapshots(allSnapshotBytes(settings));
  store.keepCheckpoints(allCheckpointBytes(settings));
}

/**
 * Writes a copy of the library and reads it back: opened as a library, every page and reference checked.
 * @returns how many runs it holds
 * @throws AppError store.corrupt when the copy is not sound; store.backup_onto_itself
 */
export async function writeBackup(store: Store, path: string): Promise<number> {
  await store.backup(path);
  const copy = await openStore({ path, now: Date.now, newId: randomUUID });
  try {
    const [detail] = copy.integrityCheck();
    if (detail !== undefined) throw new AppError("store.corrupt", { path, detail });
    return copy.librarySpace().runs;
  } finally {
    copy.close();
  }
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
