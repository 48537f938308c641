/**
 * Rows of a table that does not fit into memory, for a trained model that is asked about them. What is one number a row (targets, weights,
 * the split) is prepared whole; what the model takes is made by what it has learnt, in pieces, and written out as float32.
 */
import type { DataNeeds } from "../data/data-needs.ts";
import { chooseRows } from "../data/filter/choose-rows.ts";
import { filterTable } from "../data/filter/filter-table.ts";
import { applyPipeline, prepare } from "../data/prepare.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import { datedRows, idsInTime } from "../data/series-parts.ts";
import type { Table } from "../data/table.ts";
import type { TextChanges } from "../data/text/augment-texts.ts";
import { areMostlyZeros } from "../data/text/text-widths.ts";
import { columnsToRead, reach } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import type { ColumnDocument, DesignDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { readTraining } from "../spec/training.ts";
import { eachPart, fromColumns, isReadWhole, targetColumns } from "./learn-stored.ts";
import type { Predictor } from "./model.ts";
import { FIRST_ROWS, type WrittenRows, withInputTargets, writeRows } from "./prepare-stored.ts";
import type { PartName, RowReader, RowSource } from "./row-source.ts";
import { withSteps } from "./stored-features.ts";
import { crossFitOf } from "./stored-folds.ts";
import { hasGaps } from "./stored-gaps.ts";
import { pictureInputs } from "./stored-pictures.ts";
import { type StoredSeries, storedSeries, writeSeries } from "./stored-series.ts";
import { storedChanges, withCopies } from "./stored-texts.ts";

export interface AskedRows {
  readonly design: Pick<DesignDocument, "data" | "train">;
  /** A part of the rows as training split them, or all of the table. */
  readonly part: PartName | "out_of_bag" | "all";
  /** Of all rows: whether what is true is wanted; of a part it always is. */
  readonly withTargets: boolean;
  /** Whether figures over all rows are wanted, and nothing of single ones. @defaultValue false */
  readonly forFigures?: boolean;
}

type Model = Pick<Predictor, "pipeline" | "needs" | "model">;

/** Under which name the rows are written: there is one part of them. */
export const WRITTEN_AS = "test" satisfies PartName;

/** Whether rows can be prepared in pieces for this question; a graph is one sample, and others need rows beside the one that is made. */
export function comesInPieces({ pipeline, needs }: Model, { design: { data }, part, withTargets, forFigures = false }: AskedRows): boolean {
  const { window, graph, window_fill: filled, steps } = pipeline;
  if (graph !== undefined || filled !== undefined || picturesOf(pipeline, needs) === null) return false;
  if (window !== undefined && ((data !== null && hasGaps(data)) || (part === "all" && withTargets))) return false;
  // Of an autoencoder what is said of single rows is as large as they are.
  if (withTargets && !forFigures && needs.outputs.some(({ targetInput }) => targetInput !== null)) return false;
  // Rows that were learnt from are prepared in a way of their own.
  return part !== "training" || !steps.some(({ step }) => crossFitOf(step) !== null);
}

const picturesOf = ({ columns, steps }: FittedPipeline, needs: DataNeeds) =>
  pictureInputs({ columns, steps: steps.map(({ step }) => step) }, needs);

export interface AppliedRows {
  /** Its inputs hold the first rows only. */
  readonly part: PreparedPart;
  readonly written: WrittenRows;
  /** Of a bag: different training rows that it drew, and those it did not. */
  readonly bag: { readonly drawn: number; readonly left: number } | null;
}

/**
 * @param rowCount of the table
 * @throws AppError run.no_test_rows, data.* as Predictor.prepare
 */
export async function applyStored(model: Model, asked: AskedRows, source: RowSource, rowCount: number): Promise<AppliedRows> {
  const { pipeline, needs } = model;
  const { rows, series, bag, changes } = await rowsAskedOf(model, asked, source, rowCount);
  const targets = targetColumns(pipeline, needs);
  const columns = pipeline.columns.map((column) =>
    targets.has(column.name) && column.role === "feature" ? { ...column, role: "target" as const } : column,
  );
  const pictures = picturesOf(pipeline, needs) ?? new Map<string, string>();
  const shown = pictures.size === 0 ? null : await source.pictures();
  const taken = series === null ? needs.inputs : needs.inputs.filter((input) => input.columns.length > 0);
  const shapes = inputShapes(model);
  const inputs = Object.fromEntries(
    needs.inputs.map(({ nodeId }): [string, Rows] => [nodeId, { shape: shapes.get(nodeId) ?? [], values: new Float32Array(0) }]),
  );
  const { window: _window, ...plain } = pipeline;
  const features = { pipeline: { ...plain, columns }, inputs, columns: columnsOf(taken, columns), folded: [] };
  const widths = Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, sizeOf(shape)]));
  const inOrder = rows.rowIds.every((id, i) => i === 0 || id >= (rows.rowIds[i - 1] as number));
  const sparse = inOrder && areMostlyZeros(pipeline.steps.map(({ step }) => step));
  const copies = changes === null ? null : { part: WRITTEN_AS as PartName, changes, texts: null };
  const written = await writeRows(features, taken, { [WRITTEN_AS]: rows }, { widths, pictures, shown, sparse, copies }, source);
  const first = { ...written[WRITTEN_AS].first };
  if (series !== null) {
    const kept = eachPart((name) => (name === WRITTEN_AS ? Math.min(FIRST_ROWS, rows.rowCount) : 0));
    const windows = await writeSeries(pipeline, series, pipeline.steps, source, kept);
    for (const id of series.inputs) first[id] = windows[WRITTEN_AS];
  }
  const part = { ...rows, inputs: first };
  return {
    part: asked.withTargets ? withInputTargets(part, needs) : part,
    written: {
      widths,
      pictures: eachPart((name) => written[name].pictures),
      starts: sparse ? eachPart((name) => written[name].starts) : null,
      series,
      copies: null,
    },
    bag,
  };
}

