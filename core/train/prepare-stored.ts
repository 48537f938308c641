/**
 * Preparation of a table that does not fit into memory. What is one number a row (targets, weights, the split) is prepared whole, as
 * ever; the steps of the features learn from a sample of the training rows, as many as fit; then all rows are read once more in
 * pieces, prepared, and written out as float32. What is written is what training in memory would see, were the steps the same.
 */
import type { PictureRows } from "../data/blocks/fill-blocks.ts";
import { tableOrder } from "../data/blocks/row-order.ts";
import { SparseRows } from "../data/blocks/sparse-rows.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { chooseRows } from "../data/filter/choose-rows.ts";
import { filterTable } from "../data/filter/filter-table.ts";
import { columnsForFilter } from "../data/filter/rows.ts";
import { applySteps, columnsOfTable, type FittedStep, takeRows } from "../data/pipeline.ts";
import { applyPipeline, prepare } from "../data/prepare.ts";
import type { FittedPipeline, PreparedData, PreparedPart } from "../data/prepared.ts";
import { targetForSteps } from "../data/row-classes.ts";
import type { Rows } from "../data/rows.ts";
import { idsInTime } from "../data/series-parts.ts";
import { splitColumn } from "../data/split-columns.ts";
import type { Table } from "../data/table.ts";
import { columnsToRead } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { makeModelSpec } from "../spec/model.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import { stepDefinition } from "../steps/definitions.ts";
import type { StepTarget } from "../steps/step.ts";
import { factsOf, outputsOf, type PreparedDesign, widthOf } from "./prepare-design.ts";
import type { PartName, RowSource } from "./row-source.ts";
import { type Features, fitFeatures, passesToFit, passesToWrite, textsComeInPieces, withSteps } from "./stored-features.ts";
import { crossFitOf, FoldedRows } from "./stored-folds.ts";
import { hasGaps, writeFilled } from "./stored-gaps.ts";
import { changesOf, firstPictures, type PictureInputs, PicturePlaces, type PictureSource, pictureInputs } from "./stored-pictures.ts";
import {
  fitSeries,
  learntFrom,
  type StoredSeries,
  seriesPasses,
  storedSeries,
  windowGroup,
  writeRuns,
  writeSeries,
} from "./stored-series.ts";

/** Rows of a part that stay in memory: for a look, and for the check that a model carries. */
export const FIRST_ROWS = 512;
/** Of rows that are made and written at a time. */
const PIECE_NUMBERS = 1 << 21;

type Design = Pick<DesignDocument, "graph" | "data" | "train">;

/** Why a design's rows cannot be prepared in pieces: words for no one, null where they can. */
export function whyNotInPieces({ graph, data }: Design): string | null {
  if (data === null) return "no data";
  const { window, graph: nodes, augment_text: changed, steps } = data;
  const needs = dataNeeds(graph, null);
  if (nodes !== undefined) return "rows that are nodes of one graph";
  if (hasGaps(data) && needs.inputs.some(({ columns }) => columns.some((name) => window?.columns.includes(name))))
    return "a series with gaps, beside inputs of the same columns";
  if (changed !== undefined) return "texts that are changed";
  if (!textsComeInPieces(data, needs)) return "texts that more than one step makes something of";
  if (pictureInputs(data, needs) === null) return "pictures that are not an input of their own";
  if (window !== undefined && steps.some((step) => crossFitOf(step) !== null)) return "a step that learns in folds, beside a series";
  if (needs.outputs.some(({ targetInput }) => targetInput !== null)) return "a target that is an input";
  return null;
}

/** Rows of parts as they lie on the disk. */
export interface WrittenRows {
  /** Numbers a row of each input, in the order in which they are read. */
  readonly widths: Readonly<Record<string, number>>;
  /** Of each part, the inputs that are pictures: they are not written. */
  readonly pictures: Readonly<Record<PartName, Readonly<Record<string, PictureRows>>>>;
  /** Of rows that are written sparsely: where each begins (StoredRows). */
  readonly starts: Readonly<Record<PartName, Float64Array>> | null;
  /** Where windows are cut from. */
  readonly series: StoredSeries | null;
}

export interface StoredDesign extends WrittenRows {
  readonly design: PreparedDesign;
  /** Columns that were read whole. */
  readonly table: Table;
}

