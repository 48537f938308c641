/**
 * What the steps of a table learn that does not fit into memory: those of texts from all training rows, piece by piece; those of numbers
 * and words from a sample of the training rows, as many as fit; those of pictures learn nothing. And what the inputs become by it.
 */
import { shuffledRows, tableOrder } from "../data/blocks/row-order.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { configOf, type FittedStep, fittedStep } from "../data/pipeline.ts";
import { prepare } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { Column, Table, TextColumn } from "../data/table.ts";
import type { ColumnDocument, DataDocument, DesignDocument } from "../graph/document.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { RowSource } from "./row-source.ts";
import { type PictureSource, standingForAll } from "./stored-pictures.ts";

/** Stands where the epoch stands when rows are shuffled: no epoch has it. */
const SAMPLE_DRAW = 0x5a3;

export interface Features {
  readonly pipeline: FittedPipeline;
  /** Of a few rows: their shapes count. */
  readonly inputs: Readonly<Record<string, Rows>>;
  /** Of the sample that numbers and words were learnt from. */
  readonly rows: number;
  readonly columns: readonly ColumnDocument[];
}

export interface FeatureOptions {
  readonly needs: DataNeeds;
  readonly targets: ReadonlySet<string>;
  readonly seed: number;
  readonly shown: PictureSource | null;
}

/** The same data with the steps of these columns alone. */
export function withSteps(data: DataDocument, wanted: (column: string) => boolean): DataDocument {
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter(wanted) })).filter(({ columns }) => columns.length > 0);
  return { ...data, steps };
}

/** A text to learn from. */
const isText = ({ type, role }: ColumnDocument): boolean => type === "text" && role === "feature";

/** Names of the texts that inputs take. */
function textsOf({ columns }: Pick<DataDocument, "columns">, { inputs }: DataNeeds): ReadonlySet<string> {
  const texts = columns.filter(isText).map(({ name }) => name);
  const isTaken = (name: string): boolean => inputs.some(({ columns: named }) => named.length === 0 || named.includes(name));
  return new Set(texts.filter(isTaken));
}

/** Whether every text is made numbers of by one step that learns in pieces, and by no other. */
export function textsComeInPieces(data: DataDocument, needs: DataNeeds): boolean {
  return [...textsOf(data, needs)].every((name) => {
    const own = data.steps.filter((step) => step.columns.includes(name));
    return own.length === 1 && own.every(({ type }) => stepImplementation(type).learner !== undefined);
  });
}

/** Numbers that the texts of a row become, at most. */
export function widthOfTexts({ data }: Pick<DesignDocument, "data">): number {
  const texts = new Set((data?.columns ?? []).filter(isText).map(({ name }) => name));
  return (data?.steps ?? []).reduce((sum, step) => {
    const { textWidthField } = stepDefinition(step.type);
    if (textWidthField === undefined) return sum;
    return sum + step.columns.filter((name) => texts.has(name)).length * Number(configOf(step)[textWidthField]);
  }, 0);
}

export async function fitFeatures(
  data: DataDocument,
  rowIds: Uint32Array,
  source: RowSource,
  { needs, targets, seed, shown }: FeatureOptions,
): Promise<Features> {
  if (needs.inputs.length === 0)
    return { pipeline: { columns: data.columns, steps: [], features: [], targets: {} }, inputs: {}, rows: rowIds.length, columns: [] };
  // As in memory, a column that an output names is no feature.
  const columns = data.columns.map((column) =>
    targets.has(column.name) && column.role === "feature" ? { ...column, role: "target" as const } : column,
  );
  const { filter: _filter, row_choices: _choices, window: _window, sampling: _sampling, ...rest } = data;
  // Rows of a bag, and of classes that are evened out, were drawn with the targets.
  const { bag: _bag, ...split } = data.split;
  const own: DataDocument = withSteps({ ...rest, columns, split: { ...split, method: "none" } }, (name) => !targets.has(name));
  const texts = textsOf({ columns }, needs);
  const isTaken = (name: string): boolean => needs.inputs.some(({ columns: named }) => named.length === 0 || named.includes(name));
  const read = columns.filter(({ name, role }) => role === "feature" && isTaken(name));
  const ids = sampleOf(rowIds, seed, source.sampleRows);
  const others = read.filter(({ name }) => !texts.has(name));
  const sampled = async (): Promise<Table> => readSample(others, ids, source, shown);
  if (texts.size === 0) {
    const sample = await sampled();
    const prepared = prepare(sample, own, { inputs: needs.inputs, outputs: [] }, seed);
    return { pipeline: prepared.pipeline, inputs: prepared.training.inputs, rows: sample.rowCount, columns: read };
  }
  const steps = await fitTexts(own, texts, rowIds.slice().sort(), source);
  const inputs = needs.inputs.map(({ nodeId, columns: named }) => {
    const all = named.length > 0 ? named : read.map(({ name }) => name);
    return { nodeId, columns: all.filter((name) => !texts.has(name)), shape: null };
  });
  const withNumbers = inputs.filter(({ columns: taken }) => taken.length > 0);
  const rowCount = withNumbers.length === 0 ? rowIds.length : ids.length;
  if (withNumbers.length > 0) {
    const numbers = withSteps(own, (name) => !texts.has(name));
    steps.push(...prepare(await sampled(), numbers, { inputs: withNumbers, outputs: [] }, seed).pipeline.steps);
  }
  const first = await readSample(read, rowIds.slice(0, 1), source, shown);
  const { pipeline, training: laidOut } = prepare(first, own, { inputs: needs.inputs, outputs: [] }, seed, { learnt: steps });
  return { pipeline, inputs: laidOut.inputs, rows: rowCount, columns: read };
}