function inputShapes({ model }: Model): ReadonlyMap<string, readonly number[]> {
  const { layers } = model.spec as { readonly layers: readonly { readonly id: string; readonly shape: readonly number[] }[] };
  return new Map(layers.map(({ id, shape }) => [id, shape]));
}

/** Columns that inputs take: those that they name, or all features. */
function columnsOf(inputs: DataNeeds["inputs"], columns: readonly ColumnDocument[]): ColumnDocument[] {
  const isTaken = (name: string): boolean => inputs.some(({ columns: named }) => named.length === 0 || named.includes(name));
  return columns.filter(({ name, role }) => role === "feature" && isTaken(name));
}

interface RowsAsked extends Pick<AppliedRows, "bag"> {
  /** Without inputs. */
  readonly rows: PreparedPart;
  readonly series: StoredSeries | null;
  /** Where the rows are training rows with their copies. */
  readonly changes: TextChanges | null;
}

/** Which rows they are, with what is true of them, and without what the model takes. @throws AppError run.no_test_rows, data.* */
export async function rowsAsked(model: Model, asked: AskedRows, source: Pick<RowReader, "whole">, rowCount: number): Promise<PreparedPart> {
  return (await rowsAskedOf(model, asked, source, rowCount)).rows;
}

async function rowsAskedOf(model: Model, asked: AskedRows, source: Pick<RowReader, "whole">, rowCount: number): Promise<RowsAsked> {
  if (asked.part !== "all") return rowsOfPart(model, asked.design, asked.part, source);
  const { pipeline, needs } = model;
  const { window } = pipeline;
  if (asked.withTargets) {
    const named = targetColumns(pipeline, needs);
    const whole = await source.whole(columnsToRead(pipeline).filter(({ name, role }) => named.has(name) || role === "weight"));
    const rows = applyPipeline(chooseRows(whole, asked.design.data ?? {}), pipeline, { inputs: [], outputs: fromColumns(needs) }, asked);
    return { rows, series: null, bag: null, changes: null };
  }
  if (window === undefined) {
    const all = Uint32Array.from({ length: rowCount }, (_, row) => row);
    return { rows: withoutTargets(all), series: null, bag: null, changes: null };
  }
  const ids = await idsOf(window.order_by ?? null, pipeline, source, rowCount);
  const undated = rowCount - ids.length;
  // All of them are written as the last part.
  const series = storedSeries(pipeline, needs, () => ids, { training: 0, validation: 0, test: ids.length - reach(window) });
  if (ids.length <= reach(window)) {
    const { length, horizon } = window;
    throw new AppError("data.window_too_long", { length, horizon, rows: ids.length });
  }
  const rows = withoutTargets(ids.subarray(reach(window)));
  return { rows: undated === 0 ? rows : { ...rows, undatedRows: undated }, series, bag: null, changes: null };
}

const withoutTargets = (rowIds: Uint32Array): PreparedPart => ({ rowCount: rowIds.length, rowIds, inputs: {}, targets: {} });

async function idsOf(
  orderBy: string | null,
  pipeline: FittedPipeline,
  source: Pick<RowReader, "whole">,
  rowCount: number,
): Promise<Uint32Array> {
  if (orderBy === null) return Uint32Array.from({ length: rowCount }, (_, row) => row);
  const table = await source.whole(columnsToRead(pipeline).filter(({ name }) => name === orderBy));
  return idsInTime(datedRows(table, pipeline.window), pipeline.window);
}

/** The rows of a part as training split them. */
async function rowsOfPart(
  { needs }: Model,
  { data, train }: AskedRows["design"],
  part: Exclude<AskedRows["part"], "all">,
  source: Pick<RowReader, "whole">,
): Promise<RowsAsked> {
  if (data === null) throw new AppError("design.no_data");
  const names = targetColumns(data, needs);
  const table: Table = await source.whole(columnsToRead(data).filter(({ name }) => isReadWhole(data, name, names)));
  const { augment: _augment, augment_text: _copies, ...unchanged } = data;
  const onTargets = withSteps(unchanged, (name) => names.has(name));
  const { seed } = readTraining(train);
  const found = prepare(table, onTargets, { inputs: [], outputs: fromColumns(needs) }, seed);
  const own = found[part];
  if (own === undefined) throw new AppError("run.no_test_rows");
  const changes = part === "training" ? storedChanges(data, needs, names, own.rowCount, seed) : null;
  const rows = changes === null ? own : withCopies(own, changes);
  const rowsOf = eachPart((name) => found[name]?.rowCount ?? 0);
  const series = storedSeries(data, needs, () => idsInTime(filterTable(table, data), data.window), rowsOf);
  const { out_of_bag: left, training } = found;
  const bag = left === undefined ? null : { drawn: new Set(training.rowIds).size, left: left.rowCount };
  if (series === null || part === "out_of_bag") return { rows, series: null, bag, changes };
  const first = series.first[part];
  return { rows, series: { ...series, first: eachPart(() => first) }, bag, changes };
}
