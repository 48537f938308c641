/**
 * What an archive or folder is read as that may hold tables and pictures. Pictures beside a few tables are what the data set is, unless
 * they are a cover or a plot: no more of them than tables, and no table names them. The person can always say it.
 */

import type { ErrorData } from "../../../core/errors.ts";
import { PICTURES } from "../../../core/schema/sheet-names.ts";
import { someNamePictures } from "./pictures/label-tables.ts";
import { isRecordsName, isTableName, isWorkbook, type OpenedFile, picturesAmong } from "./pictures/picture-files.ts";

/** Words about the data, which come with many an archive. */
const ABOUT = /(^|\/)(read_?me|licen[cs]e|description|.*_description)\.(txt|md)$/i;
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;
/** Of a note beside pictures as often as of a table. */
const MAYBE_NOTE = /\.txt$/i;
const SHOWN = 6;

/** Which of several was read, and which there are. */
export interface TableChoice {
  readonly name: string;
  readonly all: readonly string[];
  readonly of: "archive" | "workbook";
}

export interface FilesMeant {
  readonly as: "tables" | "pictures" | "nothing";
  /** Without what is hidden. */
  readonly files: readonly OpenedFile[];
  /** By their names without the folders that all of them lie in. */
  readonly tables: readonly OpenedFile[];
  readonly pictures: readonly OpenedFile[];
}

interface Asked {
  /** Name of a table, or PICTURES. */
  readonly sheet?: string | undefined;
  /** Of the tables, where the person names it. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws AppError data.import_cancelled */
export async function filesMeant(opened: readonly OpenedFile[], asked: Asked): Promise<FilesMeant> {
  const files = opened.filter(({ name }) => !HIDDEN.test(name));
  const ofWorkbook = isWorkbook(files.map(({ name }) => name));
  const pictures = picturesAmong(files);
  const tables = ofWorkbook ? [] : calledShortly(tablesAmong(files));
  const found = { files, tables, pictures };
  if (pictures.length === 0) return { ...found, as: tables.length === 0 ? "nothing" : "tables" };
  return { ...found, as: (await areTablesMeant(found, asked)) ? "tables" : "pictures" };
}

async function areTablesMeant({ files, tables, pictures }: Omit<FilesMeant, "as">, { sheet, ...options }: Asked): Promise<boolean> {
  if (sheet !== undefined) return sheet !== PICTURES && tables.length > 0;
  if (pictures.length > tables.filter(isSurelyTable).length) return false;
  return !(await someNamePictures(
    files,
    pictures.map(({ name }) => name),
    options,
  ));
}

const isSurelyTable = ({ name }: OpenedFile): boolean => isTableName(name) && !MAYBE_NOTE.test(name);

/** Records as JSON where no table stands beside them. */
function tablesAmong(files: readonly OpenedFile[]): readonly OpenedFile[] {
  const named = (isNamed: (name: string) => boolean) => files.filter(({ name }) => isNamed(name) && !ABOUT.test(name));
  const tables = named(isTableName);
  return tables.length > 0 ? tables : named(isRecordsName);
}

/** Without the folders that all of them lie in. */
function calledShortly(tables: readonly OpenedFile[]): readonly OpenedFile[] {
  const [first = [], ...others] = tables.map(({ name }) => name.split("/").slice(0, -1));
  const differs = first.findIndex((folder, depth) => others.some((folders) => folders[depth] !== folder));
  const shared = differs < 0 ? first.length : differs;
  return tables.map((file) => ({ ...file, name: file.name.split("/").slice(shared).join("/") }));
}

/** @param name of a table, of several that are read together, or PICTURES */
export function choiceAmong(name: string, { tables, pictures }: FilesMeant, together: readonly string[] = []): TableChoice {
  const others = pictures.length === 0 ? [] : [PICTURES];
  return { name, all: [...together, ...tables.map((one) => one.name), ...others], of: "archive" };
}

/** What could be read in place of the pictures; none where the tables are their labels. */
export function choiceBesidePictures(meant: FilesMeant): TableChoice | undefined {
  const tables = meant.tables.filter(isSurelyTable);
  return tables.length === 0 ? undefined : choiceAmong(PICTURES, { ...meant, tables });
}

/** Where tables were read that pictures lie beside. */
export function picturesLeftOut({ pictures }: FilesMeant, file: string): ErrorData[] {
  return pictures.length === 0
    ? []
    : [{ code: "data.pictures_left_out", params: { file, count: pictures.length, names: shownFiles(pictures), sheet: PICTURES } }];
}

export const shownFiles = (list: readonly { readonly name: string }[]): string =>
  `${list
    .slice(0, SHOWN)
    .map(({ name }) => name)
    .join(", ")}${list.length > SHOWN ? " …" : ""}`;