/** One pass over the texts of the training rows. */
async function fitTexts(data: DataDocument, texts: ReadonlySet<string>, rowIds: Uint32Array, source: RowSource): Promise<FittedStep[]> {
  const learners = withSteps(data, (name) => texts.has(name)).steps.map((step) => {
    const learner = stepImplementation(step.type).learner?.(step.columns, configOf(step));
    if (learner === undefined) throw new Error(`step '${step.type}' does not learn in pieces`);
    return { step, learner };
  });
  let next = 0;
  await source.pieces(
    data.columns.filter(({ name }) => texts.has(name)),
    (piece) => {
      const first = piece.rowIds[0] ?? 0;
      const start = next;
      while (next < rowIds.length && (rowIds[next] as number) < first + piece.rowCount) next += 1;
      const rows = rowIds.subarray(start, next);
      if (rows.length === 0) return;
      for (const { step, learner } of learners) learner.add(step.columns.map((name) => textsAt(piece, name, rows, first)));
    },
  );
  return learners.map(({ step, learner }) => fittedStep(step, learner.finish()));
}

function textsAt({ columns }: Table, name: string, rows: Uint32Array, first: number): TextColumn {
  const column = columns.find((one) => one.name === name);
  if (column?.kind !== "text") throw new Error(`'${name}' is no column of texts`);
  return { kind: "text", name, values: Array.from(rows, (row) => column.values[row - first] ?? null) };
}

/** Ids of training rows drawn from the seed, in the order in which they are given. */
export function sampleOf(rowIds: Uint32Array, seed: number, most: number): Uint32Array {
  if (rowIds.length <= most) return rowIds;
  return shuffledRows(rowIds.length, SAMPLE_DRAW, { shuffle: true, seed })
    .slice(0, most)
    .sort()
    .map((place) => rowIds[place] as number);
}

export async function readSample(
  columns: readonly ColumnDocument[],
  ids: Uint32Array,
  source: RowSource,
  shown: PictureSource | null,
): Promise<Table> {
  const read = new Map(columns.map((column) => [column.name, emptyColumn(column, ids.length)]));
  const order = tableOrder(ids);
  const placeOf = (i: number): number => (order === null ? i : (order[i] as number));
  let built: readonly Column[] = [];
  let taken = 0;
  await source.pieces(columns, (piece) => {
    built = piece.columns;
    const first = piece.rowIds[0] ?? 0;
    const start = taken;
    while (taken < ids.length && (ids[placeOf(taken)] as number) < first + piece.rowCount) taken += 1;
    for (let i = start; i < taken; i++) {
      const row = (ids[placeOf(i)] as number) - first;
      for (const column of piece.columns) copyCell(column, row, read.get(column.name) as Column, placeOf(i));
    }
  });
  const pictures = new Set(columns.filter(({ type }) => type === "picture").map(({ name }) => name));
  const made = built.map(async (column): Promise<Column> => {
    const own = read.get(column.name) as Column;
    if (shown !== null && pictures.has(column.name)) return standingForAll(column.name, ids.length, shown);
    return column.kind === "category" && own.kind === "category" ? { ...own, categories: column.categories } : own;
  });
  return { rowCount: ids.length, rowIds: ids, columns: await Promise.all(made) };
}

function emptyColumn(document: ColumnDocument, rows: number): Column {
  const { type, name } = document;
  if (isText(document)) return { kind: "text", name, values: new Array<string | null>(rows).fill(null) };
  return type === "categorical"
    ? { kind: "category", name, codes: new Int32Array(rows), categories: [] }
    : { kind: "number", name, values: new Float64Array(rows) };
}

function copyCell(from: Column, row: number, to: Column, place: number): void {
  if (from.kind === "category" && to.kind === "category") to.codes[place] = from.codes[row] as number;
  else if (from.kind === "number" && to.kind === "number") to.values[place] = from.values[row] as number;
  else if (from.kind === "text" && to.kind === "text") (to.values as (string | null)[])[place] = from.values[row] ?? null;
  else throw new Error(`column '${from.name}' came as ${from.kind}`);
}
