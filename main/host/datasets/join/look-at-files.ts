/**
 * Looks at files that were chosen together, before any is imported: what each holds, and by which columns they could be joined. Only
 * the first rows are read, so what fits is an estimate; the import counts.
 */
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../../core/errors.ts";
import { asTable } from "../as-text.ts";
import { contentHead } from "../content-head.ts";
import { canonical, unknownEncoding } from "../decode-file.ts";
import { readRecords, sniffDialect } from "../dialect.ts";
import { refuseAborted } from "../duckdb.ts";
import { encodingOfHead, wholeCharacters } from "../encoding.ts";
import { choiceAmong, choiceBesidePictures, type FilesMeant, filesMeant, type TableChoice } from "../files-meant.ts";
import { looksLikeIdx, looksLikeIdxLabels } from "../pictures/idx.ts";
import { openFiles } from "../pictures/open-files.ts";
import { unpackedTar } from "../pictures/tar-files.ts";
import { Turns } from "../turns.ts";
import { makeWorkFolder } from "../work-folder.ts";
import { matchPictures } from "./match-pictures.ts";

export interface NamedFile {
  readonly path: string;
  readonly name: string;
  /** Of a workbook, or one of several tables in an archive; or its pictures (PICTURES). */
  readonly sheet?: string | undefined;
}

export interface LookedAt {
  readonly name: string;
  /** `tables`: one of several must be named. */
  readonly kind: "table" | "tables" | "pictures" | "idx" | "idx_labels";
  /** Where there are several sheets or tables: which was looked at, null where none is named, and which there are. */
  readonly sheet?: Omit<TableChoice, "name"> & { readonly name: string | null };
  /** Of a table: names, and the first values of each. */
  readonly columns: readonly { readonly name: string; readonly examples: readonly string[] }[];
  /** Pictures in it. */
  readonly pictures: number;
  /** The first of their names. */
  readonly examples: readonly string[];
}

/** How many of the first values of a column find a partner. */
export interface KeyMatch {
  /** Positions among the files. */
  readonly table: number;
  readonly partner: number;
  readonly column: string;
  /** Of a second table. */
  readonly partner_column: string | null;
  readonly matched: number;
  readonly of: number;
}

interface Opened extends LookedAt {
  readonly names: readonly string[];
  /** By column, in order. */
  readonly values: readonly (readonly string[])[];
}

const HEAD_BYTES = 1 << 18;
const SAMPLE_ROWS = 500;
const EXAMPLES = 3;
/** Pictures of an idx file that are known by their number here. */
const MOST_NUMBERED = 100_000;
/** Pairs of columns that are told of two files. */
const MOST_MATCHES = 40;