/** @throws AppError as prepareDesign */
export async function prepareStored(document: Design, source: RowSource): Promise<StoredDesign> {
  const { data } = document;
  if (data === null) throw new AppError("design.no_data");
  const { seed, top_k } = readTraining(document.train);
  let needs = dataNeeds(document.graph, null);
  const targetNames = targetColumns(data, needs);
  const withSeries = hasGaps(data);
  const isFilled = (name: string): boolean => withSeries && data.window?.columns.includes(name) === true;
  const pictures = pictureInputs(data, needs) ?? new Map<string, string>();
  const shown = pictures.size === 0 ? null : await source.pictures();
  const table = await source.whole(columnsToRead(data).filter(({ name }) => isReadWhole(data, name, targetNames) || isFilled(name)));
  const { augment: _augment, ...unchanged } = data;
  const onTargets = withSteps(unchanged, (name) => targetNames.has(name) || isFilled(name));
  const outputsOnly = (now: DataNeeds): PreparedData =>
    prepare(table, onTargets, { inputs: [], outputs: now.outputs }, seed, { withSeries });
  let targets = outputsOnly(needs);
  const rowsOf = eachPart((name) => targets[name]?.rowCount ?? 0);
  const series = storedSeries(data, needs, () => idsInTime(filterTable(table, data), data.window), rowsOf);
  const others = series === null ? needs.inputs : needs.inputs.filter(({ columns }) => columns.length > 0);
  // What an input takes beside the windows learns with that input.
  const beside = new Set(others.flatMap(({ columns }) => columns));
  const learnt = new Set([...targetNames, ...beside]);
  const isOwn = (name: string): boolean => series?.window.columns.includes(name) !== true || beside.has(name);
  const rowIds = targets.learntFrom ?? (series === null ? (targets.sampled?.rowIds ?? targets.training.rowIds) : learntFrom(series));
  const target = (steps: number): StepTarget | null => targetAfter(steps, table, data, targets.pipeline, rowIds);
  const needed = { needs: { ...needs, inputs: others }, targets: targetNames, seed, shown, target };
  const own = withSteps(unchanged, isOwn);
  source.plan(
    passesToFit(own, needed) + passesToWrite(own, needed) + (series === null || withSeries ? 0 : seriesPasses(data, series, learnt)),
  );
  let numbers = await fitFeatures(own, rowIds, source, needed);
  // A series that is held whole has learnt with the targets.
  const whole = { steps: [], rows: rowIds.length };
  const fitted = withSeries || series === null ? whole : await fitSeries(data, series, learnt, source, seed);
  const allFeatures = (): Features => (series === null ? numbers : withWindows(numbers, series, fitted));
  let features = allFeatures();
  const pipelineOf = (now: PreparedData): FittedPipeline => ({
    ...features.pipeline,
    ...(data.window === undefined ? {} : { window: data.window }),
    ...(now.pipeline.window_fill === undefined ? {} : { window_fill: now.pipeline.window_fill }),
    columns: data.columns,
    steps: [...now.pipeline.steps, ...features.pipeline.steps],
    targets: now.pipeline.targets,
  });
  const facts = { pipeline: pipelineOf(targets), training: { ...targets.training, inputs: features.inputs } };
  const spec = makeModelSpec(document.graph, factsOf(facts, needs));
  needs = dataNeeds(document.graph, spec);
  if (!needs.outputs.every((output) => widthOf(targets, output.nodeId) === output.width)) {
    targets = outputsOnly(needs);
    if (features.folded.length > 0) {
      source.plan(passesToFit(own, needed) + passesToWrite(own, needed));
      numbers = await fitFeatures(own, rowIds, source, needed);
      features = allFeatures();
    }
  }
  const inOrder = PARTS.every((name) => tableOrder(targets[name]?.rowIds ?? new Uint32Array(0)) === null);
  const sparse = inOrder && data.steps.some(({ type }) => stepDefinition(type).mostlyZeros === true);
  const widths = Object.fromEntries(Object.entries(features.inputs).map(([id, { shape }]) => [id, sizeOf(shape)]));
  const written = await writeRows(numbers, others, targets, { widths, pictures, shown, sparse }, source);
  const kept = eachPart((name) => Math.min(FIRST_ROWS, rowsOf[name]));
  const cut = series === null ? null : await writtenSeries(data, series, targets, pipelineOf(targets), { table, source, kept });
  for (const id of series?.inputs ?? [])
    for (const name of PARTS) if (cut !== null) Object.assign(written[name].first, { [id]: cut.windows[name] });
  const part = (name: "training" | "validation"): PreparedPart => ({ ...targets[name], inputs: written[name].first });
  const pipeline = pipelineOf(targets);
  const training = part("training");
  const prepared: PreparedData = {
    pipeline,
    training: { ...training, ...changesOf(data, training, needs, pipeline.targets, seed) },
    validation: part("validation"),
    ...(targets.test === undefined ? {} : { test: { ...targets.test, inputs: written.test.first } }),
    ...(features.rows < rowIds.length ? { fittedOn: features.rows } : {}),
    ...(targets.sampled === undefined ? {} : { sampled: targets.sampled }),
    droppedRows: targets.droppedRows,
  };
  return {
    design: { prepared, spec, needs, ...outputsOf(spec, prepared, needs, top_k) },
    table,
    widths,
    pictures: eachPart((name) => written[name].pictures),
    starts: sparse ? eachPart((name) => written[name].starts) : null,
    series: cut?.series ?? null,
  };
}

