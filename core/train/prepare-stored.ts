/**
 * Preparation of a table that does not fit into memory. What is one number a row (targets, weights, the split) is prepared whole, as
 * ever; the steps of the features learn from a sample of the training rows, as many as fit; then all rows are read once more in
 * pieces, prepared, and written out as float32. What is written is what training in memory would see, were the steps the same.
 */
import { shuffledRows } from "../data/blocks/row-order.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { applyPipeline, prepare } from "../data/prepare.ts";
import type { FittedPipeline, PreparedData, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import { splitColumn } from "../data/split-columns.ts";
import type { Column, Table } from "../data/table.ts";
import { columnsToRead } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument, DesignDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { makeModelSpec } from "../spec/model.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import { stepImplementation } from "../steps/implementations.ts";
import { factsOf, outputsOf, type PreparedDesign, widthOf } from "./prepare-design.ts";

export type PartName = "training" | "validation" | "test";

/** Where the rows are, and where they go. */
export interface RowSource {
  /** These columns whole. */
  readonly whole: (columns: readonly ColumnDocument[]) => Promise<Table>;
  /** All rows in order, in pieces; every call begins anew. */
  readonly pieces: (columns: readonly ColumnDocument[], take: (piece: Table) => void) => Promise<void>;
  /** Rows of a part, one after the other: the numbers of all inputs of each. */
  readonly write: (part: PartName, rows: Float32Array) => void;
  /** Training rows that the steps may learn from at most. */
  readonly sampleRows: number;
}

/** Rows of a part that stay in memory: for a look, and for the check that a model carries. */
const FIRST_ROWS = 512;
/** Stands where the epoch stands when rows are shuffled: no epoch has it. */
const SAMPLE_DRAW = 0x5a3;

type Design = Pick<DesignDocument, "graph" | "data" | "train">;

/** Why a design's rows cannot be prepared in pieces: words for no one, null where they can. */
export function whyNotInPieces({ graph, data }: Design): string | null {
  if (data === null) return "no data";
  const { window, graph: nodes, sampling, augment, columns, steps } = data;
  if (window !== undefined || nodes !== undefined) return "rows that need others beside them";
  if (sampling !== undefined || augment !== undefined) return "rows that are drawn again or changed";
  if (columns.some(({ type, role }) => role === "feature" && (type === "picture" || type === "text"))) return "pictures or texts";
  if (steps.some(({ type }) => stepImplementation(type).applyToTraining !== undefined)) return "a step that treats training rows otherwise";
  if (dataNeeds(graph, null).outputs.some(({ targetInput }) => targetInput !== null)) return "a target that is an input";
  return null;
}

export interface StoredDesign {
  readonly design: PreparedDesign;
  /** Columns that were read whole. */
  readonly table: Table;
  /** Numbers a row of each input, in the order in which they are written. */
  readonly widths: Readonly<Record<string, number>>;
}

/** @throws AppError as prepareDesign */
export async function prepareStored(document: Design, source: RowSource): Promise<StoredDesign> {
  const { data } = document;
  if (data === null) throw new AppError("design.no_data");
  const { seed, top_k } = readTraining(document.train);
  let needs = dataNeeds(document.graph, null);
  const targetNames = targetColumns(data, needs);
  const table = await source.whole(columnsToRead(data).filter(({ name }) => isReadWhole(data, name, targetNames)));
  const onTargets = withSteps(data, (name) => targetNames.has(name));
  const outputsOnly = (now: DataNeeds): PreparedData => prepare(table, onTargets, { inputs: [], outputs: now.outputs }, seed);
  let targets = outputsOnly(needs);
  const features = await fitFeatures(data, needs, targets.training, targetNames, seed, source);
  const pipelineOf = (now: PreparedData): FittedPipeline => ({
    ...features.pipeline,
    columns: data.columns,
    steps: [...now.pipeline.steps, ...features.pipeline.steps],
    targets: now.pipeline.targets,
  });
  const facts = { pipeline: pipelineOf(targets), training: { ...targets.training, inputs: features.inputs } };
  const spec = makeModelSpec(document.graph, factsOf(facts, needs));
  needs = dataNeeds(document.graph, spec);
  if (!needs.outputs.every((output) => widthOf(targets, output.nodeId) === output.width)) targets = outputsOnly(needs);
  const widths = Object.fromEntries(Object.entries(features.inputs).map(([id, { shape }]) => [id, sizeOf(shape)]));
  const first = await writeRows(features, needs, targets, widths, source);
  const part = (name: "training" | "validation"): PreparedPart => ({ ...targets[name], inputs: first[name] });
  const prepared: PreparedData = {
    pipeline: pipelineOf(targets),
    training: part("training"),
    validation: part("validation"),
    ...(targets.test === undefined ? {} : { test: { ...targets.test, inputs: first.test } }),
    ...(features.rows < targets.training.rowCount ? { fittedOn: features.rows } : {}),
    droppedRows: targets.droppedRows,
  };
  return { design: { prepared, spec, needs, ...outputsOf(spec, prepared, needs, top_k) }, table, widths };
}

function targetColumns(data: DataDocument, needs: DataNeeds): ReadonlySet<string> {
  const named = needs.outputs.flatMap(({ columns }) => columns);
  return new Set([...named, ...data.columns.filter(({ role }) => role === "target").map(({ name }) => name)]);
}

/** Targets and weights, what the split reads, and what a filter may ask of. */
function isReadWhole(data: DataDocument, name: string, targets: ReadonlySet<string>): boolean {
  const role = data.columns.find((column) => column.name === name)?.role;
  return targets.has(name) || role !== "feature" || name === splitColumn(data.split) || data.filter !== undefined;
}

/** The same data with the steps of these columns alone. */
function withSteps(data: DataDocument, wanted: (column: string) => boolean): DataDocument {
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter(wanted) })).filter(({ columns }) => columns.length > 0);
  return { ...data, steps };
}

