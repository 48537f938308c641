/**
 * A project as one file: the tables of the library with the rows of one project, and beside them a head and the stored files of
 * its data sets. docs/project-file.md describes it. Writing and reading are write-project-file.ts and read-project-file.ts.
 */
import { z } from "zod";

/** "NLOP" in the file's header: a project, not a library. */
export const PROJECT_APPLICATION_ID = 0x4e4c4f50;
export const PROJECT_FILE_ENDING = ".neuroloom";

/**
 * The newest that is read; the other tables have the version of the library's schema (`user_version`). 2: the stored files have word
 * vectors among them. A file without any says 1, so that a Neuroloom of before reads it.
 */
export const PROJECT_FILE_VERSION = 2;
export const VERSION_WITHOUT_VECTORS = 1;

export const HEAD_TABLES = `
  CREATE TABLE project_file (
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
export const HEAD_TABLE_NAMES: readonly string[] = ["project_file", "stored_files", "stored_file_chunks"];

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

/** A data set that the file names without its content. */
export interface MissingData {
  readonly name: string;
  readonly fingerprint: string;
}

/** How writing and reading tell how far they are, and hear that they are to stop. */
export interface Watch {
  /** Bytes of all. */
  progress(done: number, total: number): void;
  cancelled(): boolean;
}

/** Bytes between two looks at whether it was cancelled, and a chunk of a stored file. */
export const PIECE_BYTES = 2 ** 22;

/** Names of stored files: nothing that leaves the folder, nothing else than data sets and word vectors have. */
export const STORED_NAME = /^[0-9a-f]{64}\.(parquet|pictures|vectors)$/;

/** Where a stored file lies under the folder of data sets. */
export const placeOf = (name: string): string => (isVectors(name) ? `vectors/${name}` : name);
export const isVectors = (name: string): boolean => name.endsWith(".vectors");