export interface LookOptions {
  /** That the person named, of those files that are not UTF-8. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws AppError data.import_cancelled, those of asTable */
export async function lookAtFiles(
  files: readonly NamedFile[],
  options: LookOptions = {},
): Promise<{ files: LookedAt[]; matches: KeyMatch[] }> {
  const opened: Opened[] = [];
  for (const file of files) {
    refuseAborted(options.signal);
    opened.push(await lookAt(file, options));
  }
  const found: KeyMatch[] = [];
  for (const [place, table] of opened.entries())
    if (table.kind === "table")
      for (const [other, partner] of opened.entries())
        found.push(...(await matchesOf(table, place, partner, other, options.signal)).sort(better).slice(0, MOST_MATCHES));
  return { files: opened.map(({ names: _names, values: _values, ...one }) => one), matches: found.sort(better) };
}

const better = (a: KeyMatch, b: KeyMatch): number =>
  b.matched / b.of - a.matched / a.of ||
  Number(b.column === b.partner_column) - Number(a.column === a.partner_column) ||
  // Ten classes name the first ten pictures of an idx file, too: what names more is the key.
  b.of - a.of;

async function lookAt(file: NamedFile, options: LookOptions): Promise<Opened> {
  const work = await makeWorkFolder("neuroloom-read");
  try {
    const unpacked = await unpackedTar(file.path, file.name, work, { signal: options.signal });
    return await lookInto(unpacked === null ? file : { ...file, path: unpacked }, work, options);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function lookInto({ path, name, sheet }: NamedFile, work: string, { encoding, signal }: LookOptions): Promise<Opened> {
  const nothing = { name, columns: [], pictures: 0, examples: [], names: [], values: [] };
  const isFolder = (await stat(path)).isDirectory();
  const head = isFolder ? new Uint8Array(0) : await contentHead(path);
  if (looksLikeIdx(head)) {
    const count = Math.min(MOST_NUMBERED, new DataView(head.buffer, head.byteOffset).getUint32(4));
    return { ...nothing, kind: "idx", pictures: count, names: Array.from({ length: count }, (_, place) => String(place)) };
  }
  if (looksLikeIdxLabels(head)) return { ...nothing, kind: "idx_labels" };
  const meant = await meantBy(path, name, { sheet, encoding, signal });
  if (meant?.as === "pictures") {
    const names = meant.pictures.map((file) => file.name);
    const choice = choiceBesidePictures(meant);
    const several = choice === undefined ? {} : { sheet: choice };
    return { ...nothing, kind: "pictures", pictures: names.length, examples: names.slice(0, EXAMPLES), names, ...several };
  }
  try {
    await mkdir(join(work, "rows"));
    const written = await asTable(path, name, join(work, "rows"), { encoding, sheet, signal, mostRows: SAMPLE_ROWS });
    const several = written?.sheet === undefined || written.sheet.all.length < 2 ? {} : { sheet: written.sheet };
    return { ...nothing, kind: "table", ...several, ...(await tableHead(written?.path ?? path, name, encoding)) };
  } catch (thrown) {
    if (meant === null || !(thrown instanceof AppError) || thrown.code !== "data.archive_of_tables") throw thrown;
    return { ...nothing, kind: "tables", sheet: { ...choiceAmong("", meant), name: null } };
  }
}

/** @returns null where it is no archive or folder */
async function meantBy(path: string, name: string, asked: Parameters<typeof filesMeant>[1]): Promise<FilesMeant | null> {
  const opened = await openFiles(path, name, asked.signal);
  if (opened === null) return null;
  try {
    return await filesMeant(opened.files, asked);
  } finally {
    opened.close();
  }
}

async function tableHead(path: string, name: string, named: string | undefined): Promise<Pick<Opened, "columns" | "values">> {
  const { bytes, whole } = await headOf(path);
  const found = encodingOfHead(bytes);
  const encoding = named === undefined || found?.guessed === false ? found?.encoding : canonical(named);
  if (encoding === undefined) throw unknownEncoding(bytes, name);
  const cut = encoding === "utf-8" && !whole ? wholeCharacters(bytes) : bytes.length;
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, cut)).replaceAll(/\r\n?/g, "\n");
  const { delimiter, quote, header, firstLine } = sniffDialect(text, whole);
  const records = readRecords(text, whole, delimiter, quote, SAMPLE_ROWS);
  const names = firstLine.map((cell, place) => (header && cell.trim() !== "" ? cell.trim() : `column_${place + 1}`));
  const rows = header ? records.slice(1) : records;
  const values = names.map((_, place) => rows.map((row) => row[place]?.trim() ?? "").filter((value) => value !== ""));
  return { columns: names.map((column, place) => ({ name: column, examples: [...new Set(values[place])].slice(0, EXAMPLES) })), values };
}

/** The first bytes, unpacked where the file is gzip. */
async function headOf(path: string): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const packed = await contentIsPacked(path);
  const file = await open(path);
  try {
    const stream = file.createReadStream({ autoClose: false });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of packed ? stream.pipe(createGunzip()) : stream) {
      parts.push(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
      if (size > HEAD_BYTES) break;
    }
    return { bytes: Buffer.concat(parts).subarray(0, HEAD_BYTES), whole: size <= HEAD_BYTES };
  } finally {
    await file.close();
  }
}

async function contentIsPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0);
    return head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function matchesOf(
  table: Opened,
  place: number,
  partner: Opened,
  other: number,
  signal: AbortSignal | undefined,
): Promise<KeyMatch[]> {
  if (place === other || partner.kind === "idx_labels") return [];
  const found: KeyMatch[] = [];
  for (const [position, { name: column }] of table.columns.entries()) {
    refuseAborted(signal);
    const values = [...new Set(table.values[position])];
    if (values.length === 0) continue;
    const tell = (partnerColumn: string | null, matched: number): void => {
      if (matched > 0) found.push({ table: place, partner: other, column, partner_column: partnerColumn, matched, of: values.length });
    };
    if (partner.kind !== "table") tell(null, await picturesNamed(values, partner, signal));
    else
      partner.columns.forEach(({ name }, second) => {
        const theirs = partner.values[second] ?? [];
        const known = new Set(theirs);
        // What comes twice there cannot tell one row from another.
        if (known.size === theirs.length) tell(name, values.filter((value) => known.has(value)).length);
      });
  }
  return found;
}

async function picturesNamed(values: readonly string[], partner: Opened, signal: AbortSignal | undefined): Promise<number> {
  try {
    return (await matchPictures(values, partner.names, partner.name, new Turns(signal)))?.size ?? 0;
  } catch (thrown) {
    refuseAborted(signal);
    // A column that names pictures twice is no key; choosing it all the same says why.
    if (thrown instanceof AppError) return 0;
    throw thrown;
  }
}