interface Features {
  readonly pipeline: FittedPipeline;
  /** Of the sample: their shapes count. */
  readonly inputs: Readonly<Record<string, Rows>>;
  /** Of the sample. */
  readonly rows: number;
  readonly columns: readonly ColumnDocument[];
}

async function fitFeatures(
  data: DataDocument,
  needs: DataNeeds,
  training: PreparedPart,
  targets: ReadonlySet<string>,
  seed: number,
  source: RowSource,
): Promise<Features> {
  // As in memory, a column that an output names is no feature.
  const columns = data.columns.map((column) =>
    targets.has(column.name) && column.role === "feature" ? { ...column, role: "target" as const } : column,
  );
  const { filter: _filter, row_choices: _choices, ...rest } = data;
  // Rows of a bag were drawn with the targets.
  const { bag: _bag, ...split } = data.split;
  const own: DataDocument = withSteps({ ...rest, columns, split: { ...split, method: "none" } }, (name) => !targets.has(name));
  const read = columns.filter(({ role }) => role === "feature");
  const sample = await readSample(read, sampleOf(training, seed, source.sampleRows), source);
  const prepared = prepare(sample, own, { inputs: needs.inputs, outputs: [] }, seed);
  return { pipeline: prepared.pipeline, inputs: prepared.training.inputs, rows: sample.rowCount, columns: read };
}

/** Ids of training rows drawn from the seed, ascending. */
function sampleOf({ rowIds }: PreparedPart, seed: number, most: number): Uint32Array {
  if (rowIds.length <= most) return rowIds;
  return shuffledRows(rowIds.length, SAMPLE_DRAW, { shuffle: true, seed })
    .slice(0, most)
    .sort()
    .map((place) => rowIds[place] as number);
}

async function readSample(columns: readonly ColumnDocument[], ids: Uint32Array, source: RowSource): Promise<Table> {
  const numbers = columns.map(({ type }) => (type === "categorical" ? new Int32Array(ids.length) : new Float64Array(ids.length)));
  let built: readonly Column[] = [];
  let taken = 0;
  await source.pieces(columns, (piece) => {
    built = piece.columns;
    const first = piece.rowIds[0] ?? 0;
    for (; taken < ids.length && (ids[taken] as number) < first + piece.rowCount; taken++) {
      const row = (ids[taken] as number) - first;
      for (const [place, column] of piece.columns.entries())
        (numbers[place] as Float64Array)[taken] = (
          column.kind === "category" ? column.codes[row] : (column as { values: Float64Array }).values[row]
        ) as number;
    }
  });
  return {
    rowCount: ids.length,
    rowIds: ids,
    columns: built.map((column, place) =>
      column.kind === "category"
        ? { ...column, codes: numbers[place] as Int32Array }
        : { kind: "number", name: column.name, values: numbers[place] as Float64Array },
    ),
  };
}

type FirstRows = Readonly<Record<PartName, Readonly<Record<string, Rows>>>>;

/** Every row of every part, prepared and written. @returns the first rows of each */
async function writeRows(
  { pipeline, inputs, columns }: Features,
  needs: DataNeeds,
  targets: PreparedData,
  widths: Readonly<Record<string, number>>,
  source: RowSource,
): Promise<FirstRows> {
  const width = Object.values(widths).reduce((sum, own) => sum + own, 0);
  const parts = (["training", "validation", "test"] as const).map((name) => {
    const ids = targets[name]?.rowIds ?? new Uint32Array(0);
    const kept = Math.min(FIRST_ROWS, ids.length);
    const first = Object.fromEntries(
      Object.entries(inputs).map(([id, { shape }]) => [id, { shape, values: new Float32Array(kept * sizeOf(shape)) }]),
    );
    return { name, ids, first, next: 0 };
  });
  await source.pieces(columns, (piece) => {
    const made = applyPipeline(piece, pipeline, { inputs: needs.inputs, outputs: [] }, { withTargets: false });
    const begin = piece.rowIds[0] ?? 0;
    for (const part of parts) {
      const start = part.next;
      while (part.next < part.ids.length && (part.ids[part.next] as number) < begin + piece.rowCount) part.next += 1;
      const rows = new Float32Array((part.next - start) * width);
      for (let i = start; i < part.next; i++) {
        const row = (part.ids[i] as number) - begin;
        let place = (i - start) * width;
        for (const id in widths) {
          const numbers = (made.inputs[id] as Rows).values.subarray(row * (widths[id] as number), (row + 1) * (widths[id] as number));
          rows.set(numbers, place);
          place += numbers.length;
          const first = part.first[id] as Rows;
          if (i * numbers.length < first.values.length) first.values.set(numbers, i * numbers.length);
        }
      }
      if (rows.length > 0) source.write(part.name, rows);
    }
  });
  return Object.fromEntries(parts.map(({ name, first }) => [name, first])) as FirstRows;
}