/** The series on the disk, and the first windows of each part. */
async function writtenSeries(
  data: DataDocument,
  series: StoredSeries,
  targets: PreparedData,
  { steps }: FittedPipeline,
  { table, source, kept }: { readonly table: Table; readonly source: RowSource; readonly kept: Readonly<Record<PartName, number>> },
): Promise<{ readonly series: StoredSeries; readonly windows: Readonly<Record<PartName, Rows>> }> {
  if (hasGaps(data)) return writeFilled(data, series, targets, table, source, kept);
  return { series, windows: await writeSeries(data, series, steps, source, kept) };
}

/** The windows beside the features of other inputs. */
function withWindows(
  { pipeline, inputs, rows, columns, folded }: Features,
  { window, inputs: taken }: StoredSeries,
  fitted: { readonly steps: readonly FittedStep[]; readonly rows: number },
): Features {
  const group = windowGroup(window);
  const none: Rows = { shape: group.shape ?? [], values: new Float32Array(0) };
  return {
    pipeline: { ...pipeline, steps: [...pipeline.steps, ...fitted.steps], features: [...pipeline.features, group] },
    inputs: { ...inputs, ...Object.fromEntries(taken.map((id) => [id, none])) },
    rows: Math.min(rows, fitted.rows),
    columns,
    folded,
  };
}

/** What the steps learn from where they learn from the target. @param steps that name a target and come before */
function targetAfter(steps: number, table: Table, data: DataDocument, fitted: FittedPipeline, rowIds: Uint32Array): StepTarget | null {
  const names = new Set(Object.values(fitted.targets).flatMap(({ columns }) => columns));
  const documents = data.columns.filter(({ name }) => names.has(name));
  const kept = filterTable(chooseRows(table, data), data);
  const placeOf = new Uint32Array(table.rowCount);
  kept.rowIds.forEach((id, place) => (placeOf[id] = place));
  const raw = takeRows(
    columnsOfTable(kept, documents),
    rowIds.map((id) => placeOf[id] as number),
  );
  const made = new Map(raw);
  applySteps(fitted.steps.slice(0, steps), made);
  return targetForSteps(fitted.targets, made, raw, rowIds)();
}

export function targetColumns(data: Pick<DataDocument, "columns">, needs: DataNeeds): ReadonlySet<string> {
  const named = needs.outputs.flatMap(({ columns }) => columns);
  return new Set([...named, ...data.columns.filter(({ role }) => role === "target").map(({ name }) => name)]);
}

/** Targets and weights, what the split reads, and what a filter may ask of. */
export function isReadWhole(data: DataDocument, name: string, targets: ReadonlySet<string>): boolean {
  const { role, type } = data.columns.find((column) => column.name === name) ?? {};
  if (targets.has(name) || role !== "feature" || name === splitColumn(data.split) || name === data.window?.order_by) return true;
  return columnsForFilter(data.columns, data.filter).some((column) => column.name === name) && type !== "picture";
}

const PARTS = ["training", "validation", "test"] as const;

export const eachPart = <T>(make: (name: PartName) => T): Record<PartName, T> => ({
  training: make("training"),
  validation: make("validation"),
  test: make("test"),
});

interface WrittenPart {
  /** The first rows of each input. */
  readonly first: Readonly<Record<string, Rows>>;
  readonly pictures: Readonly<Record<string, PictureRows>>;
  readonly starts: Float64Array;
}

interface RowPlan {
  readonly sparse: boolean;
  readonly widths: Readonly<Record<string, number>>;
  readonly pictures: PictureInputs;
  readonly shown: PictureSource | null;
}

/** The rows of parts, and of training rows that are drawn again which they are. */
type TakenRows = Readonly<Partial<Record<PartName, Pick<PreparedPart, "rowIds">>>> & Pick<PreparedData, "sampled">;

