/** neuroloom data: what is found in a file, before anything is built on it. Nothing is kept. */
import { rmSync } from "node:fs";
import { basename } from "node:path";
import { proposeData } from "../../core/data/propose.ts";
import { AppError, type ErrorData } from "../../core/errors.ts";
import { pixelRun } from "../../core/graph/pixel-run.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { isBoolean } from "../../core/schema/column-remarks.ts";
import { PICTURES } from "../../core/schema/sheet-names.ts";
import { isTimeOfDay, momentWords } from "../../core/schema/times-of-day.ts";
import { refuseAborted } from "../host/datasets/duckdb.ts";
import { importFile } from "../host/datasets/import-file.ts";
import type { ImportedTable } from "../host/datasets/import-request.ts";
import { leakWarnings } from "../host/datasets/leaks.ts";
import { picturesOfColumns } from "../host/datasets/pictures/from-columns.ts";
import type { PictureFormat } from "../host/datasets/pictures/picture-format.ts";
import { makeWorkFolder } from "../host/datasets/work-folder.ts";
import { EXIT, errorWords, type Output, ProgressBar } from "./output.ts";
import { type PixelsAsked, pixelsToTake } from "./pixels.ts";
import { type GivenData, withEdges } from "./read-files.ts";

export interface DataOptions {
  readonly file: string;
  readonly encoding: string | null;
  readonly targets: readonly string[];
  readonly joins: GivenData;
  readonly pictures: PictureFormat;
}

/** Ctrl+C ends it; what was made is removed. @returns the exit code */
export async function describeData(options: DataOptions, output: Output): Promise<number> {
  const folder = await makeWorkFolder("neuroloom-data");
  const controller = new AbortController();
  const { signal } = controller;
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const interrupt = (): void => {
    // What comes after the import hears no signal.
    process.once("SIGINT", () => {
      remove();
      process.exit(EXIT.interrupted);
    });
    controller.abort();
  };
  process.once("SIGINT", interrupt);
  try {
    return await describeIn(folder, options, output, signal);
  } catch (thrown) {
    if (signal.aborted) return EXIT.interrupted;
    throw thrown;
  } finally {
    process.removeListener("SIGINT", interrupt);
    remove();
  }
}

async function describeIn(
  folder: string,
  { file, encoding, targets, joins, pictures }: DataOptions,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const bar = new ProgressBar();
  try {
    const read = await withEdges(file, joins, { encoding: encoding ?? undefined, signal }, (rows) =>
      importFile({
        name: basename(file),
        folder,
        ...joins,
        ...rows,
        pictures,
        signal,
        onProgress: ({ stage, bytes, totalBytes }) => bar.show(totalBytes === 0 ? 0 : bytes / totalBytes, stage),
      }),
    );
    bar.clear();
    refuseAborted(signal);
    const imported = await withPictures(read, folder, targets, { pixels: joins.pixels, signal });
    refuseAborted(signal);
    const unknown = targets.filter((target) => !imported.columns.some(({ name }) => name === target));
    if (unknown.length > 0) throw new AppError("data.column_missing", { columns: unknown.join(", "), count: unknown.length });
    const warnings = [...imported.warnings];
    for (const target of targets) {
      refuseAborted(signal);
      warnings.push(...(await leakWarnings(imported.path, imported.columns, target)));
    }
    refuseAborted(signal);
    print(imported, targets, warnings, output);
    return EXIT.ok;
  } finally {
    bar.clear();
  }
}

async function withPictures(
  table: ImportedTable,
  folder: string,
  targets: readonly string[],
  { pixels, signal }: { readonly pixels: PixelsAsked | undefined; readonly signal: AbortSignal },
): Promise<ImportedTable> {
  if (pixels === undefined) return table;
  const taken = pixelsToTake(table.name, table.columns, targets, pixels);
  const { name, path, rowCount, sizeBytes, fingerprint, columns, warnings } = table;
  const dataset = { name, row_count: rowCount, size_bytes: sizeBytes, fingerprint };
  return picturesOfColumns({ path, profile: { dataset, columns, warnings }, ...taken, folder, signal });
}

