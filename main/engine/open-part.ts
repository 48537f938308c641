/**
 * Models with parts of the rows of one table, prepared as their training prepared them: in memory, or in pieces to the disk where they
 * would not fit.
 */
import { chooseRows } from "../../core/data/filter/choose-rows.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import type { ColumnDocument, DesignDocument } from "../../core/graph/document.ts";
import { spreadPlaces } from "../../core/insight/slices/residuals.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { type AskedRows, applyStored, comesInPieces, rowsAsked, WRITTEN_AS } from "../../core/train/apply-stored.ts";
import { Predictor } from "../../core/train/model.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { fileError } from "../host/datasets/file-errors.ts";
import { loadRows } from "../host/datasets/load-rows.ts";
import { storedRowCount } from "../host/datasets/stored-rows.ts";
import { DiskRows, overMemory, sizeOfRows, tellPasses } from "./disk-rows.ts";
import type { Feeders } from "./feeders.ts";
import { modelOfBytes } from "./model-bytes.ts";
import type { StoredColumns } from "./rows-task.ts";

export interface AskedPart {
  /** The model file, or its bytes. */
  readonly model: ModelFile | Uint8Array;
  readonly design: DesignDocument;
  /** A part of the rows as training split them, or all of them. */
  readonly part: AskedRows["part"];
  /** Whether figures over all rows are wanted, and nothing of single ones. @defaultValue false */
  readonly forFigures?: boolean;
}

export interface OpenPart {
  readonly predictor: Predictor;
  readonly part: PreparedPart;
  /** Of a bag: different training rows that it drew, and those it did not. */
  readonly bag: { readonly drawn: number; readonly left: number } | null;
}

export interface PartSurroundings {
  readonly loadTable: (reads: StoredColumns) => Promise<Table>;
  readonly openBackend: (arithmetic: "fast" | "reproducible", threads: number) => KernelBackend & { close?(): void };
  /** Where rows would take more memory than that, they are prepared on the disk and brought from there. */
  readonly dataMemoryBytes: number;
  /** Whether rows are refused that would take more and cannot be brought from the disk. @defaultValue false */
  readonly refusesWhole?: boolean;
  /** Where they are written. It is made when it is needed, and removed with the part. */
  readonly workFolder: string;
  readonly makeFeeders: () => Feeders;
}

/** Opens one part after the other; what a part needs lies open until the next. */
export class PartOpener {
  private readonly path: string;
  private readonly threads: number;
  private readonly around: PartSurroundings;
  /** The last one only: tables are large. */
  private readonly read = new Map<string, Promise<Table>>();
  private opened: (() => void | Promise<void>)[] = [];

  /** @param path of the stored table */
  constructor(path: string, threads: number, around: PartSurroundings) {
    this.path = path;
    this.threads = threads;
    this.around = around;
  }

  /** @throws AppError run.no_test_rows, model.*, data.* */
  async open(asked: AskedPart): Promise<OpenPart> {
    return this.partOf(await this.predictorOf(asked.model), asked);
  }

  private async partOf(predictor: Predictor, { design, part: name, forFigures = false }: AskedPart): Promise<OpenPart> {
    const asked = { design, part: name, withTargets: true, forFigures };
    const columns = columnsToRead(design.data);
    if (await this.fitsNot(predictor, asked, columns)) return this.fromDisk(predictor, asked);
    await this.refuseRowsOfInputs(predictor, asked, columns);
    const table = await this.table(columns);
    if (name === "all") return { predictor, part: predictor.prepare(chooseRows(table, design.data ?? {}), true), bag: null };
    const { prepared } = prepareDesign(design, table);
    const part = prepared[name];
    if (part === undefined) throw new AppError("run.no_test_rows");
    const { out_of_bag: left, training } = prepared;
    const bag = left === undefined ? null : { drawn: new Set(training.rowIds).size, left: left.rowCount };
    return { predictor, part, bag };
  }

  /** All rows of the table, whatever is true of them. @throws AppError model.*, data.* */
  async openAll(model: ModelFile | Uint8Array): Promise<Omit<OpenPart, "bag">> {
    const predictor = await this.predictorOf(model);
    const asked = { design: predictor.model.design as DesignDocument, part: "all", withTargets: false } as const;
    const columns = columnsToRead(predictor.pipeline);
    if (await this.fitsNot(predictor, asked, columns)) return this.fromDisk(predictor, asked);
    return { predictor, part: predictor.prepare(await this.table(columns), false) };
  }

