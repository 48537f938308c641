/**
 * A backup: the library as it was at one moment, and beside it a head and the stored files of the data sets that it names. It is a
 * library that opens as it is. Writing is write-backup.ts, bringing it back stage-restore.ts and apply-restore.ts.
 */
import { z } from "zod";
import { headTable, STORED_FILE_TABLE_NAMES, STORED_FILE_TABLES } from "../stored-files.ts";

export const BACKUP_TABLES = headTable("backup_head") + STORED_FILE_TABLES;
/** In the order in which they can go. */
export const BACKUP_TABLE_NAMES = [...STORED_FILE_TABLE_NAMES, "backup_head"] as const;

export const backupHeadSchema = z.object({
  format: z.literal("neuroloom-backup"),
  /** Of Neuroloom, for people. */
  app_version: z.string(),
  written_at: z.number(),
});
export type BackupHead = z.infer<typeof backupHeadSchema>;
