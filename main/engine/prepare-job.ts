/**
 * From a job to what a network trains on: the data set is read and prepared, in memory, or in pieces to the disk where it would not
 * fit, and other threads bring ahead what the engine should not wait for.
 */
import { rowWidth } from "../../core/data/blocks/fill-blocks.ts";
import type { BlockLayout } from "../../core/data/blocks/row-order.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { readTraining } from "../../core/spec/training.ts";
import type { NotInPieces } from "../../core/train/learn-stored.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { prepareStored, whyNotInPieces } from "../../core/train/prepare-stored.ts";
import type { PartName } from "../../core/train/row-source.ts";
import { fileError } from "../host/datasets/file-errors.ts";
import { loadTable } from "../host/datasets/load-table.ts";
import { DiskRows, overMemory, type Passes, rowsIn, SAMPLE_BYTES, sizeOfRows, type TellPreparing, tellPasses } from "./disk-rows.ts";
import type { Feeders } from "./feeders.ts";
import type { TrainingJob } from "./messages.ts";
import type { JobData } from "./trainer.ts";
import { withGivenVectors } from "./vectors-task.ts";

/** How rows lie on the disk. The order in which they are trained on follows from it: it is the same on every machine. */
export interface StoredLayout {
  readonly blockBytes: number;
  /** Blocks whose rows are shuffled among themselves. */
  readonly poolBlocks: number;
  /** Of the sample that the steps learn from. */
  readonly sampleBytes: number;
}
const LAYOUT: StoredLayout = { blockBytes: 1 << 20, poolBlocks: 64, sampleBytes: SAMPLE_BYTES };

/** Of rows that would take more memory than is given to them. */
const NEEDS_MEMORY: Readonly<Record<NotInPieces, string>> = {
  graph: "data.graph_needs_memory",
  gaps_beside_columns: "data.gaps_need_memory",
  pictures_not_alone: "data.pictures_need_memory",
  folds_in_series: "data.folds_need_memory",
  target_is_input: "data.input_target_needs_memory",
};

export interface PreparedJob extends JobData {
  /** Removes what was written to the disk. */
  readonly close: () => Promise<void>;
}

type Job = Pick<TrainingJob, "design" | "table" | "threads" | "dataMemoryBytes">;

export interface PrepareOptions {
  readonly layout?: StoredLayout;
  /** Of rows that are read in pieces. */
  readonly tell?: TellPreparing;
  /** To write rows in; one of its own when left out. */
  readonly workFolder?: string;
}

/** @throws AppError data.*, design.* or config.* */
export async function prepareJob(job: Job, feeders: Feeders, options: PrepareOptions = {}): Promise<PreparedJob> {
  const { design, table: source, threads, dataMemoryBytes } = job;
  const columns = columnsToRead(design.data);
  const { rows, bytes } = await sizeOfRows(source.path, columns, design.data, source.rows);
  if (bytes > dataMemoryBytes) {
    const why = whyNotInPieces(design);
    if (why === null) return prepareOnDisk(job, feeders, options, tellPasses(rows, options.tell ?? (() => undefined)));
    throw overMemory(NEEDS_MEMORY[why], bytes, dataMemoryBytes);
  }
  const table = await loadTable(source.path, columns);
  const training = readTraining(design.train);
  const prepared = feeders.feedRows(
    feeders.feedPictures(
      prepareDesign(design, table, { tell: (counted) => options.tell?.({ ...counted, texts: true }) }),
      training,
      threads,
    ),
    training,
  );
  return { prepared: withGivenVectors(prepared, design, source), table, close: async () => undefined };
}

async function prepareOnDisk(
  { design, table: source, threads }: Job,
  feeders: Feeders,
  { layout = LAYOUT, workFolder }: PrepareOptions,
  passes: Passes,
): Promise<PreparedJob> {
  const disk = await DiskRows.open(source.path, workFolder);
  const close = (): Promise<void> => disk.remove();
  try {
    const sampleRows = rowsIn(layout.sampleBytes, columnsToRead(design.data));
    const written = await prepareStored(design, disk.source(sampleRows, passes));
    const { design: prepared, table, widths } = written;
    const training = readTraining(design.train);
    const fed = (part: PreparedPart, name: PartName, order: BlockLayout | null): PreparedPart => {
      if (part.rowCount === 0) return part;
      const stored = disk.stored(written, name, part.rowCount);
      return feeders.feedStored(part, { path: disk.fileOf(name), stored, layout: order }, training, threads);
    };
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
    throw fileError(thrown, source.path);
  } finally {
    disk.finish();
  }
}
