/** Labels of pictures: the folder each lies in, or a table among the files that names them. */
import type { ErrorData } from "../../../../core/errors.ts";
import { type DecodedText, decodeWhole, guessWarning } from "../decode-whole.ts";
import { readRecords, sniffDialect } from "../dialect.ts";
import { type FolderParts, folderParts, PART_COLUMN } from "../folder-parts.ts";
import type { PictureFile } from "./picture-files.ts";
import { rowsOfPictures } from "./picture-names.ts";

export interface Labels {
  readonly names: readonly string[];
  readonly cellsOf: (file: string) => readonly string[];
  /** Where folders of the pictures are parts of a split: the last of the columns says which. */
  readonly parts?: FolderParts;
  /** Where a table gives them. */
  readonly table?: {
    readonly encoding: string;
    /** @param kept paths of the pictures that could be read */
    readonly warningsFor: (kept: readonly string[]) => ErrorData[];
  };
}

/** Names that a warning lists. */
const SHOWN_NAMES = 5;
const TABLE = /\.(csv|tsv|txt)$/i;

/**
 * A table counts when one of its columns names most of the pictures, with or without folder and ending.
 * @param encoding of the table, where the person names it
 * @throws AppError data.join_picture_ambiguous, data.picture_labels_differ, those of decodeWhole
 */
export async function labelsFor(files: readonly PictureFile[], pictures: readonly PictureFile[], encoding?: string): Promise<Labels> {
  const parts = folderParts(pictures.map(({ name }) => name));
  for (const file of files.filter(({ name }) => TABLE.test(name))) {
    const table = tableIn(await file.bytes(), file.name, pictures, encoding);
    if (table !== null) return parts === null || table.names.includes(PART_COLUMN) ? table : withParts(table, parts);
  }
  if (parts !== null) return withParts(byFolder(parts.classOf), parts);
  const folders = new Set(pictures.map(({ name }) => folderOf(name)));
  return byFolder(folders.size < 2 ? null : folderOf);
}

/** Of a text that is no such table it does not matter whether it can be read. */
function tableIn(bytes: Uint8Array, name: string, pictures: readonly PictureFile[], encoding: string | undefined): Labels | null {
  let decoded: DecodedText;
  try {
    decoded = decodeWhole(bytes, name, encoding);
  } catch (thrown) {
    if (keyedTable(Buffer.from(bytes).toString("latin1"), pictures) !== null) throw thrown;
    return null;
  }
  const table = keyedTable(decoded.text, pictures);
  return table === null ? null : labelsOf(table, name, pictures, decoded);
}

const byFolder = (classOf: ((file: string) => string) | null): Labels =>
  classOf === null ? { names: [], cellsOf: () => [] } : { names: ["label"], cellsOf: (file) => [classOf(file)] };

const withParts = ({ names, cellsOf, table }: Labels, parts: FolderParts): Labels => ({
  names: [...names, PART_COLUMN],
  cellsOf: (file) => [...cellsOf(file), parts.partOf(file)],
  parts,
  ...(table === undefined ? {} : { table }),
});

/** The folder nearest to the picture. */
const folderOf = (name: string): string => name.split("/").at(-2) ?? "";
const plainName = (name: string): string => (name.split("/").at(-1) ?? name).replace(/\.[^.]+$/, "");

interface KeyedTable {
  readonly names: readonly string[];
  /** What names the picture, a row. */
  readonly keys: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

function keyedTable(text: string, pictures: readonly PictureFile[]): KeyedTable | null {
  const { delimiter, quote, header, firstLine } = sniffDialect(text, true);
  const records = readRecords(text, true, delimiter, quote, Number.POSITIVE_INFINITY);
  const body = header ? records.slice(1) : records;
  const wanted = new Set(pictures.map(({ name }) => plainName(name)));
  const cell = (record: readonly string[], place: number): string => record[place]?.trim() ?? "";
  const keyed = firstLine.findIndex((_, place) => {
    const named = new Set(body.map((record) => plainName(cell(record, place).replaceAll("\\", "/"))).filter((name) => wanted.has(name)));
    return named.size * 2 > wanted.size;
  });
  if (keyed < 0) return null;
  const rest = firstLine.map((_, place) => place).filter((place) => place !== keyed);
  return {
    names: rest.map((place) => (header ? cell(firstLine, place) : rest.length === 1 ? "label" : `column_${place + 1}`)),
    keys: body.map((record) => cell(record, keyed)),
    cells: body.map((record) => rest.map((place) => cell(record, place))),
  };
}

function labelsOf({ names, keys, cells }: KeyedTable, file: string, pictures: readonly PictureFile[], decoded: DecodedText): Labels {
  const paths = pictures.map(({ name }) => name);
  const { rowOf, unused } = rowsOfPictures(keys, cells, paths, file);
  const byPath = new Map([...rowOf].map(([place, row]) => [paths[place], cells[row] ?? []]));
  const nothing = names.map(() => "");
  const shown = (list: readonly string[]): string => `${list.slice(0, SHOWN_NAMES).join(", ")}${list.length > SHOWN_NAMES ? " …" : ""}`;
  const warningsFor = (kept: readonly string[]): ErrorData[] => {
    const left = kept.filter((path) => !byPath.has(path));
    const rows = unused.map((row) => keys[row] ?? "");
    const warning = (code: string, list: readonly string[]): ErrorData[] =>
      list.length === 0 ? [] : [{ code, params: { file, count: list.length, names: shown(list) } }];
    return [
      ...guessWarning(decoded, file),
      ...warning("data.pictures_not_in_table", left),
      ...warning("data.pictures_of_table_missing", rows),
    ];
  };
  return { names, cellsOf: (path) => byPath.get(path) ?? nothing, table: { encoding: decoded.encoding, warningsFor } };
}
