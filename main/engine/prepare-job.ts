/**
 * From a job to what a network trains on: the data set is read and prepared, in memory, or in pieces to the disk where it would not
 * fit, and other threads bring ahead what the engine should not wait for.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { rowWidth, type StoredRows } from "../../core/data/blocks/fill-blocks.ts";
import type { BlockLayout } from "../../core/data/blocks/row-order.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { ColumnDocument, DesignDocument } from "../../core/graph/document.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { readTraining } from "../../core/spec/training.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { prepareStored, whyNotInPieces } from "../../core/train/prepare-stored.ts";
import type { PartName } from "../../core/train/row-source.ts";
import { widthOfTexts } from "../../core/train/stored-features.ts";
import type { PictureSource } from "../../core/train/stored-pictures.ts";
import type { StoredSeries } from "../../core/train/stored-series.ts";
import { fileError } from "../host/datasets/file-errors.ts";
import { loadTable } from "../host/datasets/load-table.ts";
import { picturesBeside, readPicturesHead, readSomePictures } from "../host/datasets/pictures/stored-pictures.ts";
import { readPieces, storedRowCount, textBytes } from "../host/datasets/stored-rows.ts";
import { makeWorkFolder } from "../host/datasets/work-folder.ts";
import type { Feeders } from "./feeders.ts";
import type { Preparing, TrainingJob } from "./messages.ts";
import type { JobData } from "./trainer.ts";
import { withGivenVectors } from "./vectors-task.ts";

/** A cell as it is read, and what becomes of it: float64, then float32, of words one or more numbers. */
const BYTES_A_CELL = 16;
/** A byte as it is read, and float32. */
const BYTES_A_PIXEL = 5;

/** How rows lie on the disk. The order in which they are trained on follows from it: it is the same on every machine. */
export interface StoredLayout {
  readonly blockBytes: number;
  /** Blocks whose rows are shuffled among themselves. */
  readonly poolBlocks: number;
  /** Of the sample that the steps learn from. */
  readonly sampleBytes: number;
}
const LAYOUT: StoredLayout = { blockBytes: 1 << 20, poolBlocks: 64, sampleBytes: 256 << 20 };

export interface PreparedJob extends JobData {
  /** Removes what was written to the disk. */
  readonly close: () => Promise<void>;
}

/** Told of every piece of rows; what it throws ends the preparation. */
export type TellPreparing = (preparing: Preparing) => void;

/** @param tell of rows that are read in pieces @throws AppError data.*, design.* or config.* */
export async function prepareJob(
  job: TrainingJob,
  feeders: Feeders,
  layout: StoredLayout = LAYOUT,
  tell: TellPreparing = () => undefined,
): Promise<PreparedJob> {
  const { design, table: source, threads, dataMemoryBytes } = job;
  const columns = columnsToRead(design.data);
  const rows = await storedRowCount(source.path);
  const cells = rows * columns.filter(({ role }) => role !== "ignored").length;
  const texts = await textBytes(source.path, columns);
  const bytes =
    cells * BYTES_A_CELL + texts + 4 * rows * (widthOfTexts(design) + widthOfWindow(design)) + (await pictureBytes(source.path, columns));
  if (bytes > dataMemoryBytes && whyNotInPieces(design) === null) return prepareOnDisk(job, feeders, layout, tellPasses(rows, tell));
  const table = await loadTable(source.path, columns);
  const training = readTraining(design.train);
  const prepared = feeders.feedRows(feeders.feedPictures(prepareDesign(design, table), training, threads), training);
  return { prepared: withGivenVectors(prepared, design, source), table, close: async () => undefined };
}

/** @returns begins a pass over all rows, and is given how many more of them are done */
function tellPasses(total: number, tell: TellPreparing): () => (rows: number) => void {
  let pass = 0;
  return () => {
    pass += 1;
    let done = 0;
    return (rows) => {
      done += rows;
      tell({ pass, done, total });
    };
  };
}

/** Numbers of a window: memory holds one for each row. */
const widthOfWindow = ({ data }: DesignDocument): number => (data?.window?.length ?? 0) * (data?.window?.columns.length ?? 0);

