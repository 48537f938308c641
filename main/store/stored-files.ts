/**
 * The stored files of data sets inside a file of ours, a project's or a backup: two tables in which they lie in pieces with their
 * checksums, how they are put in, and how they are taken out again.
 */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type BetterSqlite3 from "better-sqlite3";

export const STORED_FILE_TABLES = `
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
export const STORED_FILE_TABLE_NAMES = ["stored_file_chunks", "stored_files"] as const;

/** One row that says what the file is, under a name of its own a kind of file. */
export const headTable = (name: string): string => `
  CREATE TABLE ${name} (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    head_json TEXT NOT NULL
  ) STRICT;
`;

/** A file beside the library, by the name and the size under which it is put in. */
export interface StoredFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** A stored file as its row says that it is. */
export interface StoredFileRow {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
}

/** A data set that a file names without its content. */
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

/** Told of the bytes that were just moved; may throw to stop. */
export type Step = (bytes: number) => void;

/** Bytes between two looks at whether it was cancelled, and a chunk of a stored file. */
export const PIECE_BYTES = 2 ** 22;

/** Names of stored files: nothing that leaves the folder, nothing else than data sets and word vectors have. */
export const STORED_NAME = /^[0-9a-f]{64}\.(parquet|pictures|vectors)$/;

/** Where a stored file lies under the folder of data sets. */
export const placeOf = (name: string): string => (isVectors(name) ? `vectors/${name}` : name);
export const isVectors = (name: string): boolean => name.endsWith(".vectors");

/** In pieces, with its checksum. */
export function putFile(database: BetterSqlite3.Database, { name, path, size }: StoredFile, step: Step): void {
  const hash = createHash("sha256");
  const put = database.prepare("INSERT INTO main.stored_file_chunks (name, position, bytes) VALUES (?, ?, ?)");
  const piece = Buffer.alloc(PIECE_BYTES);
  const file = openSync(path, "r");
  try {
    let at = 0;
    for (let position = 0; at < size; position += 1) {
      const read = readSync(file, piece, 0, Math.min(PIECE_BYTES, size - at), at);
      if (read === 0) throw new Error(`${path} became shorter while it was read`);
      const bytes = piece.subarray(0, read);
      hash.update(bytes);
      put.run(name, position, bytes);
      at += read;
      step(read);
    }
  } finally {
    closeSync(file);
  }
  database.prepare("INSERT INTO main.stored_files (name, size_bytes, sha256) VALUES (?, ?, ?)").run(name, size, hash.digest("hex"));
}

export const storedFiles = (database: BetterSqlite3.Database): readonly StoredFileRow[] =>
  database.prepare<[], StoredFileRow>("SELECT name, size_bytes, sha256 FROM stored_files ORDER BY name").all();

/** The pieces of one, in their order. */
export const piecesOf = (database: BetterSqlite3.Database, name: string): Iterable<{ readonly bytes: Uint8Array }> =>
  database.prepare<[string], { bytes: Uint8Array }>("SELECT bytes FROM stored_file_chunks WHERE name = ? ORDER BY position").iterate(name);

/** Passes pieces on, and knows at their end whether they were what a row of the file promises. */
export class CheckedPieces {
  private readonly hash = createHash("sha256");
  private length = 0;

  *of<T extends { readonly bytes: Uint8Array }>(pieces: Iterable<T>): Generator<T> {
    for (const piece of pieces) {
      this.hash.update(piece.bytes);
      this.length += piece.bytes.length;
      yield piece;
    }
  }

  /** Asked once, at the end. */
  are({ size_bytes: size, sha256 }: Pick<StoredFileRow, "size_bytes" | "sha256">): boolean {
    return this.length === size && this.hash.digest("hex") === sha256;
  }
}

/** Down to the disk. */
export function writePieces(target: string, pieces: Iterable<{ readonly bytes: Uint8Array }>, step: Step): void {
  const file = openSync(target, "w");
  try {
    for (const { bytes } of pieces) {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      step(bytes.length);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
