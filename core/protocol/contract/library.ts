/** The library as a whole: what takes how much room, what retention keeps, compaction, a backup. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { none } from "./common.ts";

const bytes = z.number();

export const librarySpaceSchema = z.object({
  /** The library file, and the pages in it that nothing uses. */
  file_bytes: bytes,
  free_bytes: bytes,
  curves: bytes,
  checkpoints: bytes,
  snapshots: bytes,
  models: bytes,
  designs: bytes,
  /** Files of the data sets, beside the library. */
  data: bytes,
  runs: z.number().int(),
  /** Deleted, and still to be had back; purged after `kept_days`. */
  deleted_runs: z.number().int(),
  kept_days: z.number().int(),
  /** What checkpoints and snapshots of all runs may take together, as the settings say. */
  most_checkpoints: bytes,
  most_snapshots: bytes,
  /** What the file stays under with these settings, as long as no more is kept for good: what stays, and what retention allows. */
  most_file: bytes,
});

export const libraryMethods = {
  "library.space": { input: none, output: librarySpaceSchema },
  /** Applies retention now, removes for good what was deleted long enough ago, gives free pages back. */
  "library.compact": { input: none, output: librarySpaceSchema },
  /** A whole copy of the library file, made while it is in use, opened and checked before it is handed out. */
  "library.backup": {
    input: none,
    output: z.object({ download: z.string(), file_name: z.string(), size_bytes: bytes, runs: z.number().int() }),
  },
} as const;
