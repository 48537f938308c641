/**
 * Data for a model that exists, from whatever its kind is: a table of text, or pictures in a folder, an archive or idx files,
 * brought to the size that the model was trained on. No library, nothing stored.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import type { Column, PictureColumn, Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import { type ColumnDocument, MISSING_TOKENS } from "../../../core/graph/document.ts";
import { compareCodePoints } from "../../../core/steps/order.ts";
import { asTable } from "./as-text.ts";
import { contentHead } from "./content-head.ts";
import { openDatabase } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { readJoinedSource } from "./join/joined-source.ts";
import type { Joins, Partner } from "./join/request.ts";
import { type LoadOptions, readFileTable, tableOfSource } from "./load-table.ts";
import type { CollectedPictures } from "./pictures/collected.ts";
import { looksLikeIdx } from "./pictures/idx.ts";
import { readPictures } from "./pictures/import-pictures.ts";
import { isArchive } from "./pictures/open-files.ts";
import type { PictureFormat } from "./pictures/picture-format.ts";

/** Files that belong to the table, and what LoadOptions say. */
export type ModelDataOptions = LoadOptions & Pick<Joins, "partner">;

export interface ModelData {
  readonly table: Table;
  /** Cells of the columns asked for by `passThrough`, as text; null is empty. */
  readonly passThrough: readonly (readonly (string | null)[])[];
}

/**
 * @param pipeline    of the model
 * @param passThrough names of columns whose cells are wanted as they are
 * @throws AppError data.*
 */
export async function readModelData(
  path: string,
  pipeline: FittedPipeline,
  passThrough: readonly string[] = [],
  options: ModelDataOptions = {},
): Promise<ModelData> {
  const columns = columnsToRead(pipeline);
  const picture = columns.find(({ type, role }) => type === "picture" && role !== "ignored");
  if (options.partner !== undefined) {
    const format = picture === undefined ? {} : formatOf(pipeline, picture.name);
    return readJoinedRows(path, columns, passThrough, { ...options, partner: options.partner, format });
  }
  const asTablePixels = picture?.pixels !== undefined && !(await holdsPictures(path));
  if (picture === undefined || asTablePixels) return readRows(path, columns, passThrough, options);
  const name = basename(path);
  const format = formatOf(pipeline, picture.name);
  const collected = await readPictures({ path, name, ...options }, format).catch((thrown: unknown) => {
    throw fileError(thrown, path);
  });
  if (collected === null) throw new AppError("data.no_pictures", { file: name, broken: 0 });
  refuseBroken(collected, name);
  refuseOtherSize(collected, format, name);
  const cellsOf = (column: string): (string | null)[] => {
    const place = collected.names.indexOf(column);
    return collected.rows.map((row) => (row[place] === undefined || row[place] === "" ? null : row[place]));
  };
  const lacking = passThrough.filter((column) => !collected.names.includes(column));
  if (lacking.length > 0) throw new AppError("data.column_missing", { columns: lacking.join(", "), count: lacking.length });
  const others = columns.filter(({ name: own, role }) => role !== "ignored" && collected.names.includes(own));
  const pixels: PictureColumn = { kind: "picture", name: picture.name, shape: collected.shape, pixels: collected.pixels };
  const rowCount = collected.rows.length;
  const passed = passThrough.map(cellsOf);
  return {
    table: {
      rowCount,
      rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row),
      columns: [pixels, ...others.map((document) => columnOf(document, cellsOf(document.name)))],
    },
    passThrough: passThrough.length === 0 ? [] : Array.from({ length: rowCount }, (_, row) => passed.map((cells) => cells[row] ?? null)),
  };
}

/** A table of pixel columns is text; a folder, an archive and idx files are pictures. */
async function holdsPictures(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
    const head = await contentHead(path);
    return looksLikeIdx(head) || isArchive(head);
  } catch (thrown) {
    throw fileError(thrown, path);
  }
}

