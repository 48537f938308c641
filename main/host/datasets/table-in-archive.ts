/**
 * Tables packed as zip or tar, as sites for data sets hand them over, or in a folder. The one that is meant is taken out, to the disk, and
 * read as any other; of several one is chosen as a sheet of a workbook is. Tables that are called training, validation and test and have the same
 * columns are one data set of which each is a part.
 */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PART, partNamed } from "../../../core/data/split-columns.ts";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import { refuseAborted } from "./duckdb.ts";
import { choiceAmong, type FilesMeant, filesMeant, picturesLeftOut, shownFiles, type TableChoice } from "./files-meant.ts";
import type { GivenPart } from "./join/request.ts";
import { openFiles } from "./pictures/open-files.ts";
import { inMegabytes, type OpenedFile, type OpenedFiles } from "./pictures/picture-files.ts";

export interface TakenTable {
  readonly path: string;
  /** With that of the archive. */
  readonly name: string;
  /** Where there are several. */
  readonly choice?: TableChoice;
  readonly warnings: readonly ErrorData[];
}

interface NamedFile {
  readonly path: string;
  readonly name: string;
}

interface Asked {
  /** The archive. */
  readonly path: string;
  /** What the person calls it. */
  readonly name: string;
  /** Folder for what is taken out; the caller removes it. */
  readonly work: string;
  /** Name of a table in it. */
  readonly table?: string | undefined;
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @returns null where the file is no archive or folder, or one of pictures
 * @throws AppError data.archive_of_tables where there are several and none is named, data.archive_no_table where the named one is not there,
 *   data.archive_without_data or data.folder_without_data where there is none, data.archive_over_disk
 */
export async function tableInArchive(asked: Asked): Promise<TakenTable | null> {
  return withTables(asked, async (meant) => {
    const { name, table } = asked;
    const { tables, files, pictures } = meant;
    const warnings = picturesLeftOut(meant, name);
    const [only] = tables;
    if (only === undefined) {
      const code = (await stat(asked.path)).isDirectory() ? "data.folder_without_data" : "data.archive_without_data";
      throw new AppError(code, { file: name, count: files.length, names: shownFiles(files) });
    }
    if (tables.length === 1 && table !== only.name) {
      const taken = { path: await takeOut(only, asked), name: `${name}/${only.name}`, warnings };
      // Of a workbook its sheets are the choice.
      return pictures.length === 0 || isWorkbookName(only.name) || table !== undefined
        ? taken
        : { ...taken, choice: choiceAmong(only.name, meant) };
    }
    if (table === undefined) throw new AppError("data.archive_of_tables", { file: name, count: tables.length, names: shownFiles(tables) });
    const named = tables.find((one) => one.name === table);
    if (named === undefined) throw new AppError("data.archive_no_table", { file: name, table, names: shownFiles(tables) });
    return { path: await takeOut(named, asked), name: `${name}/${table}`, choice: choiceAmong(table, meant), warnings };
  });
}

export interface ImportedChoice {
  readonly choice: TableChoice;
  readonly warnings: readonly ErrorData[];
  /** Where several are one data set: the rows that are trained on, and the others. */
  readonly parts: { readonly path: string; readonly name: string; readonly given: readonly GivenPart[] } | null;
}

/**
 * What is imported of an archive of several tables when `table` is left out: its parts together where they fit, else the one that is called
 * training, else the largest.
 * @param fits whether files, the first of which is trained on, have the same columns
 * @returns null where there are not several
 */
export async function choiceInArchive(
  asked: Asked,
  fits: (parts: readonly NamedFile[]) => Promise<boolean>,
): Promise<ImportedChoice | null> {
  return withTables(asked, async (meant) => {
    const { tables } = meant;
    if (tables.length < 2) return null;
    const { table } = asked;
    const warnings = picturesLeftOut(meant, asked.name);
    const parts = partsOf(tables);
    const together = parts?.map(({ name }) => name).join(" + ");
    if (parts !== null && (table === undefined || table === together)) {
      const taken: NamedFile[] = [];
      for (const part of parts) taken.push({ path: await takeOut(part, asked), name: `${asked.name}/${part.name}` });
      const [first = { path: "", name: "" }, ...others] = taken;
      if (await fits(taken)) {
        const given = others.map((other, place): GivenPart => {
          const part = partOf(parts[place + 1] as OpenedFile) === PART.validation ? "validation" : "test";
          return { ...other, part };
        });
        return { choice: choiceAmong(together ?? "", meant, [together ?? ""]), warnings, parts: { ...first, given } };
      }
    }
    const named = table ?? (tables.find((one) => partOf(one) === PART.training) ?? largest(tables)).name;
    return { choice: choiceAmong(named, meant), warnings, parts: null };
  });
}

const isWorkbookName = (name: string): boolean => /\.xlsx$/i.test(name);
const largest = (tables: readonly OpenedFile[]): OpenedFile => tables.reduce((most, one) => (one.size > most.size ? one : most));

/** Training first; null where not each table is another part. */
function partsOf(tables: readonly OpenedFile[]): readonly OpenedFile[] | null {
  const parts = tables.map(partOf);
  const known = parts.filter((part) => part !== null);
  if (known.length < tables.length || new Set(known).size < tables.length || !known.includes(PART.training)) return null;
  return tables.toSorted((one, other) => (partOf(one) ?? 0) - (partOf(other) ?? 0));
}

/** By a word of its name, else by the folder that it lies in. */
function partOf({ name }: Pick<OpenedFile, "name">): number | null {
  const folders = name.split("/");
  const words = (folders.pop() ?? "").replace(/(\.[^.]+)(\.gz)?$/i, "").split(/[^\p{L}\p{N}]+/u);
  const [inName, other] = new Set(words.flatMap((word) => partNamed(word) ?? []));
  if (inName !== undefined) return other === undefined ? inName : null;
  return partNamed(folders.at(-1) ?? "") ?? null;
}

/** @returns null where it is no archive or folder, or one of pictures */
async function withTables<T>({ path, name, table, encoding, signal }: Asked, act: (meant: FilesMeant) => Promise<T>): Promise<T | null> {
  const opened: OpenedFiles | null = await openFiles(path, name, signal);
  if (opened === null) return null;
  try {
    const meant = await filesMeant(opened.files, { sheet: table, encoding, signal });
    return meant.as === "pictures" ? null : await act(meant);
  } finally {
    opened.close();
  }
}

/** @throws AppError data.archive_over_disk */
async function takeOut(file: OpenedFile, { name, work, signal }: Asked): Promise<string> {
  if (file.path !== undefined) return file.path;
  const { bavail, blocks, bsize } = await statfs(work);
  // Some file systems do not say how large they are.
  if (blocks > 0 && file.size > bavail * bsize) {
    const [megabytes, free] = [inMegabytes(file.size), inMegabytes(bavail * bsize)];
    throw new AppError("data.archive_over_disk", { file: name, entry: file.name, megabytes, free });
  }
  const target = join(work, `taken-${randomUUID()}${extname(file.name)}`);
  await pipeline(Readable.from(watched(file.pieces(), signal)), createWriteStream(target));
  return target;
}

async function* watched(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    refuseAborted(signal);
    yield piece;
  }
}