  /** Rows of a part as they stand in the table, evenly of all where there are more than `most`. @throws AppError run.no_test_rows, model.*, data.* */
  async openSome(asked: AskedPart, most: number): Promise<Omit<OpenPart, "bag"> & { readonly table: Table }> {
    const predictor = await this.predictorOf(asked.model);
    const columns = columnsToRead(asked.design.data);
    // What is asked of some rows is asked of these alone.
    const question = { ...asked, withTargets: true, forFigures: true };
    if (!(await this.fitsNot(predictor, question, columns)))
      return { ...(await this.partOf(predictor, asked)), table: await this.table(columns) };
    const rows = await storedRowCount(this.path);
    const { loadTable } = this.around;
    const part = await rowsAsked(predictor, question, { whole: (read) => loadTable({ path: this.path, columns: read }) }, rows);
    const ids = Uint32Array.from(spreadPlaces(part.rowCount, most), (place) => part.rowIds[place] as number);
    return { predictor, part: { ...part, rowCount: ids.length, rowIds: ids }, table: await loadRows(this.path, columns, ids) };
  }

  /** Columns of the table, read once as long as the same are wanted. */
  table(columns: readonly ColumnDocument[]): Promise<Table> {
    const key = JSON.stringify(columns);
    const known = this.read.get(key);
    if (known !== undefined) return known;
    this.read.clear();
    const table = this.around.loadTable({ path: this.path, columns });
    this.read.set(key, table);
    return table;
  }

  private async predictorOf(given: ModelFile | Uint8Array): Promise<Predictor> {
    await this.close();
    const model = given instanceof Uint8Array ? modelOfBytes(given) : given;
    const backend = this.around.openBackend(readTraining(model.training).arithmetic, this.threads);
    this.opened.push(() => backend.close?.());
    return new Predictor(model, backend);
  }

  /** @throws AppError data.graph_needs_memory, data.rows_need_memory */
  private async fitsNot(predictor: Predictor, asked: AskedRows, columns: readonly ColumnDocument[]): Promise<boolean> {
    const { dataMemoryBytes, refusesWhole = false } = this.around;
    const { bytes } = await sizeOfRows(this.path, columns, asked.design.data);
    if (bytes <= dataMemoryBytes) return false;
    if (comesInPieces(predictor, asked)) return true;
    if (refusesWhole)
      throw overMemory(
        predictor.pipeline.graph === undefined ? "data.rows_need_memory" : "data.graph_needs_memory",
        bytes,
        dataMemoryBytes,
      );
    return false;
  }

  /** What an autoencoder says of single rows is as large as the data. @throws AppError data.input_target_needs_memory */
  private async refuseRowsOfInputs({ needs }: Predictor, { design }: AskedRows, columns: readonly ColumnDocument[]): Promise<void> {
    if (needs.outputs.every(({ targetInput }) => targetInput === null)) return;
    const { bytes } = await sizeOfRows(this.path, columns, design.data);
    const { dataMemoryBytes } = this.around;
    if (bytes > dataMemoryBytes) throw overMemory("data.input_target_needs_memory", bytes, dataMemoryBytes);
  }

  private async fromDisk(predictor: Predictor, asked: AskedRows): Promise<OpenPart> {
    const disk = await DiskRows.open(this.path, this.around.workFolder);
    this.opened.push(() => disk.remove());
    try {
      const rows = await storedRowCount(this.path);
      const { part, written, bag } = await applyStored(
        predictor,
        asked,
        disk.source(
          1,
          tellPasses(rows, () => undefined),
        ),
        rows,
      );
      if (part.rowCount === 0) return { predictor, part, bag };
      const feeders = this.around.makeFeeders();
      this.opened.push(() => feeders.close());
      const stored = disk.stored(written, WRITTEN_AS, part.rowCount);
      const fed = feeders.feedStored(
        part,
        { path: disk.fileOf(WRITTEN_AS), stored, layout: null },
        readTraining(predictor.model.training),
        this.threads,
      );
      return { predictor, part: fed, bag };
    } catch (thrown) {
      throw fileError(thrown, this.path);
    } finally {
      disk.finish();
    }
  }

  /** Gives back threads, memory and files of the part that was opened last. */
  async close(): Promise<void> {
    for (const close of this.opened.splice(0).reverse()) await close();
  }
}
