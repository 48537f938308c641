/** One of several files that become one table: whatever it is written as, with everything that reading it has to say. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorData } from "../../../../core/errors.ts";
import { asTable, type WrittenTable } from "../as-text.ts";
import type { Database } from "../duckdb.ts";
import { isUtf8File } from "../encoding-of-files.ts";
import { fileError } from "../file-errors.ts";
import { type ReadOptions, readTextTable } from "../read-text-table.ts";

/** One file as the table `source`. */
export interface ReadPart {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly sha256: string;
  readonly fileBytes: number;
  readonly encoding: string;
  readonly warnings: readonly ErrorData[];
  /** Of a workbook: which of its sheets was read. */
  readonly sheet?: WrittenTable["sheet"];
}

export interface PartOptions {
  /** That the person named. */
  readonly encoding?: string | undefined;
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lines that do not fit are refused, because every row is wanted. */
  readonly strict: boolean;
  readonly expected?: readonly string[] | undefined;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
}

interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/**
 * @param work folder for what is made; the caller removes it
 * @throws AppError data.* that names this one of the files
 */
export async function readPart(database: Database, work: string, file: NamedFile, options: PartOptions): Promise<ReadPart> {
  try {
    return await readFile(database, work, file, options);
  } catch (thrown) {
    throw fileError(thrown, file.name);
  }
}

async function readFile(
  database: Database,
  work: string,
  { path, name }: NamedFile,
  { encoding, sheet, signal, strict, expected, onBytes }: PartOptions,
): Promise<ReadPart> {
  await mkdir(work, { recursive: true });
  const written = await asTable(path, name, work, { encoding, sheet, signal });
  // What was made is UTF-8, whatever the person calls the encoding of the file.
  const own = written === null || written.asItWas === true ? encoding : undefined;
  const options: ReadOptions = {
    signal,
    onBytes,
    raggedRows: strict ? "refuse" : "skip",
    fewestColumns: 1,
    ...(own === undefined ? {} : { encoding: own }),
    ...(expected === undefined ? {} : { expected }),
  };
  const read = await readTextTable(database, written?.path ?? path, name, join(work, "text"), options);
  const warnings = [...(written?.warnings ?? []), ...read.warnings].map((warning) => ofFile(warning, name));
  return { ...read, warnings, ...(written?.sheet === undefined ? {} : { sheet: written.sheet }) };
}

/** With a warning where a sheet of several was taken that nobody named: beside the first file nothing else tells of it. */
export function saidSheet<P extends ReadPart>(part: P, { name, sheet }: { readonly name: string; readonly sheet?: string | undefined }): P {
  const { sheet: read, warnings } = part;
  if (read === undefined || sheet !== undefined || read.all.length < 2) return part;
  const taken = { code: "data.sheet_taken", params: { file: name, sheet: read.name, names: read.all.join(", ") } };
  return { ...part, warnings: [taken, ...warnings] };
}

/**
 * The encoding of a file that stands beside the one whose encoding the person named: the same, unless it is UTF-8, as what people make
 * beside a table of older origin is.
 */
export async function encodingBeside(path: string, named: string | undefined): Promise<string | undefined> {
  return named === undefined || (await isUtf8File(path)) ? undefined : named;
}

/** Where there is one file, its name need not be said. */
const NAMELESS: Readonly<Record<string, string>> = {
  "data.no_header": "data.file_no_header",
  "data.duplicate_headers": "data.file_duplicate_headers",
  "data.empty_headers": "data.file_empty_headers",
};

function ofFile({ code, params }: ErrorData, file: string): ErrorData {
  const named = NAMELESS[code];
  return named === undefined ? { code, params } : { code: named, params: { file, ...params } };
}
