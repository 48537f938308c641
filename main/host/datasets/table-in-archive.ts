/**
 * Tables packed as zip or tar, as sites for data sets hand them over. The one that is meant is taken out, to the disk, and read as any
 * other; of several one is chosen as a sheet of a workbook is. Tables that are called training, validation and test and have the same
 * columns are one data set of which each is a part.
 */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { statfs } from "node:fs/promises";
import { extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PART, partNamed } from "../../../core/data/split-columns.ts";
import { AppError } from "../../../core/errors.ts";
import { refuseAborted } from "./duckdb.ts";
import type { GivenPart } from "./join/request.ts";
import { openFiles } from "./pictures/open-files.ts";
import { inMegabytes, isPictureName, isRecordsName, isTableName, type OpenedFile, type OpenedFiles } from "./pictures/picture-files.ts";

/** Words about the data, which come with many an archive. */
const ABOUT = /(^|\/)(read_?me|licen[cs]e|description|.*_description)\.(txt|md)$/i;
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;
const SHOWN = 6;

/** Which of several was read, and which there are. */
export interface TableChoice {
  readonly name: string;
  readonly all: readonly string[];
  readonly of: "archive" | "workbook";
}

export interface TakenTable {
  readonly path: string;
  /** With that of the archive. */
  readonly name: string;
  /** Where there are several. */
  readonly choice?: TableChoice;
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
  readonly signal?: AbortSignal | undefined;
}

/**
 * @returns null where the file is no archive, or one of pictures
 * @throws AppError data.archive_of_tables where there are several and none is named, data.archive_no_table where the named one is not there,
 *   data.archive_without_data where there is none, data.archive_over_disk
 */
export async function tableInArchive(asked: Asked): Promise<TakenTable | null> {
  return withTables(asked, async (tables, files) => {
    const { name, table } = asked;
    const [only] = tables;
    if (only === undefined) throw new AppError("data.archive_without_data", { file: name, count: files.length, names: shown(files) });
    if (tables.length === 1) return { path: await takeOut(only, asked), name: `${name}/${only.name}` };
    if (table === undefined) throw new AppError("data.archive_of_tables", { file: name, count: tables.length, names: shown(tables) });
    const named = tables.find((one) => one.name === table);
    if (named === undefined) throw new AppError("data.archive_no_table", { file: name, table, names: shown(tables) });
    return { path: await takeOut(named, asked), name: `${name}/${table}`, choice: choiceOf(table, tables) };
  });
}

export interface ImportedChoice {
  readonly choice: TableChoice;
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
  return withTables(asked, async (tables) => {
    if (tables.length < 2) return null;
    const { table } = asked;
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
        return { choice: { ...choiceOf(together ?? "", tables), all: [together ?? "", ...namesOf(tables)] }, parts: { ...first, given } };
      }
    }
    const named = table ?? (tables.find((one) => partOf(one) === PART.training) ?? largest(tables)).name;
    return { choice: choiceOf(named, tables), parts: null };
  });
}

const namesOf = (tables: readonly OpenedFile[]): string[] => tables.map(({ name }) => name);
const choiceOf = (name: string, tables: readonly OpenedFile[]): TableChoice => ({ name, all: namesOf(tables), of: "archive" });
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

const shown = (list: readonly { readonly name: string }[]): string =>
  `${list
    .slice(0, SHOWN)
    .map((file) => file.name)
    .join(", ")}${list.length > SHOWN ? " …" : ""}`;

/** @returns null where it is no archive, or one of pictures */
async function withTables<T>(
  { path, name, signal }: Asked,
  act: (tables: readonly OpenedFile[], files: readonly OpenedFile[]) => Promise<T>,
): Promise<T | null> {
  const opened: OpenedFiles | null = await openFiles(path, name, signal);
  if (opened === null) return null;
  try {
    const files = opened.files.filter((file) => !HIDDEN.test(file.name));
    if (files.some((file) => isPictureName(file.name))) return null;
    const named = (isNamed: (name: string) => boolean) => files.filter((file) => isNamed(file.name) && !ABOUT.test(file.name));
    const tables = named(isTableName);
    return await act(calledShortly(tables.length > 0 ? tables : named(isRecordsName)), files);
  } finally {
    opened.close();
  }
}

/** Without the folders that all of them lie in. */
function calledShortly(tables: readonly OpenedFile[]): readonly OpenedFile[] {
  const [first = [], ...others] = tables.map(({ name }) => name.split("/").slice(0, -1));
  const differs = first.findIndex((folder, depth) => others.some((folders) => folders[depth] !== folder));
  const shared = differs < 0 ? first.length : differs;
  return tables.map((file) => ({ ...file, name: file.name.split("/").slice(shared).join("/") }));
}

/** @throws AppError data.archive_over_disk */
async function takeOut(file: OpenedFile, { name, work, signal }: Asked): Promise<string> {
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
