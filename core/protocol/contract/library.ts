/** The library as a whole: what takes how much room, what retention keeps, compaction, a backup. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, none } from "./common.ts";

const bytes = z.number();

export const librarySpaceSchema = z.object({
  /** The library file, and the pages in it that nothing uses. */
  file_bytes: bytes,
  free_bytes: bytes,
  curves: bytes,
  checkpoints: bytes,
  /** Of these, what runs need that may still be resumed: no limit drops it. */
  unfinished_checkpoints: bytes,
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
  /** Whether a backup waits to take the library's place at the next start. */
  restoring: z.boolean(),
});

export const libraryMethods = {
  "library.space": { input: none, output: librarySpaceSchema },
  /**
   * Applies retention now, removes for good what was deleted long enough ago, gives free pages back. Progress comes as
   * `library.progress`; cancelled, it answers all the same: what was given back by then stays so.
   */
  "library.compact": { input: z.object({ task_id: id }), output: librarySpaceSchema },
  /**
   * The library with the files of its data sets in one file, made while it is in use and read back before it is handed out.
   * Progress comes as `library.progress`; `missing`: data sets whose file is gone from the disk.
   */
  "library.backup": {
    input: z.object({ task_id: id }),
    output: z.object({
      download: z.string(),
      file_name: z.string(),
      size_bytes: bytes,
      runs: z.number().int(),
      files: z.number().int(),
      missing: z.array(z.object({ name: z.string(), fingerprint: z.string() })),
    }),
  },
  /** Looks a backup through and makes it ready: it takes the library's place when Neuroloom starts the next time. */
  "library.restore": {
    input: z.object({ file: z.string(), task_id: id }),
    output: z.object({ runs: z.number().int(), files: z.number().int(), written_at: z.number().nullable() }),
  },
  /** The library stays after all. */
  "library.keep": { input: none, output: none },
  "library.cancel": { input: z.object({ task_id: id }), output: none },
} as const;

export const libraryEvents = {
  /** Bytes of a backup that were written or read, or of the room that is given back, of all. */
  "library.progress": z.object({ task_id: id, done: z.number(), total: z.number() }),
} as const;
