/**
 * A stored table whose rows do not fit into memory: how much they would take, where its pieces are read, and the files that prepared rows
 * are written to and read from again.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { StoredRows } from "../../core/data/blocks/fill-blocks.ts";
import type { Table } from "../../core/data/table.ts";
import { AppError } from "../../core/errors.ts";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import type { WrittenRows } from "../../core/train/prepare-stored.ts";
import type { PartName, RowReader, RowSource } from "../../core/train/row-source.ts";
import { widthOfTexts } from "../../core/train/stored-features.ts";
import type { PictureSource } from "../../core/train/stored-pictures.ts";
import { loadTable, queryStored } from "../host/datasets/load-table.ts";
import { picturesBeside, readPicturesHead, readSomePictures } from "../host/datasets/pictures/stored-pictures.ts";
import { readPieces, storedRowCount, textBytes } from "../host/datasets/stored-rows.ts";
import { storedNames } from "../host/datasets/stored-table.ts";
import { makeWorkFolder } from "../host/datasets/work-folder.ts";
import type { Preparing } from "./messages.ts";

/** A cell as it is read, and what becomes of it: float64, then float32, of words one or more numbers. */
const BYTES_A_CELL = 16;
/** A byte as it is read, and float32. */
const BYTES_A_PIXEL = 5;

export interface SizeOfRows {
  readonly rows: number;
  /** That they would take in memory, prepared; estimated. */
  readonly bytes: number;
}

/**
 * @param columns those that are read of the table
 * @param known   how many rows the table has; counted where it is left out
 */
export async function sizeOfRows(
  path: string,
  columns: readonly ColumnDocument[],
  data: DataDocument | null,
  known?: number,
): Promise<SizeOfRows> {
  const rows = known ?? (await storedRowCount(path));
  const cells = rows * columns.filter(({ role }) => role !== "ignored").length;
  const numbers = widthOfTexts({ data }) + widthOfWindow(data);
  const each = cells * BYTES_A_CELL + (await textBytes(path, columns)) + 4 * rows * numbers;
  // Rows come with changed copies; the pictures beside their texts they share.
  const copies = data?.augment_text?.copies ?? 0;
  return { rows, bytes: (1 + copies) * each + (await pictureBytes(path, columns, rows)) };
}

const MEGABYTE = 2 ** 20;

/** @param bytes that the rows would take @param limit that is given to them */
export const overMemory = (code: string, bytes: number, limit: number): AppError =>
  new AppError(code, { megabytes: Math.ceil(bytes / MEGABYTE), limit: Math.floor(limit / MEGABYTE) });

/** Of the rows that steps learn from. It is the same everywhere: what is learnt depends on it. */
export const SAMPLE_BYTES = 256 << 20;

/** Rows of these columns that fit into so many bytes; at least one. */
export function rowsIn(bytes: number, columns: readonly ColumnDocument[]): number {
  const features = columns.filter(({ role }) => role === "feature").length;
  return Math.max(1, Math.floor(bytes / BYTES_A_CELL / Math.max(1, features)));
}

/** Numbers of a window: memory holds one for each row. */
const widthOfWindow = (data: DataDocument | null): number => (data?.window?.length ?? 0) * (data?.window?.columns.length ?? 0);

const isPicture = ({ type, role, pixels }: ColumnDocument): boolean => type === "picture" && role !== "ignored" && pixels === undefined;

/** What pictures would take in memory: those beside the table, and those made of its columns of numbers. */
async function pictureBytes(path: string, columns: readonly ColumnDocument[], rows: number): Promise<number> {
  const pictures = columns.filter(({ type, role }) => type === "picture" && role !== "ignored");
  if (pictures.length === 0) return 0;
  const stored = await queryStored(path, (database) => storedNames(database, path));
  const made = pictures.filter(({ name, pixels }) => pixels !== undefined && !stored.includes(name));
  const ofColumns = made.reduce((sum, { pixels }) => sum + rows * (pixels?.columns.length ?? 0) * (BYTES_A_CELL + BYTES_A_PIXEL), 0);
  if (made.length === pictures.length) return ofColumns;
  const { shape, count } = await readPicturesHead(picturesBeside(path));
  return ofColumns + count * sizeOf(shape) * BYTES_A_PIXEL;
}

