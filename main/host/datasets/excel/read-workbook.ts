/**
 * One sheet of an Excel workbook written out as CSV. Values are what the cells hold, not how they are shown: numbers in
 * full, booleans as true and false, dates in ISO 8601; a cell that holds an error of the sheet (#DIV/0!) is empty and counted.
 */
import { open } from "node:fs/promises";
import readSheets from "read-excel-file/node";
import { AppError } from "../../../../core/errors.ts";
import { fileError } from "../file-errors.ts";
import { openZip, type PictureFile } from "../pictures/picture-files.ts";

export interface SheetErrors {
  readonly count: number;
  /** `B7`, `#DIV/0!` of the first one. */
  readonly cell: string;
  readonly error: string;
}

export interface ReadSheet {
  readonly sheet: string;
  /** Names of all sheets, in the workbook's order. */
  readonly sheets: readonly string[];
  readonly errors: SheetErrors | null;
}

const ROWS_A_WRITE = 5000;

/**
 * @param name   what the person calls the file
 * @param sheet  name of the sheet; the first that holds cells when null
 * @param target the CSV that is made
 * @throws AppError data.excel_damaged, data.excel_without_sheets, data.excel_no_sheet, data.excel_empty, data.zip_*
 */
export async function readWorkbook(path: string, name: string, sheet: string | null, target: string): Promise<ReadSheet> {
  const zip = await openZip(path, name);
  try {
    const sheets = await sheetsOf(zip.files, name);
    const names = sheets.map((one) => one.name);
    if (sheet !== null && !names.includes(sheet))
      throw new AppError("data.excel_no_sheet", { file: name, sheet, sheets: names.join(", ") });
    for (const one of sheet === null ? names : [sheet]) {
      const rows = withoutMargins(await rowsOf(path, name, one));
      if (rows.length === 0) continue;
      await writeRows(rows, target);
      return { sheet: one, sheets: names, errors: await errorsIn(zip.files, sheets.find((known) => known.name === one)?.path ?? "") };
    }
    throw new AppError("data.excel_empty", { file: name, sheet: sheet ?? names.join(", ") });
  } finally {
    zip.close();
  }
}

type Cell = string | number | boolean | Date | null;

/** Read a sheet at a time: what the others hold need not be in memory. */
async function rowsOf(path: string, name: string, sheet: string): Promise<Cell[][]> {
  const options = { sheets: [sheet], trim: false };
  try {
    const [read] = await readSheets(path, options);
    return (read?.data ?? []) as Cell[][];
  } catch (cause) {
    const told = fileError(cause, name);
    if (told instanceof AppError) throw told;
    // What the library says is English, and of parts of the file that nobody sees: it stays in the report.
    throw new AppError("data.excel_damaged", { file: name, sheet }, { cause });
  }
}

const isEmpty = (cell: Cell | undefined): boolean => cell === null || cell === undefined || cell === "";

/** Rows that hold nothing are how sheets are laid out, and so are empty columns before the first name. */
function withoutMargins(rows: readonly Cell[][]): Cell[][] {
  const filled = rows.filter((row) => row.some((cell) => !isEmpty(cell)));
  let first = filled[0]?.length ?? 0;
  // In a loop: a sheet has more rows than a call can have arguments.
  for (const row of filled)
    first = Math.min(
      first,
      row.findIndex((cell) => !isEmpty(cell)),
    );
  return first === 0 ? filled : filled.map((row) => row.slice(first));
}

async function writeRows(rows: readonly Cell[][], target: string): Promise<void> {
  const ofDay = columnsOfTimes(rows);
  const file = await open(target, "w");
  try {
    for (let start = 0; start < rows.length; start += ROWS_A_WRITE) {
      const lines = rows
        .slice(start, start + ROWS_A_WRITE)
        .map((row) => `${row.map((cell, place) => textOf(cell, ofDay.has(place))).join(",")}\n`);
      await file.writeFile(lines.join(""));
    }
  } finally {
    await file.close();
  }
}

function textOf(cell: Cell, ofDay: boolean): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return isoOf(cell, ofDay);
  const text = String(cell).replaceAll("\r\n", "\n");
  return /[",\n\r;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Days are counted from here: where none is as long as one, all are times of day. */
const DAY_OF_TIMES = "1899-12-30";

function columnsOfTimes(rows: readonly Cell[][]): ReadonlySet<number> {
  const [times, dates] = [new Set<number>(), new Set<number>()];
  for (const row of rows)
    for (const [place, cell] of row.entries())
      if (cell instanceof Date) (isoOf(cell, false).startsWith(DAY_OF_TIMES) ? times : dates).add(place);
  return new Set([...times].filter((place) => !dates.has(place)));
}

/** Dates are numbers of days in a sheet: a time that is a hair before a second is that second. A day without a time stays one. */
function isoOf(date: Date, ofDay: boolean): string {
  const text = new Date(Math.round(date.getTime() / 10) * 10).toISOString();
  const end = text.endsWith(".000Z") ? 19 : 23;
  if (ofDay) return text.slice(11, end);
  if (text.endsWith("T00:00:00.000Z")) return text.slice(0, 10);
  return text.slice(0, end).replace("T", " ");
}

interface NamedSheet {
  readonly name: string;
  /** Within the archive; empty where the workbook does not say. */
  readonly path: string;
}

/** @throws AppError data.excel_without_sheets */
async function sheetsOf(files: readonly PictureFile[], file: string): Promise<NamedSheet[]> {
  const workbook = await textIn(files, "xl/workbook.xml");
  const links = await textIn(files, "xl/_rels/workbook.xml.rels");
  const targets = new Map(
    elements(links, "Relationship").map((link) => [attribute(link, "Id"), attribute(link, "Target").replace(/^\/?(xl\/)?/, "xl/")]),
  );
  const sheets = elements(workbook, "sheet").map((sheet) => ({
    name: attribute(sheet, "name"),
    path: targets.get(attribute(sheet, "r:id")) ?? "",
  }));
  if (sheets.length === 0) throw new AppError("data.excel_without_sheets", { file });
  return sheets;
}

async function textIn(files: readonly PictureFile[], name: string): Promise<string> {
  const found = files.find((file) => file.name === name);
  return found === undefined ? "" : Buffer.from(await found.bytes()).toString("utf8");
}

const elements = (xml: string, tag: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${tag}\\s[^>]*>`, "g")) ?? [];
const attribute = (element: string, name: string): string =>
  (new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(element)?.[1] ?? "").replaceAll(
    /&(?:amp|lt|gt|quot|apos|#(\d+)|#x([0-9a-fA-F]+));/g,
    (entity, decimal?: string, hex?: string) =>
      decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : hex !== undefined
          ? String.fromCodePoint(Number.parseInt(hex, 16))
          : (ENTITIES[entity] ?? entity),
  );
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

async function errorsIn(files: readonly PictureFile[], path: string): Promise<SheetErrors | null> {
  const xml = await textIn(files, path);
  let first: { cell: string; error: string } | null = null;
  let count = 0;
  for (const [whole, error] of xml.matchAll(/<(?:\w+:)?c\s[^>]*\bt="e"[^>]*>(?:(?!<\/(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</gs)) {
    first ??= { cell: attribute(whole, "r"), error: error ?? "" };
    count += 1;
  }
  return first === null ? null : { count, ...first };
}
