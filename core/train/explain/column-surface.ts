/**
 * The picture of a network over any two columns of its table: what it says on a grid of their own values, as the person knows them, with
 * every other column held where it is usual among the training rows, or as one row has it. Whatever the preparation makes of the columns,
 * each place of the grid goes through it as a row of the table does.
 */
import type { Column, Table } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import type { Progress } from "../../insight/importance/permutation.ts";
import { largest, thresholdOf } from "../../metrics/task.ts";
import type { Predictor } from "../model.ts";
import type { PredictedRows } from "../predicted-rows.ts";
import { importanceOfColumns } from "./column-importance.ts";
import { ExplainedRows } from "./explained-rows.ts";
import { type HeldValue, type Places, type SurfaceAxis, type SurfaceColumn, SurfaceGrid } from "./surface-grid.ts";

/** Of the training rows what is usual is learnt from at most so many, and of each part at most so many are drawn. */
export const MOST_ROWS = 2000;
/** Places of the grid that are predicted at once: between them others are heard. */
const PLACES_AT_ONCE = 600;
/** Where two columns are not chosen: how many are told apart by their importance, and on how many rows. */
const MOST_RANKED = 40;
const RANKED_ROWS = 256;

export interface SurfaceQuestion {
  /** The first output when null. */
  readonly nodeId: string | null;
  /** Of several classes, labels or numbers the one that is drawn; null: of several classes the one that is said, else the first. */
  readonly target: number | null;
  /** Null: columns that matter. */
  readonly x: string | null;
  readonly y: string | null;
  /** Places along an axis of numbers. */
  readonly resolution: number;
}

/** Rows of the table of each part, evenly of all, and the one that the other columns are held at; null: at what is usual. */
export interface SurfaceRows {
  readonly training: Table;
  readonly validation: Table;
  readonly held: Table | null;
}

export interface ColumnSurface {
  readonly node_id: string;
  readonly outputs: readonly { readonly node_id: string; readonly name: string }[];
  /** Whether one of several classes, or of several labels or numbers, may be asked for. */
  readonly choice: "class" | "label" | "none";
  /** Classes, labels or columns of numbers, of which one may be asked for. */
  readonly labels: readonly string[];
  readonly target: number | null;
  /** `classes`: the index of the class that is said; `score`: what counts as yes by its sign or another bound, but is no probability. */
  readonly kind: "classes" | "share" | "score" | "number";
  /** Above it a share or score counts as yes. */
  readonly threshold: number | null;
  readonly columns: readonly SurfaceColumn[];
  readonly x_axis: SurfaceAxis;
  readonly y_axis: SurfaceAxis;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Row by row from the lowest `y`, NaN where there is none. */
  readonly values: readonly number[];
  /** Of classes how probable the one that is said; null where that is not known. */
  readonly shares: readonly number[] | null;
  readonly points: readonly {
    readonly row: number;
    readonly x: number;
    readonly y: number;
    readonly label: number;
    readonly validation: boolean;
  }[];
  /** `row`: the one that they are of; `rows`: of how many training rows what is usual was found. */
  readonly held: { readonly row: number | null; readonly rows: number; readonly values: readonly HeldValue[] };
}

/** @throws AppError run.surface_needs_columns, run.surface_needs_one_answer, data.column_missing and others */
export function* columnSurface(
  predictor: Predictor,
  rows: SurfaceRows,
  question: SurfaceQuestion,
): Generator<Progress, ColumnSurface, undefined> {
  const { nodeId, resolution } = question;
  const training = explainedRows(predictor, rows.training, nodeId);
  if (training === null) throw new AppError("run.importance_no_rows", {});
  const columns = axisColumns(predictor, training);
  if (columns.length < 2) throw new AppError("run.surface_needs_columns", { count: columns.length });
  const [x, y] = yield* chosenColumns(predictor, training, columns, question);
  const grid = new SurfaceGrid(predictor, training, { x, y, resolution, held: rows.held });
  const points = [
    { explained: training, validation: false },
    { explained: explainedRows(predictor, rows.validation, nodeId), validation: true },
  ];
  const drawn = new Drawn(training.predicted(null), question.target);
  const total = grid.x.length * grid.y.length;
  const [values, sure]: [Float64Array, Float64Array] = [new Float64Array(total).fill(Number.NaN), new Float64Array(total)];
  for (let from = 0; from < total; from += PLACES_AT_ONCE) {
    const found = grid.predicted(from, Math.min(total, from + PLACES_AT_ONCE), nodeId);
    found.rowIds.forEach((place, k) => {
      values[place] = drawn.value(found, k);
      sure[place] = drawn.sure(found, k);
    });
    yield { done: Math.min(total, from + PLACES_AT_ONCE), total };
  }
  return {
    node_id: drawn.nodeId,
    outputs: predictor.outputs.map(({ layer }) => ({ node_id: layer.id, name: layer.name })),
    choice: drawn.choice,
    labels: drawn.labels,
    target: drawn.target,
    kind: drawn.kind,
    threshold: drawn.threshold,
    columns,
    x_axis: grid.x.axis,
    y_axis: grid.y.axis,
    x: grid.x.values,
    y: grid.y.values,
    values: Array.from(values),
    shares: drawn.kind === "classes" && drawn.probabilities ? Array.from(sure) : null,
    points: points.flatMap(({ explained, validation }) =>
      explained === null ? [] : pointsOf(explained, grid, drawn).map((point) => ({ ...point, validation })),
    ),
    held: { row: rows.held?.rowIds[0] ?? null, rows: training.table.rowCount, values: grid.held },
  };
}

