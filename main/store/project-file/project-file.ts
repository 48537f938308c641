/**
 * A project as one file: the tables of the library with the rows of one project, and beside them a head and the stored files of
 * its data sets. docs/project-file.md describes it. Writing and reading are write-project-file.ts and read-project-file.ts.
 */
import { z } from "zod";
import { headTable, STORED_FILE_TABLE_NAMES, STORED_FILE_TABLES } from "../stored-files.ts";

/** "NLOP" in the file's header: a project, not a library. */
export const PROJECT_APPLICATION_ID = 0x4e4c4f50;
export const PROJECT_FILE_ENDING = ".neuroloom";

/**
 * The newest that is read; the other tables have the version of the library's schema (`user_version`). 2: the stored files have word
 * vectors among them. A file without any says 1, so that a Neuroloom of before reads it.
 */
export const PROJECT_FILE_VERSION = 2;
export const VERSION_WITHOUT_VECTORS = 1;

export const HEAD_TABLES = headTable("project_file") + STORED_FILE_TABLES;
export const HEAD_TABLE_NAMES: readonly string[] = ["project_file", ...STORED_FILE_TABLE_NAMES];

export const headSchema = z.object({
  format: z.literal("neuroloom-project"),
  format_version: z.number().int(),
  /** Of Neuroloom, for people who meet a file that is too new. */
  app_version: z.string(),
  written_at: z.number(),
  project_id: z.string(),
  with_data: z.boolean(),
});
export type ProjectFileHead = z.infer<typeof headSchema>;