/** The pictures beside a table: their bytes are read as they are asked for. */
async function pictureSource(tablePath: string): Promise<PictureSource> {
  const path = picturesBeside(tablePath);
  const { start, shape, count } = await readPicturesHead(path);
  return { file: { path, start, shape, count }, read: (places) => readSomePictures(path, { start, shape }, places) };
}

/** @param path of the stored table */
export function rowReader(path: string, sampleRows: number, { plan, begin }: Passes): RowReader {
  return {
    plan,
    whole: (columns) => loadTable(path, columns),
    pieces: (columns, take, rows) => {
      const tellRows = begin();
      const taken = (piece: Table): void => {
        take(piece);
        tellRows(piece.rowCount);
      };
      return readPieces(path, columns.map(placeOfPicture), taken, rows);
    },
    pictures: () => pictureSource(path),
    sampleRows,
  };
}

type FileName = PartName | "series" | "known" | "texts";

/** Reads a stored table in pieces, and keeps what is made of them in a folder of its own. */
export class DiskRows {
  private readonly table: string;
  private readonly folder: string;
  private readonly files = new Map<FileName, number>();

  private constructor(table: string, folder: string) {
    this.table = table;
    this.folder = folder;
  }

  /**
   * @param path   of the stored table
   * @param folder to make and write in; one of its own when left out
   */
  static async open(path: string, folder?: string): Promise<DiskRows> {
    if (folder !== undefined) await mkdir(folder, { recursive: true });
    return new DiskRows(path, folder ?? (await makeWorkFolder("neuroloom-rows")));
  }

  source(sampleRows: number, passes: Passes): RowSource {
    return {
      ...rowReader(this.table, sampleRows, passes),
      write: (name, rows, at) => {
        const file = this.files.get(name) ?? openSync(this.fileOf(name), "w");
        this.files.set(name, file);
        writeAll(file, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), at === null ? null : 4 * at);
      },
    };
  }

  fileOf(name: FileName): string {
    return join(this.folder, `${name}.rows`);
  }

  /** Where the rows of a part lie that were written. */
  stored({ widths, pictures, starts, series, copies }: WrittenRows, name: PartName, rows: number): StoredRows {
    return {
      rows,
      widths,
      pictures: pictures[name],
      ...(series === null ? {} : { windows: windowsIn(this.fileOf("series"), this.fileOf("known"), series, name) }),
      ...(starts === null ? {} : { starts: starts[name] }),
      ...(copies === null || name !== "training" ? {} : { copies: { ...copies, path: this.fileOf("texts") } }),
    };
  }

  /** Nothing more is written. */
  finish(): void {
    for (const file of this.files.values()) closeSync(file);
    this.files.clear();
  }

  /** Removes what was written. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function windowsIn(
  path: string,
  knownPath: string,
  { window, inputs, first, starts, known = false }: NonNullable<WrittenRows["series"]>,
  name: PartName,
): NonNullable<StoredRows["windows"]> {
  const cut = {
    path,
    length: window.length,
    columns: window.columns.length,
    first: first[name],
    ...(starts === undefined ? {} : { starts: starts[name] }),
    ...(known ? { known: knownPath } : {}),
  };
  return Object.fromEntries(inputs.map((id) => [id, cut]));
}

/** In the stored table a picture is the number of its place in the file beside it. */
const placeOfPicture = (column: ColumnDocument): ColumnDocument => (isPicture(column) ? { ...column, type: "numeric" } : column);

/** A write may take less than it is given. */
function writeAll(file: number, bytes: Uint8Array, at: number | null): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at === null ? null : at + done);
}

/** Told of every piece of rows; what it throws ends the preparation. */
export type TellPreparing = (preparing: Preparing) => void;

/** Passes over all rows. */
export interface Passes {
  /** Told how many there will be from now on. */
  readonly plan: (more: number) => void;
  /** Told that one begins; what it returns is given how many more rows are done. */
  readonly begin: () => (rows: number) => void;
}

export function tellPasses(total: number, tell: TellPreparing): Passes {
  let [pass, passes] = [0, 0];
  return {
    plan: (more) => {
      passes = pass + more;
    },
    begin: () => {
      pass += 1;
      let done = 0;
      return (rows) => {
        done += rows;
        tell({ pass, passes, done, total });
      };
    },
  };
}
