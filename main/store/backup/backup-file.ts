/**
 * A backup: the library as it was at one moment, and in two tables of its own the stored files of the data sets that it names. It is
 * a library that opens as it is. Writing is write-backup.ts, bringing it back stage-restore.ts and apply-restore.ts.
 */
import { z } from "zod";

export const BACKUP_TABLES = `
  CREATE TABLE backup_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    head_json TEXT NOT NULL
  ) STRICT;
  CREATE TABLE stored_files (
    name TEXT NOT NULL PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL
  ) STRICT;
  CREATE TABLE stored_file_chunks (
    name TEXT NOT NULL REFERENCES stored_files (name) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (name, position)
  ) STRICT;
`;

/** In the order in which they can go. */
export const BACKUP_TABLE_NAMES = ["stored_file_chunks", "stored_files", "backup_head"] as const;

export const backupHeadSchema = z.object({
  format: z.literal("neuroloom-backup"),
  /** Of Neuroloom, for people. */
  app_version: z.string(),
  written_at: z.number(),
});
export type BackupHead = z.infer<typeof backupHeadSchema>;
