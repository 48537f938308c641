/**
 * Rows for a model that exists, written out as a data set is stored, so that they can be read in pieces: a table of text, pictures in a
 * folder, an archive or idx files at the size that the model was trained on, or files that belong together. No library, and the folder
 * that they lie in is removed. What does not fit is refused, because a prediction is wanted for every row.
 */
import { rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { PICTURES } from "../../../core/schema/sheet-names.ts";
import { asTable } from "./as-text.ts";
import { contentHead } from "./content-head.ts";
import { openDatabase } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { readJoinedSource } from "./join/joined-source.ts";
import type { Joins, Partner } from "./join/request.ts";
import type { LoadOptions } from "./load-table.ts";
import type { CollectedPictures } from "./pictures/collected.ts";
import { looksLikeIdx } from "./pictures/idx.ts";
import { readPictures, writePictureRows } from "./pictures/import-pictures.ts";
import { isArchive } from "./pictures/open-files.ts";
import type { PictureFormat } from "./pictures/picture-format.ts";
import { picturesBeside } from "./pictures/stored-pictures.ts";
import { unpackedTar } from "./pictures/tar-files.ts";
import { readTextTable } from "./read-text-table.ts";
import { writeStoredTable } from "./stored-table.ts";
import { makeWorkFolder } from "./work-folder.ts";

/** What LoadOptions say, and what belongs to the table. */
export type ModelRowsOptions = LoadOptions & Pick<Joins, "partners">;

interface Asked {
  /** Unpacked, where it is a packed tar. */
  readonly path: string;
  /** As it was given. */
  readonly file: string;
  readonly name: string;
  readonly work: string;
  /** Where the rows are stored; pictures beside it. */
  readonly storeAt: string;
  readonly columns: readonly ColumnDocument[];
  readonly options: ModelRowsOptions;
}

/**
 * @param pipeline of the model
 * @param act      is given the path of the stored table, which is gone afterwards
 * @throws AppError data.*
 */
export async function withStoredRows<T>(
  path: string,
  pipeline: FittedPipeline,
  options: ModelRowsOptions,
  act: (stored: string) => Promise<T>,
): Promise<T> {
  const work = await makeWorkFolder("neuroloom-read");
  const storeAt = join(work, "table.parquet");
  const asked = { path, file: path, name: basename(path), work, storeAt, columns: columnsToRead(pipeline), options };
  try {
    await storeUnpacked(asked, pipeline).catch((thrown: unknown) => {
      throw fileError(thrown, path);
    });
    return await act(storeAt);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function storeUnpacked(asked: Asked, pipeline: FittedPipeline): Promise<void> {
  const { path, name, work, options } = asked;
  const isFolder = (await stat(path)).isDirectory();
  const unpacked = isFolder ? null : await unpackedTar(path, name, work, { signal: options.signal });
  return store({ ...asked, path: unpacked ?? path }, pipeline);
}

async function store(asked: Asked, pipeline: FittedPipeline): Promise<void> {
  const { path, columns, options } = asked;
  const picture = columns.find(({ type, role }) => type === "picture" && role !== "ignored");
  const format = picture === undefined ? {} : formatOf(pipeline, picture.name);
  if (options.partners !== undefined && options.partners.length > 0) return storeJoined(asked, options.partners, format);
  const asPixels = picture?.pixels !== undefined && !(await holdsPictures(path));
  return picture === undefined || asPixels ? storeTable(asked) : storePictures(asked, picture.name, format);
}

/** A table of pixel columns is text; a folder, an archive and idx files are pictures. */
async function holdsPictures(path: string): Promise<boolean> {
  if ((await stat(path)).isDirectory()) return true;
  const head = await contentHead(path);
  return looksLikeIdx(head) || isArchive(head);
}

async function storeTable({ path, file, name, work, storeAt, columns, options }: Asked): Promise<void> {
  const written = await asTable(path, name, work, options);
  const made = written !== null && written.asItWas === undefined;
  const database = await openDatabase(join(work, "spill"), options.signal);
  try {
    await readTextTable(database, written?.path ?? path, file, join(work, "text"), {
      expected: featuresOf(columns),
      // What was made is UTF-8, whatever the encoding of the file.
      encoding: made ? undefined : options.encoding,
      signal: options.signal,
      raggedRows: "refuse",
      fewestColumns: 1,
      storeAt,
    });
  } finally {
    database.close();
  }
}

async function storePictures({ path, name, work, storeAt, options }: Asked, column: string, format: PictureFormat): Promise<void> {
  const collected = await readPictures({ path, name, ...options, sheet: PICTURES }, picturesBeside(storeAt), format);
  if (collected === null) throw new AppError("data.no_pictures", { file: name, broken: 0 });
  refuseBroken(collected, name);
  refuseOtherSize(collected, format, name);
  const database = await openDatabase(join(work, "spill"), options.signal);
  try {
    const { names } = await writePictureRows(database, work, column, collected, { name, signal: options.signal });
    await writeStoredTable(database, storeAt, names);
  } finally {
    database.close();
  }
}

/** A table with its partners, joined as when it was imported; every row needs one of each here. */
async function storeJoined(
  { path, name, work, storeAt, columns, options }: Asked,
  partners: readonly Partner[],
  format: PictureFormat,
): Promise<void> {
  const database = await openDatabase(join(work, "spill"), options.signal);
  try {
    const request = { ...options, path, name, partners, pictures: format, strict: true, expected: featuresOf(columns) };
    const { names, pictures } = await readJoinedSource(database, work, request);
    if (pictures !== null) await rename(pictures.pixels.path, picturesBeside(storeAt));
    await writeStoredTable(database, storeAt, names);
  } finally {
    database.close();
  }
}

const featuresOf = (columns: readonly ColumnDocument[]): string[] =>
  columns.filter(({ role }) => role === "feature").map(({ name }) => name);

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
    throw new AppError("data.picture_broken", {
      file,
      name: first.file,
      picture_fault: first.fault,
      detail: first.detail,
      count: broken.length,
    });
}

/** idx files are taken as they are. */
function refuseOtherSize({ pixels: { shape } }: CollectedPictures, { size, channels }: PictureFormat, file: string): void {
  const wanted = [size?.[0] ?? shape[0], size?.[1] ?? shape[1], channels ?? shape[2]];
  if (wanted.some((length, axis) => length !== shape[axis]))
    throw new AppError("data.picture_size_differs", { file, expected: wanted.join(" × "), received: shape.join(" × ") });
}