/** Null where there are none. */
function explainedRows(predictor: Predictor, table: Table, nodeId: string | null): ExplainedRows | null {
  return table.rowCount === 0 ? null : new ExplainedRows({ predictor, table, part: table, nodeId, most: MOST_ROWS });
}

/** Those that have places along an axis. */
function axisColumns({ pipeline }: Predictor, { table, columns }: ExplainedRows): SurfaceColumn[] {
  return columns.flatMap(({ name, place }): SurfaceColumn[] => {
    const column = table.columns[place];
    if (column?.kind === "category") return [{ name, kind: "words" }];
    if (column?.kind !== "number" || column.values.every(Number.isNaN)) return [];
    return [{ name, kind: pipeline.columns.some((one) => one.name === name && one.type === "date") ? "date" : "number" }];
  });
}

/** As asked; else the two that the network needs most, numbers before words, in the order of the table. */
function* chosenColumns(
  predictor: Predictor,
  training: ExplainedRows,
  columns: readonly SurfaceColumn[],
  { nodeId, x, y }: SurfaceQuestion,
): Generator<Progress, readonly [SurfaceColumn, SurfaceColumn], undefined> {
  const named = (name: string): SurfaceColumn => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
    return found;
  };
  const asked = [x, y].flatMap((name) => (name === null ? [] : [named(name)]));
  const ranked = asked.length === 2 ? [] : yield* rankedColumns(predictor, training.table, columns, nodeId);
  const usual = [...ranked.filter(({ kind }) => kind !== "words"), ...ranked.filter(({ kind }) => kind === "words")];
  const others = usual.filter((column) => !asked.includes(column)).slice(0, 2 - asked.length);
  const inOrder = others.sort((a, b) => columns.indexOf(a) - columns.indexOf(b));
  const [first, second] = y !== null && x === null ? [...inOrder, ...asked] : [...asked, ...inOrder];
  if (first === undefined || second === undefined || first === second) throw new AppError("run.surface_needs_columns", { count: 1 });
  return [first, second];
}

/** By importance on some of the training rows; of very many columns as they come. */
function* rankedColumns(
  predictor: Predictor,
  table: Table,
  columns: readonly SurfaceColumn[],
  nodeId: string | null,
): Generator<Progress, readonly SurfaceColumn[], undefined> {
  if (columns.length === 2 || columns.length > MOST_RANKED) return columns;
  const some = new ExplainedRows({ predictor, table, part: table, nodeId, most: RANKED_ROWS });
  try {
    const found = yield* importanceOfColumns(some, { figure: null, repeats: 1, seed: 0 });
    const order = found.columns.map(({ name }) => name);
    return [...columns].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  } catch (error) {
    if (error instanceof AppError && error.code === "run.importance_no_figure") return columns;
    throw error;
  }
}

/** Which number of an answer is drawn, and of a row's truth. */
class Drawn {
  readonly nodeId: string;
  readonly labels: readonly string[];
  readonly kind: ColumnSurface["kind"];
  readonly target: number | null;
  readonly threshold: number | null;
  readonly probabilities: boolean;
  readonly choice: ColumnSurface["choice"];

  constructor({ nodeId, labels, task }: PredictedRows, asked: number | null) {
    const { kind, count, probabilities } = task;
    this.nodeId = nodeId;
    this.labels = labels;
    this.probabilities = probabilities;
    const several = kind === "classes" && count > 2;
    this.choice = several ? "class" : kind !== "classes" && kind !== "two_classes" && count > 1 ? "label" : "none";
    // Of two classes one picture says all.
    this.target =
      kind === "two_classes" ? 1 : asked === null && several ? null : Math.min(asked ?? (kind === "classes" ? 1 : 0), count - 1);
    this.kind = kind === "numbers" ? "number" : this.target === null ? "classes" : probabilities ? "share" : "score";
    if (this.kind === "number" || this.kind === "classes" || several) this.threshold = null;
    else if (kind === "classes") this.threshold = task.secondAbove ?? (probabilities ? 0.5 : null);
    else this.threshold = thresholdOf(task, this.target ?? 0);
  }

  value({ task: { kind, count }, predictions }: PredictedRows, place: number): number {
    if (kind === "two_classes") return predictions[place] as number;
    return this.target === null ? largest(predictions, place * count, count) : (predictions[place * count + this.target] as number);
  }

  /** How probable the class that is said. */
  sure({ task: { count }, predictions }: PredictedRows, place: number): number {
    return this.kind === "classes" ? (predictions[place * count + largest(predictions, place * count, count)] as number) : Number.NaN;
  }

  /** Of a row's truth: a class, whether it is the one that is drawn, or a number. */
  truth({ task: { kind, count }, targets }: PredictedRows, place: number): number {
    if (kind === "two_classes") return targets[place] as number;
    if (kind !== "classes") return targets[place * count + (this.target ?? 0)] as number;
    return this.target === null ? (targets[place] as number) : Number(targets[place] === this.target);
  }
}

/** The rows of a part that have a place on both axes. */
function pointsOf(explained: ExplainedRows, { x, y }: SurfaceGrid, drawn: Drawn): { row: number; x: number; y: number; label: number }[] {
  const { table } = explained;
  const found = explained.predicted(null);
  const columnOf = ({ axis }: Places): Column => table.columns.find(({ name }) => name === axis.name) as Column;
  const [across, up] = [columnOf(x), columnOf(y)];
  return Array.from(table.rowIds).flatMap((rowId, row) => {
    const point = { row: rowId, x: x.of(across, row), y: y.of(up, row), label: drawn.truth(found, row) };
    return [point.x, point.y, point.label].every(Number.isFinite) ? [point] : [];
  });
}
