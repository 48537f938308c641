/**
 * One run as the thread that looks inside has it: a network that takes the weights of any moment, what looks run in, and the run's data
 * as far as they were asked for. All of it is kept while the same run is asked about.
 */
import { takeTableRows } from "../../../core/data/pipeline.ts";
import type { PreparedPart } from "../../../core/data/prepared.ts";
import { ownValues } from "../../../core/data/rows.ts";
import type { Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import { spreadPlaces } from "../../../core/insight/slices/residuals.ts";
import type { ModelSpec } from "../../../core/spec/model-spec.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { weightsOfCheckpoint } from "../../../core/train/checkpoint.ts";
import { MOST_ROWS, type SurfaceRows } from "../../../core/train/explain/column-surface.ts";
import type { GraphPredictor } from "../../../core/train/graph-predictor.ts";
import type { InsideProbe } from "../../../core/train/inside/inside-probe.ts";
import { needsOf, openProbe } from "../../../core/train/inside/look-inside.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { type PreparedDesign, prepareDesign } from "../../../core/train/prepare-design.ts";
import { someOfStored, whyNotInPieces } from "../../../core/train/prepare-stored.ts";
import { SignalProbe } from "../../../core/train/signal-probe.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import { loadRow, loadRows } from "../../host/datasets/load-rows.ts";
import { loadTable } from "../../host/datasets/load-table.ts";
import { inFileForm, type Rest, restOfDesign } from "../../host/exports/epoch-models.ts";
import { openPredictor } from "../../host/exports/trained-model.ts";
import { givenTable } from "../../host/inside/given-row.ts";
import { rowReader, rowsIn, SAMPLE_BYTES, sizeOfRows, tellPasses } from "../disk-rows.ts";
import { modelOfBytes } from "../model-bytes.ts";
import { putStartWeights } from "../put-start-weights.ts";
import type { RunToLookInto, Subject, WeightsOfMoment } from "./messages.ts";

/** Training rows that are drawn over a plane. */
const SAMPLE_ROWS = 400;

/** Of a run that still trains: nobody reads the figures of its model. */
const NO_RESULT = { epochs: 0, best_epoch: null, steps: 0, seconds: 0, metrics: {}, spec_hash: "", data_fingerprint: "", data_name: "" };

export class LookedInto {
  private readonly run: RunToLookInto;
  private rest: Rest | null = null;
  private whole: Table | null = null;
  private design: PreparedDesign | null = null;
  private allRows: PreparedPart | null = null;
  private parts: Omit<SurfaceRows, "held"> | null = null;
  private lastRow: { readonly row: number; readonly part: PreparedPart } | null = null;
  private signals: SignalProbe | null = null;
  /** Null: those of the trained model. */
  private wanted: WeightsOfMoment | null = null;
  private open: { readonly weights: WeightsOfMoment | null; readonly predictor: Predictor } | null = null;
  private opened: { readonly predictor: Predictor; readonly weights: WeightsOfMoment | null; readonly probe: InsideProbe } | null = null;

  constructor(run: RunToLookInto) {
    this.run = run;
  }

  /** Those of the trained model where they are null. */
  takeWeights(weights: WeightsOfMoment | null): void {
    this.wanted = weights;
  }

  /** The network with the weights that were given last. @throws AppError run.no_model, run.no_dataset, model.* */
  async predictor(): Promise<Predictor> {
    const { wanted, open } = this;
    if (open !== null && open.weights === wanted) return open.predictor;
    const predictor = wanted === null ? this.trained() : await this.ofMoment(wanted);
    this.open = { weights: wanted, predictor };
    return predictor;
  }

  private trained(): Predictor {
    const { model, name } = this.run;
    if (model === null) throw new AppError("run.no_model", { name });
    return openPredictor(modelOfBytes(model));
  }

  private async ofMoment({ header, bytes }: WeightsOfMoment): Promise<Predictor> {
    const weights = weightsOfCheckpoint(header, bytes) ?? [];
    const known = await this.knownRest();
    const open = this.open?.predictor ?? null;
    // A graph's network is another for its training nodes alone, so that it is made anew.
    if (open === null || known.preprocessing.graph !== undefined)
      return openPredictor({ ...known, weights: inFileForm(known.spec as ModelSpec, weights) });
    putStartWeights(open.network, weights);
    return open;
  }

  private async knownRest(): Promise<Rest> {
    const { model, design } = this.run;
    this.rest ??=
      model === null
        ? restOfDesign(design, await this.prepared(), { engineVersion: ENGINE_VERSION, result: NO_RESULT })
        : modelOfBytes(model);
    return this.rest;
  }

  /** What looks run in, with the weights of now. */
  async probe(): Promise<{ readonly predictor: Predictor; readonly probe: InsideProbe }> {
    const predictor = await this.predictor();
    const weights = this.open?.weights ?? null;
    const { opened } = this;
    const probe = opened?.predictor === predictor ? opened.probe : openProbe(predictor);
    if (opened?.predictor === predictor && opened.weights !== weights) probe.load(predictor.network);
    this.opened = { predictor, weights, probe };
    return { predictor, probe };
  }

  /** What a view looks at: nothing of the data, one row, or some training rows. @throws AppError inside.*, run.no_dataset, data.* */
  async part(view: Parameters<typeof needsOf>[0], subject: Subject): Promise<PreparedPart | null> {
    const needs = needsOf(view);
    if (needs === "nothing") return null;
    if (needs === "sample") {
      const { training } = (await this.prepared()).prepared;
      return sliced(training, 0, Math.min(SAMPLE_ROWS, training.rowCount));
    }
    const predictor = await this.predictor();
    if (subject.kind === "given") return sliced(predictor.prepare(await givenTable(predictor.pipeline, subject), false), 0, 1);
    const { row } = subject;
    if (predictor.graph !== null) return this.nodeOf(predictor, predictor.graph, row);
    // A step of a series is nothing without the rows before it.
    if (predictor.pipeline.window !== undefined) {
      this.allRows ??= withTargets(predictor, await this.table());
      return rowOf(this.allRows, row);
    }
    // The same row is looked at again and again, with other weights and by other views: what is prepared of it stays the same.
    if (this.lastRow?.row !== row) {
      const table = await loadRow(this.path(), columnsToRead(this.run.design.data), row);
      this.lastRow = { row, part: rowOf(withTargets(predictor, table), row) };
    }
    return this.lastRow.part;
  }

  /** The node that a row is in the graph that the network was trained on. @throws AppError inside.row_left_out */
  private async nodeOf(predictor: Predictor, graph: GraphPredictor, row: number): Promise<PreparedPart> {
    if (this.lastRow?.row !== row) {
      const table = await loadRow(this.path(), columnsToRead(this.run.design.data), row);
      this.lastRow = { row, part: withTargets(predictor, table) };
    }
    const { part } = this.lastRow;
    const node = part.graphRows?.nodes[0] ?? -1;
    if (node < 0) throw new AppError("inside.row_left_out", { row: row + 1 });
    return { rowCount: 1, rowIds: part.rowIds, inputs: graph.featuresOfNode(node), targets: part.targets, nodes: Uint32Array.of(node) };
  }

  /** Looks at training rows as the canvas does. @throws AppError run.no_dataset, data.* */
  async signalProbe(): Promise<SignalProbe> {
    if (this.signals === null) {
      const { spec, encodings, prepared } = await this.prepared();
      const training = readTraining(this.run.design.train);
      const { backend } = (await this.predictor()).network;
      this.signals = new SignalProbe({ spec, training, encodings, backend }, prepared.training);
    }
    return this.signals;
  }

  /** Some rows of each part as they stand in the table. @throws AppError run.no_dataset, inside.no_such_row, data.* */
  async surfaceRows(row: number | null): Promise<SurfaceRows> {
    this.parts ??= await this.someOfParts();
    const columns = columnsToRead(this.run.design.data);
    return { ...this.parts, held: row === null ? null : await loadRow(this.path(), columns, row) };
  }

  private async someOfParts(): Promise<Omit<SurfaceRows, "held">> {
    const { training, validation } = (await this.prepared()).prepared;
    const rowsOf = ({ rowIds }: PreparedPart): Promise<Table> =>
      this.rowsById(Uint32Array.from(spreadPlaces(rowIds.length, MOST_ROWS), (place) => rowIds[place] as number));
    return { training: await rowsOf(training), validation: await rowsOf(validation) };
  }

  private async rowsById(ids: Uint32Array): Promise<Table> {
    const { whole } = this;
    if (whole === null) return loadRows(this.path(), columnsToRead(this.run.design.data), ids);
    const placeOf = new Map(Array.from(whole.rowIds, (rowId, place) => [rowId, place]));
    return takeTableRows(
      whole,
      ids.map((id) => placeOf.get(id) ?? 0),
    );
  }

  get hasData(): boolean {
    return this.run.table !== null;
  }

  /** Design and data as training took them. @throws AppError run.no_dataset, data.* */
  async prepared(): Promise<PreparedDesign> {
    this.design ??= await this.prepare();
    return this.design;
  }

  /** Of a table larger than memory some training rows are there, which is all that is looked at. */
  private async prepare(): Promise<PreparedDesign> {
    const { design } = this.run;
    const path = this.path();
    const columns = columnsToRead(design.data);
    if (this.whole === null && whyNotInPieces(design) === null && design.data?.window === undefined) {
      const { rows, bytes } = await sizeOfRows(path, columns, design.data);
      const reader = rowReader(
        path,
        rowsIn(SAMPLE_BYTES, columns),
        tellPasses(rows, () => undefined),
      );
      if (bytes > (this.run.table?.dataMemoryBytes ?? 0))
        return someOfStored(design, reader, SAMPLE_ROWS, (ids) => loadRows(path, columns, ids));
    }
    return prepareDesign(design, await this.table());
  }

  private async table(): Promise<Table> {
    this.whole ??= await loadTable(this.path(), columnsToRead(this.run.design.data));
    return this.whole;
  }

  private path(): string {
    const { table, name } = this.run;
    if (table === null) throw new AppError("run.no_dataset", { name });
    return table.path;
  }
}

/** With its target where the row has one that the network knows. */
function withTargets(predictor: Predictor, table: Table): PreparedPart {
  try {
    const part = predictor.prepare(table, true);
    if (part.rowCount > 0) return part;
  } catch (error) {
    // A row without a target can be looked at all the same; what else is wrong with it, the second try says.
    if (!(error instanceof AppError)) throw error;
  }
  return predictor.prepare(table, false);
}

/** @throws AppError inside.row_left_out */
function rowOf(part: PreparedPart, row: number): PreparedPart {
  const place = part.rowIds.indexOf(row);
  if (place < 0) throw new AppError("inside.row_left_out", { row: row + 1 });
  return sliced(part, place, place + 1);
}

function sliced(part: PreparedPart, from: number, to: number): PreparedPart {
  const cut = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(Object.entries(rows).map(([id, own]) => [id, { shape: own.shape, values: ownValues(own, from, to).slice() }]));
  return { rowCount: to - from, rowIds: part.rowIds.slice(from, to), inputs: cut(part.inputs), targets: cut(part.targets) };
}
