/**
 * Import: a text file becomes a stored data set, <folder>/<sha256>.parquet, with its profile. Everything is made in a
 * folder of its own beside it and moved at the end, so that a failure, a cancel or a full disk leaves nothing behind.
 */
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { keepFile } from "../../store/kept-file.ts";
import { asTable } from "./as-text.ts";
import { openDatabase, refuseAborted } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { partsWarning, withPartRemark } from "./folder-parts.ts";
import type { ImportedTable, ImportProgress, ImportRequest } from "./import-request.ts";
import { importJoined } from "./join/import-joined.ts";
import { lookAtFiles, type NamedFile } from "./join/look-at-files.ts";
import { hasJoins } from "./join/request.ts";
import { importPictures } from "./pictures/import-pictures.ts";
import { unpackedTar } from "./pictures/tar-files.ts";
import { profileTable } from "./profile.ts";
import { readTextTable, type TextTable } from "./read-text-table.ts";
import { choiceInArchive } from "./table-in-archive.ts";
import { writeTextFiles } from "./texts/text-files.ts";
import { makeWorkFolder, sweepAbandoned } from "./work-folder.ts";

/** A target and something to learn it from. */
const FEWEST_COLUMNS = 2;

/** @throws AppError data.* */
export async function importFile(request: ImportRequest): Promise<ImportedTable> {
  const { folder, name, signal } = request;
  try {
    refuseAborted(signal);
    await mkdir(folder, { recursive: true });
    await sweepAbandoned(folder, ["import"]);
    const work = await makeWorkFolder("import", folder);
    try {
      const { origin } = request;
      if (origin === undefined) return await importWithin(work, request);
      const table = await importWithin(work, { ...request, encoding: undefined, sheet: undefined });
      return { ...table, ...origin, warnings: [...origin.warnings, ...table.warnings] };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (thrown) {
    throw fileError(thrown, name);
  }
}

async function importWithin(work: string, request: ImportRequest): Promise<ImportedTable> {
  if (hasJoins(request)) return importJoined(work, request);
  const onBytes = (bytes: number, totalBytes: number): void => request.onProgress?.({ stage: "unpacking", rows: 0, bytes, totalBytes });
  const unpacked = await unpackedTar(request.path, request.name, work, { signal: request.signal, onBytes });
  if (unpacked === null) return importOne(work, request);
  const { sizeBytes, ...table } = await importOne(work, { ...request, path: unpacked });
  // A table says how long it is itself, pictures how long what they came in is.
  const ofPictures = table.columns.some(({ type }) => type === "picture");
  return { ...table, sizeBytes: ofPictures ? (await stat(request.path)).size : sizeBytes };
}

async function importOne(work: string, request: ImportRequest): Promise<ImportedTable> {
  const texts = join(work, "texts.csv");
  const foldersOfTexts = await writeTextFiles(request.path, request.name, texts, request);
  if (foldersOfTexts !== null) {
    const made = await importText(work, { ...request, path: texts, encoding: undefined });
    const { parts, encoding } = foldersOfTexts;
    const table = { ...made, encoding, warnings: [...foldersOfTexts.warnings, ...made.warnings] };
    if (parts === null) return table;
    return { ...table, columns: withPartRemark(table.columns), warnings: [partsWarning(parts, request.name, true), ...table.warnings] };
  }
  const pictures = await importPictures(work, request);
  if (pictures !== null) return pictures;
  const several = await choiceInArchive({ ...request, work, table: request.sheet }, (parts) => haveSameColumns(parts, request));
  if (several !== null && several.parts !== null) {
    const table = await importJoined(work, { ...request, ...several.parts, sheet: undefined });
    return { ...table, name: request.name, sheet: several.choice, warnings: [...several.warnings, ...table.warnings] };
  }
  const written = await asTable(request.path, request.name, work, { ...request, sheet: several?.choice.name ?? request.sheet });
  if (written === null) return importText(work, request);
  const { path, sheet, warnings, asItWas } = written;
  // What was made is UTF-8, whatever the person calls the encoding of the file.
  const imported = await importText(work, { ...request, path, encoding: asItWas ? request.encoding : undefined });
  const { encoding: _, ...table } = imported;
  return {
    ...(asItWas ? imported : table),
    warnings: [...warnings, ...imported.warnings],
    ...(sheet === undefined ? {} : { sheet }),
  };
}

/** Of a part these leave nothing to read; other errors are no fault of it, or ask for something that the person knows. */
const PART_UNREADABLE = /^data\.(parquet_|json_|gzip_|excel_|not_|zip_|tar_|file_empty|(archive|folder)_without_data)/;

/** Those of the first, whatever more the others have. */
async function haveSameColumns(parts: readonly NamedFile[], { encoding, signal }: ImportRequest): Promise<boolean> {
  try {
    const { files } = await lookAtFiles(parts, { encoding, signal });
    const [first = [], ...others] = files.map(({ columns }) => columns.map(({ name }) => name));
    return first.length > 0 && others.every((names) => first.every((name) => names.includes(name)));
  } catch (thrown) {
    if (thrown instanceof AppError && PART_UNREADABLE.test(thrown.code)) return false;
    throw thrown;
  }
}

async function importText(work: string, { path, name, folder, encoding, onProgress, signal }: ImportRequest): Promise<ImportedTable> {
  let totalBytes = 0;
  const report = (stage: ImportProgress["stage"], share: number, rows: number): void =>
    onProgress?.({ stage, rows, bytes: share * totalBytes, totalBytes });
  const database = await openDatabase(join(work, "spill"), signal);
  try {
    const stored = join(work, "table.parquet");
    const table: TextTable = await readTextTable(database, path, name, join(work, "text"), {
      encoding,
      signal,
      raggedRows: "skip",
      fewestColumns: FEWEST_COLUMNS,
      storeAt: stored,
      onBytes: (read, total) => {
        totalBytes = total;
        report("reading", read / total, 0);
      },
      onShare: (share) => report("storing", share, 0),
    });
    const profile = await profileTable(database, table.names, table.rowCount, (share) => report("profiling", share, table.rowCount));
    refuseAborted(signal);
    const target = join(folder, `${table.sha256}.parquet`);
    await keepFile(stored, target);
    return {
      name,
      path: target,
      rowCount: table.rowCount,
      columnCount: table.names.length,
      sizeBytes: table.fileBytes,
      fingerprint: table.sha256,
      encoding: table.encoding,
      columns: profile.columns,
      warnings: [...table.warnings, ...profile.warnings],
    };
  } finally {
    database.close();
  }
}