/** Training rows that lie in a piece. */
function foldedRows(folded: FoldedRows, piece: Table, { training, sampled }: TakenRows, from: number, until: number) {
  const begin = piece.rowIds[0] ?? 0;
  const rows = (training?.rowIds ?? new Uint32Array(0)).subarray(from, until).map((id) => id - begin);
  return folded.prepare(
    piece,
    rows,
    rows.map((_, i) => sampled?.places[from + i] ?? from + i),
  );
}

/** Every row of these parts, prepared and written; of pictures which one each row shows. */
export async function writeRows(
  features: Pick<Features, "pipeline" | "inputs" | "columns" | "folded">,
  taken: DataNeeds["inputs"],
  targets: TakenRows,
  { widths: all, pictures, shown, sparse }: RowPlan,
  source: RowSource,
): Promise<Record<PartName, WrittenPart>> {
  const { pipeline, inputs, columns, folded } = features;
  const numbers = taken.filter(({ nodeId }) => !pictures.has(nodeId));
  const inFolds = folded.length === 0 ? null : new FoldedRows(folded, pipeline, numbers);
  const widths = Object.fromEntries(numbers.map(({ nodeId }) => [nodeId, all[nodeId] as number]));
  const width = Object.values(widths).reduce((sum, own) => sum + own, 0);
  const parts = PARTS.map((name) => {
    const ids = targets[name]?.rowIds ?? new Uint32Array(0);
    const kept = Math.min(FIRST_ROWS, ids.length);
    const first: Record<string, Rows> = Object.fromEntries(
      numbers.map(({ nodeId }) => {
        const { shape } = inputs[nodeId] as Rows;
        return [nodeId, { shape, values: new Float32Array(kept * sizeOf(shape)) }];
      }),
    );
    const places = new Map(shown === null ? [] : [...pictures.keys()].map((id) => [id, new PicturePlaces(ids.length, shown.file)]));
    return { name, ids, order: tableOrder(ids), first, places, next: 0, sparse: sparse ? new SparseRows(ids.length) : null };
  });
  const rowsAtOnce = Math.max(1, Math.floor(PIECE_NUMBERS / Math.max(1, width)));
  const write = (piece: Table): void => {
    const made =
      numbers.length === 0 ? {} : applyPipeline(piece, pipeline, { inputs: numbers, outputs: [] }, { withTargets: false }).inputs;
    const placeColumns = [...pictures].map(([id, name]) => [id, piece.columns.find((column) => column.name === name)] as const);
    const begin = piece.rowIds[0] ?? 0;
    for (const part of parts) {
      const { ids, order, next: start } = part;
      const placeOf = (i: number): number => (order === null ? i : (order[i] as number));
      while (part.next < ids.length && (ids[placeOf(part.next)] as number) < begin + piece.rowCount) part.next += 1;
      const rows = new Float32Array((part.next - start) * width);
      const own = inFolds === null || part.name !== "training" ? null : foldedRows(inFolds, piece, targets, start, part.next);
      for (let i = start; i < part.next; i++) {
        const target = placeOf(i);
        const row = (ids[target] as number) - begin;
        for (const [id, column] of placeColumns)
          part.places.get(id)?.set(target, column?.kind === "number" ? (column.values[row] as number) : Number.NaN);
        let place = (i - start) * width;
        for (const id in widths) {
          const each = widths[id] as number;
          const from = (own === null ? row : i - start) * each;
          const values = (own?.[id] ?? (made[id] as Rows).values).subarray(from, from + each);
          rows.set(values, place);
          place += each;
          const first = part.first[id] as Rows;
          if (target * each < first.values.length) first.values.set(values, target * each);
        }
      }
      if (part.sparse !== null && rows.length > 0) source.write(part.name, part.sparse.of(rows, width), null);
      else writeRuns(rows, width, start, order, (run, at) => source.write(part.name, run, at));
    }
  };
  if (columns.length > 0) await source.pieces(columns, write, rowsAtOnce);
  const written = async ({ name, first, places, sparse: own }: (typeof parts)[number]): Promise<[PartName, WrittenPart]> => {
    const shownRows = Object.fromEntries([...places].map(([id, one]) => [id, one.rowsOf(pictures.get(id) ?? "", pipeline)]));
    for (const [id, rows] of Object.entries(shownRows))
      if (shown !== null) first[id] = await firstPictures(rows, FIRST_ROWS, (inputs[id] as Rows).shape, shown);
    return [name, { first, pictures: shownRows, starts: own?.starts ?? new Float64Array(0) }];
  };
  return Object.fromEntries(await Promise.all(parts.map(written))) as Record<PartName, WrittenPart>;
}
