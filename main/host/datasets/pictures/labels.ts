/** Labels of pictures: the folder each lies in, or a table among the files that names them. */
import { readRecords, sniffDialect } from "../dialect.ts";
import { type FolderParts, folderParts, PART_COLUMN } from "../folder-parts.ts";
import type { PictureFile } from "./picture-files.ts";

export interface Labels {
  readonly names: readonly string[];
  readonly cellsOf: (file: string) => readonly string[];
  /** Where folders of the pictures are parts of a split: the last of the columns says which. */
  readonly parts?: FolderParts;
}

const TABLE = /\.(csv|tsv|txt)$/i;

/** A table counts when one of its columns names most of the pictures, with or without folder and ending. */
export async function labelsFor(files: readonly PictureFile[], pictures: readonly PictureFile[]): Promise<Labels> {
  const parts = folderParts(pictures.map(({ name }) => name));
  for (const file of files.filter(({ name }) => TABLE.test(name))) {
    const table = tableOf(new TextDecoder().decode(await file.bytes()), pictures);
    if (table !== null) return parts === null || table.names.includes(PART_COLUMN) ? table : withParts(table, parts);
  }
  if (parts !== null) return withParts(byFolder(parts.classOf), parts);
  const folders = new Set(pictures.map(({ name }) => folderOf(name)));
  return byFolder(folders.size < 2 ? null : folderOf);
}

const byFolder = (classOf: ((file: string) => string) | null): Labels =>
  classOf === null ? { names: [], cellsOf: () => [] } : { names: ["label"], cellsOf: (file) => [classOf(file)] };

const withParts = ({ names, cellsOf }: Labels, parts: FolderParts): Labels => ({
  names: [...names, PART_COLUMN],
  cellsOf: (file) => [...cellsOf(file), parts.partOf(file)],
  parts,
});

/** The folder nearest to the picture. */
const folderOf = (name: string): string => name.split("/").at(-2) ?? "";
const plainName = (name: string): string => (name.split("/").at(-1) ?? name).replace(/\.[^.]+$/, "");

function tableOf(text: string, pictures: readonly PictureFile[]): Labels | null {
  const { delimiter, quote, header, firstLine } = sniffDialect(text, true);
  const records = readRecords(text, true, delimiter, quote, Number.POSITIVE_INFINITY);
  const body = header ? records.slice(1) : records;
  const wanted = new Set(pictures.map(({ name }) => plainName(name)));
  const keyed = firstLine.findIndex((_, place) => {
    const named = new Set(body.map((record) => plainName(record[place]?.trim() ?? "")).filter((name) => wanted.has(name)));
    return named.size * 2 > wanted.size;
  });
  if (keyed < 0) return null;
  const rest = firstLine.map((_, place) => place).filter((place) => place !== keyed);
  const byName = new Map(body.map((record) => [plainName(record[keyed]?.trim() ?? ""), rest.map((place) => record[place]?.trim() ?? "")]));
  const names = rest.map((place) => (header ? (firstLine[place]?.trim() ?? "") : rest.length === 1 ? "label" : `column_${place + 1}`));
  return { names, cellsOf: (file) => byName.get(plainName(file)) ?? rest.map(() => "") };
}