async function readRows(
  path: string,
  columns: readonly ColumnDocument[],
  passThrough: readonly string[],
  options: LoadOptions,
): Promise<ModelData> {
  const work = await mkdtemp(join(tmpdir(), "neuroloom-rows-"));
  try {
    const written = await asTable(path, basename(path), work, options).catch((thrown: unknown) => {
      throw fileError(thrown, path);
    });
    // What was made is UTF-8, whatever the encoding of the file.
    return await (written === null || written.asItWas
      ? readFileTable(written?.path ?? path, columns, passThrough, options)
      : readFileTable(written.path, columns, passThrough, { ...options, encoding: undefined }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A table with its partner, joined as when it was imported; every row needs one here. */
async function readJoinedRows(
  path: string,
  columns: readonly ColumnDocument[],
  passThrough: readonly string[],
  { partner, format, ...options }: LoadOptions & { readonly partner: Partner; readonly format: PictureFormat },
): Promise<ModelData> {
  const work = await mkdtemp(join(tmpdir(), "neuroloom-joined-"));
  try {
    const database = await openDatabase(join(work, "spill"), options.signal);
    try {
      const expected = columns.filter(({ role }) => role === "feature").map(({ name }) => name);
      const request = { ...options, path, name: basename(path), partner, pictures: format, strict: true, expected };
      const { names, pictures } = await readJoinedSource(database, work, request);
      if (pictures !== null) refuseBroken(pictures, partner.name);
      const isPicture = ({ type, role }: ColumnDocument): boolean => type === "picture" && role !== "ignored";
      const plain = columns.map((column) => (isPicture(column) ? { ...column, type: "numeric" as const } : column));
      const { table, passThrough: cells } = await tableOfSource(database, names, plain, passThrough);
      const pictureNames = new Set(pictures === null ? [] : columns.filter(isPicture).map(({ name }) => name));
      const made = table.columns.map((column): Column => {
        if (pictures === null || column.kind !== "number" || !pictureNames.has(column.name)) return column;
        return {
          kind: "picture",
          name: column.name,
          shape: pictures.shape,
          pixels: pictures.pixels,
          places: Uint32Array.from(column.values),
        };
      });
      return { table: { ...table, columns: made }, passThrough: cells };
    } finally {
      database.close();
    }
  } catch (thrown) {
    throw fileError(thrown, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What the model takes. Where its own preparation makes pictures grey, they come in colour if they are. */
function formatOf({ features, steps }: FittedPipeline, column: string): PictureFormat {
  const shape = features.find((group) => group.column === column)?.shape;
  const [height, width, channels] = shape ?? [];
  if (height === undefined || width === undefined) return {};
  const greyed = steps.some(({ step }) => step.columns.includes(column) && step["colour"] === "grey");
  return { size: [height, width], ...(!greyed && (channels === 1 || channels === 3) ? { channels } : {}) };
}

/** A prediction is wanted for every picture. */
function refuseBroken({ broken }: CollectedPictures, file: string): void {
  const [first] = broken;
  if (first !== undefined)
    throw new AppError("data.picture_broken", { file, name: first.file, reason: first.reason, count: broken.length });
}

/** idx files are taken as they are. */
function refuseOtherSize({ shape }: CollectedPictures, { size, channels }: PictureFormat, file: string): void {
  const wanted = [size?.[0] ?? shape[0], size?.[1] ?? shape[1], channels ?? shape[2]];
  if (wanted.some((length, axis) => length !== shape[axis]))
    throw new AppError("data.picture_size_differs", { file, expected: wanted.join(" × "), received: shape.join(" × ") });
}

function columnOf(document: ColumnDocument, cells: readonly (string | null)[]): Column {
  const { name, type } = document;
  const missing = new Set(document.missing_tokens ?? MISSING_TOKENS);
  const present = cells.map((cell) => (cell === null || missing.has(cell.trim()) ? null : cell.trim()));
  if (type === "text" && document.role === "feature") return { kind: "text", name, values: present };
  if (type === "categorical" || type === "text") {
    const categories = [...new Set(present.filter((cell) => cell !== null))].sort(compareCodePoints);
    const places = new Map(categories.map((category, place) => [category, place]));
    return {
      kind: "category",
      name,
      codes: Int32Array.from(present, (cell) => (cell === null ? -1 : (places.get(cell) ?? -1))),
      categories,
    };
  }
  const values = Float64Array.from(present, (cell) => (cell === null ? Number.NaN : type === "date" ? Date.parse(cell) : Number(cell)));
  const bad = present.findIndex((cell, row) => cell !== null && !Number.isFinite(values[row]));
  if (bad >= 0)
    throw new AppError(type === "date" ? "data.not_a_date" : "data.not_a_number", {
      column: name,
      value: String(present[bad]).slice(0, 80),
      row: bad + 1,
      count: present.filter((cell, row) => cell !== null && !Number.isFinite(values[row])).length,
    });
  return { kind: "number", name, values };
}
