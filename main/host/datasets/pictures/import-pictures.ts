/** Pictures become a stored data set: a table of their labels and file names, and their pixels in a file beside it. */
import { createHash } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorData } from "../../../../core/errors.ts";
import type { ColumnProfile } from "../../../../core/protocol/methods.ts";
import { keepFile } from "../../../store/kept-file.ts";
import { contentHead } from "../content-head.ts";
import { type Database, openDatabase, refuseAborted } from "../duckdb.ts";
import { choiceBesidePictures, type FilesMeant, filesMeant } from "../files-meant.ts";
import { partsWarning, withPartRemark } from "../folder-parts.ts";
import type { ImportedTable, ImportRequest } from "../import-request.ts";
import { profileTable } from "../profile.ts";
import { readTextTable, type TextTable } from "../read-text-table.ts";
import { writeStoredTable } from "../stored-table.ts";
import { collectPictures } from "./collect.ts";
import type { CollectedPictures } from "./collected.ts";
import { looksLikeIdx, readIdxPictures } from "./idx.ts";
import { openFiles } from "./open-files.ts";
import type { PictureFault } from "./picture-faults.ts";
import type { OpenedFiles } from "./picture-files.ts";
import type { PictureFormat } from "./picture-format.ts";
import { hashPixels } from "./pixel-writer.ts";

/** Columns of pictures that have no labels, only a part. */
const FILE_AND_PART = 2;
/** Of the pixels, in the folder that an import works in. */
export const PIXELS = "table.pictures";
/** Names of broken files that a warning lists. */
const SHOWN_BROKEN = 5;

/** @returns null where the file holds no pictures: it is then read as a table of text */
export async function importPictures(work: string, request: ImportRequest): Promise<ImportedTable | null> {
  const collected = await readPictures(request, join(work, PIXELS), request.pictures);
  return collected === null ? null : store(work, request, collected);
}

/**
 * @param pixelsAt where their pixels are written
 * @param format by default what suits the pictures; idx files are taken as they are
 * @returns null where the file holds no pictures
 */
export async function readPictures(
  { path, name, labels, encoding, sheet, signal, onProgress }: Omit<ImportRequest, "folder">,
  pixelsAt: string,
  format: PictureFormat = {},
): Promise<CollectedPictures | null> {
  if (!(await stat(path)).isDirectory() && looksLikeIdx(await contentHead(path))) {
    const onBytes = (bytes: number, totalBytes: number, rows: number): void => onProgress?.({ stage: "reading", rows, bytes, totalBytes });
    return readIdxPictures({ path, name, labels, pixelsAt, signal, onBytes });
  }
  const opened = await openFiles(path, name, signal);
  if (opened === null) return null;
  try {
    const meant = await filesMeant(opened.files, { sheet, encoding, signal });
    return meant.as === "pictures" ? await collectFrom(opened, meant) : null;
  } finally {
    opened.close();
  }

  async function collectFrom(files: OpenedFiles, meant: FilesMeant): Promise<CollectedPictures> {
    const collected = await collectPictures(files, name, pixelsAt, {
      encoding,
      signal,
      ...format,
      onShare: (share, rows) =>
        onProgress?.({ stage: "reading", rows, bytes: Math.round(files.sizeBytes * share), totalBytes: files.sizeBytes }),
    });
    const choice = collected.table === undefined ? choiceBesidePictures(meant) : undefined;
    return choice === undefined ? collected : { ...collected, choice };
  }
}