function print(imported: ImportedTable, targets: readonly string[], warnings: readonly ErrorData[], output: Output): void {
  const { name, columns, rowCount, columnCount, sizeBytes, fingerprint, encoding, sheet } = imported;
  const proposed = proposeData({ kind: "file", name }, columns, targets);
  const roles = new Map(proposed.columns.map((column) => [column.name, column.role]));
  // Without a target that is named, which column it is would be a guess.
  const roleOf = (column: string): string | null => (targets.length === 0 ? null : (roles.get(column) ?? null));
  const readAs = {
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet: sheet.name, sheets: sheet.all }),
  };
  output.result({ event: "data", file: name, rows: rowCount, columns: columnCount, size_bytes: sizeBytes, fingerprint, ...readAs }, null);
  for (const { histogram, ...profile } of columns)
    output.result({ event: "column", ...profile, role: roleOf(profile.name), histogram }, null);
  if (!output.json) output.result({}, textTable(imported, roleOf));
  const run = pixelRun(columns.filter(({ type }) => type === "numeric").map((column) => column.name));
  if (run !== null) {
    const [first, last, shape] = [run.columns[0], run.columns.at(-1), run.shape.join(" × ")];
    output.result(
      { event: "pixels", columns: run.columns, shape: [...run.shape] },
      `${first} to ${last}: ${run.columns.length} columns look like the pixels of pictures of ${shape}; give an input that shape, or make one column of them: --pixels ${run.shape.join("x")}`,
    );
  }
  for (const warning of warnings) {
    const { message, hint } = errorWords(warning);
    output.result(
      { event: "warning", code: warning.code, message, hint, node_id: null },
      `warning: ${message}${hint === "" ? "" : ` ${hint}`}`,
    );
  }
  output.result({ event: "done", rows: rowCount, warnings: warnings.length, proposed: targets.length === 0 ? null : proposed }, null);
}

const LONGEST_NAME = 32;

/** Which sheet or table of several was read, and how another one is. */
function sheetText({ sheet }: ImportedTable): string {
  if (sheet === undefined || sheet.all.length < 2) return "";
  const others = sheet.all.filter((name) => name !== sheet.name);
  const table = `the ${sheet.of === "workbook" ? "sheet" : "table"} '${sheet.name}'`;
  const read = sheet.of === "archive" && sheet.name === PICTURES ? "the pictures" : table;
  return `, of ${read} (there are also: ${others.join(", ")}; --sheet NAME reads another)`;
}

function textTable(imported: ImportedTable, roleOf: (column: string) => string | null): string {
  const { columns, rowCount } = imported;
  const rows = columns.map((column) => [
    shortened(column.name, LONGEST_NAME),
    typeOf(column),
    roleOf(column.name) ?? "",
    column.missing === 0 ? "" : `${column.missing} (${percent(column.missing / rowCount)})`,
    String(column.distinct),
    valuesOf(column),
    column.remarks.join(", "),
  ]);
  const all = [["column", "type", "role", "missing", "distinct", "values", "remarks"], ...rows];
  const widths = all[0]?.map((_, place) => Math.max(...all.map((row) => row[place]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`${rowCount} rows, ${columns.length} columns${sheetText(imported)}`, ...lines].join("\n");
}

/** As the data screen calls it. */
function typeOf(column: ColumnProfile): string {
  if (isBoolean(column)) return "boolean";
  return column.type === "date" && column.min !== null && isTimeOfDay(column.min) ? "time of day" : column.type;
}

function valuesOf({ mean, deviation, min, max, histogram }: ColumnProfile): string {
  if (mean !== null && deviation !== null) return `${short(mean)} ± ${short(deviation)}, ${short(min ?? 0)} to ${short(max ?? 0)}`;
  if (min !== null && max !== null) return `${momentWords(min)} to ${momentWords(max)}`;
  return histogram
    .slice(0, 3)
    .map(({ label, count }) => `${shortened(label.replaceAll(/\s+/g, " "), 20)} (${count})`)
    .join(", ");
}

/** A few of many are not none. */
const percent = (share: number): string => (share < 0.0005 ? "< 0.1 %" : `${(100 * share).toFixed(1)} %`);
const short = (value: number): string => String(Number(value.toPrecision(4)));
const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
