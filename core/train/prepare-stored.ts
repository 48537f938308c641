/**
 * Preparation of a table that does not fit into memory: once its steps have learnt (learn-stored.ts), all rows are read in pieces,
 * prepared, and written out as float32. What is written is what training in memory would see, were the steps the same.
 */
import { isChanged } from "../data/augment.ts";
import type { CopiedTexts, PictureRows } from "../data/blocks/fill-blocks.ts";
import { tableOrder } from "../data/blocks/row-order.ts";
import { SparseRows } from "../data/blocks/sparse-rows.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { applyPipeline } from "../data/prepare.ts";
import type { FittedPipeline, PreparedData, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { Table } from "../data/table.ts";
import type { TextChanges } from "../data/text/augment-texts.ts";
import { areMostlyZeros, rowsAtATime } from "../data/text/text-widths.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import { spreadPlaces } from "../insight/slices/residuals.ts";
import { sizeOf } from "../ir/tensor.ts";
import { makeModelSpec } from "../spec/model.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import { columnsOfInputs, eachPart, type LearntStored, learnStored, type NotInPieces, whyNotLearnt } from "./learn-stored.ts";
import { factsOf, outputsOf, type PreparedDesign, widthOf } from "./prepare-design.ts";
import type { PartName, RowReader, RowSource } from "./row-source.ts";
import type { Features } from "./stored-features.ts";
import { FoldedRows } from "./stored-folds.ts";
import { hasGaps, writeFilled } from "./stored-gaps.ts";
import { changesOf, firstPictures, type PictureInputs, PicturePlaces, type PictureSource, pictureInputs } from "./stored-pictures.ts";
import { type StoredSeries, writeRuns, writeSeries } from "./stored-series.ts";
import { changedRows, WrittenTexts, withChangedTexts } from "./stored-texts.ts";

/** Rows of a part that stay in memory: for a look, and for the check that a model carries. */
export const FIRST_ROWS = 512;

type Design = Pick<DesignDocument, "graph" | "data" | "train">;

/** Why a design's rows cannot be prepared in pieces; null where they can. @throws AppError design.no_data */
export function whyNotInPieces({ graph, data }: Design): NotInPieces | null {
  if (data === null) throw new AppError("design.no_data");
  const needs = dataNeeds(graph, null);
  const inputs = needs.outputs.flatMap(({ targetInput }) => targetInput ?? []);
  // A picture is compared as it was before it was changed; the predictions of a fold's rows are kept, which would be as large as they are.
  const pictures = pictureInputs(data, needs);
  const areChanged = isChanged(data) && inputs.some((id) => pictures?.has(id) === true);
  if (inputs.length > 0 && (areChanged || data.split.folds !== undefined)) return "target_is_input";
  return whyNotLearnt(data, needs);
}

/** Part of which rows lie on the disk: targets that are inputs are those that are brought. */
export function withInputTargets(part: PreparedPart, { outputs }: DataNeeds): PreparedPart {
  const own = outputs.flatMap(({ nodeId, targetInput }) => (targetInput === null ? [] : [[nodeId, targetInput] as const]));
  if (own.length === 0) return part;
  const targets = own.map(([id, input]) => [id, part.inputs[input] as Rows] as const);
  return { ...part, targets: { ...part.targets, ...Object.fromEntries(targets) }, targetInputs: Object.fromEntries(own) };
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
  /** Of a training part whose copies are changed in every epoch: what they were, without the file that it is in. */
  readonly copies: Omit<CopiedTexts, "path"> | null;
}

export interface StoredDesign extends WrittenRows {
  readonly design: PreparedDesign;
  /** Columns that were read whole. */
  readonly table: Table;
}

interface LearntDesign extends Pick<PreparedDesign, "spec" | "needs"> {
  readonly data: DataDocument;
  readonly learnt: LearntStored;
}

/** @param writes whether the rows will be read once more to write them @throws AppError as prepareDesign */
async function learnDesign({ data, graph, train }: Design, source: RowReader, writes: boolean): Promise<LearntDesign> {
  if (data === null) throw new AppError("design.no_data");
  const first = dataNeeds(graph, null);
  const learnt = await learnStored(data, first, source, readTraining(train).seed, writes);
  const facts = { pipeline: learnt.pipeline, training: { ...learnt.targets.training, inputs: learnt.features.inputs } };
  const spec = makeModelSpec(graph, factsOf(facts, first));
  const needs = dataNeeds(graph, spec);
  const fits = needs.outputs.every(({ nodeId, targetInput, width }) => {
    return width === (targetInput === null ? widthOf(learnt.targets, nodeId) : sizeOf(learnt.features.inputs[targetInput]?.shape ?? []));
  });
  return { data, spec, needs, learnt: fits ? learnt : await learnt.again(needs) };
}

/**
 * Without anything written: a design with some rows of its training part, evenly of all, as the preparation makes them.
 * @param read gives rows of the table by their numbers
 * @throws AppError as prepareDesign, and where rows are windows of a series: those need the rows before them
 */
export async function someOfStored(
  document: Design,
  source: RowReader,
  rows: number,
  read: (ids: Uint32Array) => Promise<Table>,
): Promise<PreparedDesign> {
  const { spec, needs, learnt } = await learnDesign(document, source, false);
  const { targets, pipeline, copies } = learnt;
  const { rowIds } = targets.training;
  const places = Uint32Array.from(spreadPlaces(rowIds.length, rows));
  const ids = places.map((place) => rowIds[place] as number);
  const table = await read(ids);
  const changed = copies === null ? table : withChangedTexts(table, places, copies);
  const training = applyPipeline(changed, pipeline, needs, { withTargets: true });
  const none = { rowCount: 0, rowIds: new Uint32Array(0), inputs: {}, targets: {} };
  const prepared: PreparedData = { pipeline, training, validation: none, droppedRows: targets.droppedRows };
  return { prepared, spec, needs, ...outputsOf(spec, prepared, needs, readTraining(document.train)) };
}

/** @throws AppError as prepareDesign */
export async function prepareStored(document: Design, source: RowSource): Promise<StoredDesign> {
  const asked = readTraining(document.train);
  const { seed } = asked;
  const { data, spec, needs, learnt } = await learnDesign(document, source, true);
  const { table, targets, features, numbers, others, series, pictures, shown, pipeline, copies: changes } = learnt;
  const rowsOf = eachPart((name) => targets[name]?.rowCount ?? 0);
  const inOrder = PARTS.every((name) => tableOrder(targets[name]?.rowIds ?? new Uint32Array(0)) === null);
  const sparse = inOrder && areMostlyZeros(data.steps);
  const widths = Object.fromEntries(Object.entries(features.inputs).map(([id, { shape }]) => [id, sizeOf(shape)]));
  const copies = changes === null ? null : { part: "training" as const, changes, texts: new WrittenTexts(changes, source) };
  const written = await writeRows(numbers, others, targets, { widths, pictures, shown, sparse, copies }, source);
  const kept = eachPart((name) => Math.min(FIRST_ROWS, rowsOf[name]));
  const cut = series === null ? null : await writtenSeries(data, series, targets, pipeline, { table, source, kept });
  for (const id of series?.inputs ?? [])
    for (const name of PARTS) if (cut !== null) Object.assign(written[name].first, { [id]: cut.windows[name] });
  const part = (name: PartName): PreparedPart =>
    withInputTargets({ ...(targets[name] as PreparedPart), inputs: written[name].first }, needs);
  const training = part("training");
  const prepared: PreparedData = {
    pipeline,
    training: { ...training, ...changesOf(data, training, needs, pipeline.targets, seed) },
    validation: part("validation"),
    ...(targets.test === undefined ? {} : { test: part("test") }),
    ...(targets.sampled === undefined ? {} : { sampled: targets.sampled }),
    droppedRows: targets.droppedRows,
  };
  return {
    design: { prepared, spec, needs, ...outputsOf(spec, prepared, needs, asked) },
    table,
    widths,
    pictures: eachPart((name) => written[name].pictures),
    starts: sparse ? eachPart((name) => written[name].starts) : null,
    series: cut?.series ?? null,
    copies: copies === null ? null : copies.texts.stored(features.pipeline, columnsOfInputs(data, needs)),
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

const PARTS = ["training", "validation", "test"] as const;

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
  readonly copies: CopyPlan | null;
}

/** Of the part whose rows are copies of others with changed texts. */
export interface CopyPlan {
  readonly part: PartName;
  readonly changes: TextChanges;
  /** Where later epochs are wanted too. */
  readonly texts: WrittenTexts | null;
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
  { widths: all, pictures, shown, sparse, copies }: RowPlan,
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
  const documents = pipeline.steps.map(({ step }) => step);
  const rowsAtOnce = Math.max(1, Math.floor(rowsAtATime(documents, width) / (copies?.changes.each ?? 1)));
  /** Rows of a part that are not what its rows of the table are made to otherwise. @param from the first, in the order of the table */
  const ownRows = (name: PartName, piece: Table, places: Uint32Array, from: number) => {
    if (name === "training" && inFolds !== null) return foldedRows(inFolds, piece, targets, from, from + places.length);
    if (name !== copies?.part) return null;
    const ids = targets[name]?.rowIds ?? new Uint32Array(0);
    const rows = places.map((place) => (ids[place] as number) - (piece.rowIds[0] ?? 0));
    copies.texts?.add(piece, rows, places);
    return changedRows(piece, rows, places, copies.changes, { pipeline, inputs: numbers });
  };
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
      const places = Uint32Array.from({ length: part.next - start }, (_, i) => placeOf(start + i));
      const own = ownRows(part.name, piece, places, start);
      for (let i = start; i < part.next; i++) {
        const target = places[i - start] as number;
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