async function store(work: string, request: ImportRequest, collected: CollectedPictures): Promise<ImportedTable> {
  const { name, folder, signal, onProgress } = request;
  const { pixels, rows, sizeBytes, parts, table: given, choice } = collected;
  const { shape } = pixels;
  const report = (stage: "profiling" | "storing"): void =>
    onProgress?.({ stage, rows: rows.length, bytes: sizeBytes, totalBytes: sizeBytes });
  report("profiling");
  const database = await openDatabase(join(work, "spill"), signal);
  try {
    const table = await writePictureRows(database, work, "picture", collected, { name, signal });
    const profile = await profileTable(database, table.names, table.rowCount);
    const described = parts === undefined ? profile.columns.slice(1) : withPartRemark(profile.columns.slice(1));
    report("storing");
    const ofRows = createHash("sha256").update(table.sha256).update(shape.join("x"));
    const fingerprint = (await hashPixels(ofRows, pixels, signal)).digest("hex");
    const stored = join(work, "table.parquet");
    await writeStoredTable(database, stored, table.names);
    refuseAborted(signal);
    const target = join(folder, `${fingerprint}.parquet`);
    await keepFile(pixels.path, join(folder, `${fingerprint}.pictures`));
    await keepFile(stored, target);
    return {
      name,
      path: target,
      rowCount: table.rowCount,
      columnCount: table.names.length,
      sizeBytes,
      fingerprint,
      ...(given === undefined ? {} : { encoding: given.encoding }),
      ...(choice === undefined ? {} : { sheet: choice }),
      columns: [pictureProfile(rows.length, shape), ...described],
      warnings: [
        ...(parts === undefined ? [] : [partsWarning(parts, name, collected.names.length > FILE_AND_PART)]),
        ...labelsWarning(collected, name),
        ...(given?.warnings ?? []),
        ...brokenWarnings(collected, name),
        ...profile.warnings.filter(({ params }) => params["column"] !== "picture"),
      ],
    };
  } finally {
    database.close();
  }
}

/** Makes the table `source`: the number of each picture as `column`, then what is said of it. */
export async function writePictureRows(
  database: Database,
  work: string,
  column: string,
  { names, rows }: CollectedPictures,
  { name, signal }: Pick<ImportRequest, "name" | "signal">,
): Promise<TextTable> {
  const csv = join(work, "pictures.csv");
  await writeFile(csv, csvOf([column, ...names], rows));
  return readTextTable(database, csv, name, join(work, "text"), {
    signal,
    raggedRows: "refuse",
    fewestColumns: 1,
    expected: [column],
  });
}

const LINES_AT_ONCE = 2000;

/** In pieces, so that the thread is free between them. */
function* csvOf(names: readonly string[], rows: readonly (readonly string[])[]): Generator<string, void, void> {
  const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  yield `${names.map(cell).join(",")}\n`;
  for (let from = 0; from < rows.length; from += LINES_AT_ONCE)
    yield rows
      .slice(from, from + LINES_AT_ONCE)
      .map((cells, place) => `${[String(from + place), ...cells].map(cell).join(",")}\n`)
      .join("");
}

/** @param count different pictures */
export function pictureProfile(count: number, shape: readonly number[], name = "picture"): ColumnProfile {
  const nothing = { mean: null, deviation: null, min: null, max: null, quantiles: null, histogram: [] };
  return { name, type: "picture", remarks: [`shape=${shape.join("x")}`], missing: 0, distinct: count, ...nothing };
}

function labelsWarning({ labelsWanted, rows }: CollectedPictures, file: string): ErrorData[] {
  return labelsWanted === undefined
    ? []
    : [{ code: "data.pictures_without_labels", params: { file, count: rows.length, labels: labelsWanted } }];
}

/** One of each fault, the most frequent first. */
export function brokenWarnings({ broken }: Pick<CollectedPictures, "broken">, file: string): ErrorData[] {
  const found = [...new Set(broken.map(({ fault }) => fault))];
  const byFault = found.map((fault) => [fault, broken.filter((one) => one.fault === fault)] as const);
  const faults = byFault.sort(([one, files], [other, others]) => others.length - files.length || (one < other ? -1 : 1));
  return faults.map(([fault, files]) => {
    // They were found side by side, in no order.
    const shown = files.toSorted((a, b) => (a.file < b.file ? -1 : 1)).slice(0, SHOWN_BROKEN);
    const names = shown.map((one) => (one.detail === "" ? one.file : `${one.file} (${one.detail})`));
    const more = files.length > shown.length ? " …" : "";
    return { code: FAULT_CODES[fault], params: { file, count: files.length, names: names.join(", ") + more } };
  });
}

const FAULT_CODES: Readonly<Record<PictureFault, string>> = {
  not_a_picture: "data.pictures_not_pictures",
  cut_off: "data.pictures_cut_off",
  too_large: "data.pictures_too_large",
  no_size: "data.pictures_no_size",
  not_read: "data.pictures_not_read",
  damaged: "data.pictures_broken",
  gone: "data.pictures_gone",
};