const isPicture = ({ type, role, pixels }: ColumnDocument): boolean => type === "picture" && role !== "ignored" && pixels === undefined;

/** What pictures would take in memory. */
async function pictureBytes(path: string, columns: readonly ColumnDocument[]): Promise<number> {
  if (!columns.some(isPicture)) return 0;
  const { shape, count } = await readPicturesHead(picturesBeside(path));
  return count * sizeOf(shape) * BYTES_A_PIXEL;
}

/** The pictures beside a table: their bytes are read as they are asked for. */
async function pictureSource(tablePath: string): Promise<PictureSource> {
  const path = picturesBeside(tablePath);
  const { start, shape, count } = await readPicturesHead(path);
  return { file: { path, start, shape, count }, read: (places) => readSomePictures(path, { start, shape }, places) };
}

async function prepareOnDisk(
  { design, table: source, threads }: TrainingJob,
  feeders: Feeders,
  layout: StoredLayout,
  beginPass: () => (rows: number) => void,
): Promise<PreparedJob> {
  const { path } = source;
  const folder = await makeWorkFolder("neuroloom-rows");
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const fileOf = (part: PartName | "series"): string => join(folder, `${part}.rows`);
  const files = new Map<PartName | "series", number>();
  try {
    const features = columnsToRead(design.data).filter(({ role }) => role === "feature").length;
    const {
      design: prepared,
      table,
      widths,
      pictures,
      starts,
      series,
    } = await prepareStored(design, {
      whole: (columns) => loadTable(path, columns),
      pieces: (columns, take, rows) => {
        const tellRows = beginPass();
        const taken = (piece: Table): void => {
          take(piece);
          tellRows(piece.rowCount);
        };
        return readPieces(path, columns.map(placeOfPicture), taken, rows);
      },
      pictures: () => pictureSource(path),
      write: (part, rows, at) => {
        const file = files.get(part) ?? openSync(fileOf(part), "w");
        files.set(part, file);
        writeAll(file, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), at === null ? null : 4 * at);
      },
      sampleRows: Math.max(1, Math.floor(layout.sampleBytes / BYTES_A_CELL / Math.max(1, features))),
    });
    const training = readTraining(design.train);
    const windowsOf = ({ window, inputs, first }: StoredSeries, name: PartName): NonNullable<StoredRows["windows"]> => {
      const cut = { path: fileOf("series"), length: window.length, columns: window.columns.length, first: first[name] };
      return Object.fromEntries(inputs.map((id) => [id, cut]));
    };
    const stored = (part: PreparedPart, name: PartName): StoredRows => ({
      rows: part.rowCount,
      widths,
      pictures: pictures[name],
      ...(series === null ? {} : { windows: windowsOf(series, name) }),
      ...(starts === null ? {} : { starts: starts[name] }),
    });
    const fed = (part: PreparedPart, name: PartName, layout: BlockLayout | null): PreparedPart =>
      part.rowCount === 0 ? part : feeders.feedStored(part, { path: fileOf(name), stored: stored(part, name), layout }, training, threads);
    const { prepared: data } = prepared;
    const rows = data.training.rowCount;
    const blockRows = Math.max(1, Math.floor(layout.blockBytes / 4 / rowWidth({ widths })));
    const parts = {
      training: fed(data.training, "training", { rows, blockRows, poolBlocks: layout.poolBlocks }),
      validation: fed(data.validation, "validation", null),
      ...(data.test === undefined ? {} : { test: fed(data.test, "test", null) }),
    };
    return { prepared: withGivenVectors({ ...prepared, prepared: { ...data, ...parts } }, design, source), table, close };
  } catch (thrown) {
    await close();
    throw fileError(thrown, path);
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

/** In the stored table a picture is the number of its place in the file beside it. */
const placeOfPicture = (column: ColumnDocument): ColumnDocument => (isPicture(column) ? { ...column, type: "numeric" } : column);

/** A write may take less than it is given. */
function writeAll(file: number, bytes: Uint8Array, at: number | null): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at === null ? null : at + done);
}
