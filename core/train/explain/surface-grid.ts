/** Places along two columns of a table: which there are, and what a network says there while the other columns are held. */
import { takeColumnRows } from "../../data/pipeline.ts";
import type { CategoryColumn, Column, Table } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import { gridOfWords } from "../../insight/importance/dependence.ts";
import type { Predictor } from "../model.ts";
import type { PredictedRows } from "../predicted-rows.ts";
import type { ExplainedRows } from "./explained-rows.ts";

/** The plane is drawn this much beyond the outermost rows, as a share of their range. */
const MARGIN = 0.1;
/** Of a margin that reaches values which have no preparation (the logarithm of −5) so much is tried, down to none. */
const MARGIN_SHARES = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 0] as const;
/** Of a text that is told. */
const MOST_LETTERS = 200;

export interface SurfaceColumn {
  readonly name: string;
  readonly kind: "number" | "date" | "words";
}

export interface SurfaceAxis extends SurfaceColumn {
  /** Of a column of words, the most frequent first: places along it are their indices. */
  readonly words: readonly string[] | null;
}

export interface HeldValue {
  readonly column: string;
  readonly kind: SurfaceColumn["kind"] | "text" | "picture";
  /** Null: missing, or a picture. */
  readonly value: number | string | null;
}

/** Places along an axis, and the column of the table that has them. */
export interface Places {
  readonly axis: SurfaceAxis;
  readonly values: readonly number[];
  readonly length: number;
  /** The column with one of the places a row. */
  readonly at: (places: readonly number[]) => Column;
  /** Where a row of the table lies; NaN where it has no place. */
  readonly of: (column: Column, row: number) => number;
}

interface GridOptions {
  readonly x: SurfaceColumn;
  readonly y: SurfaceColumn;
  readonly resolution: number;
  readonly held: Table | null;
}

/** The grid of two columns as rows of the table, every other column as it is held. */
export class SurfaceGrid {
  readonly x: Places;
  readonly y: Places;
  readonly held: readonly HeldValue[];
  private readonly predictor: Predictor;
  private readonly table: Table;
  /** Of each column the one value that it is held at. */
  private readonly fixed: readonly Column[];

  constructor(predictor: Predictor, training: Pick<ExplainedRows, "table" | "columns">, { x, y, resolution, held }: GridOptions) {
    this.predictor = predictor;
    this.table = training.table;
    this.fixed = this.table.columns.map((column) => {
      const own = held?.columns.find(({ name }) => name === column.name);
      return takeColumnRows(own ?? column, Uint32Array.of(own === undefined ? usualPlace(column) : 0)) as Column;
    });
    const dates = new Set(predictor.pipeline.columns.flatMap(({ name, type }) => (type === "date" ? [name] : [])));
    this.held = training.columns.flatMap(({ name, place }) =>
      name === x.name || name === y.name ? [] : [heldValue(this.fixed[place] as Column, dates.has(name))],
    );
    this.x = this.placesOf(x, resolution);
    this.y = this.placesOf(y, resolution);
  }

  /** What is said at some places of the grid, row by row from the lowest y; `rowIds` are the places. @throws AppError run.surface_needs_one_answer */
  predicted(from: number, end: number, nodeId: string | null): PredictedRows {
    const cells = Array.from({ length: end - from }, (_, k) => from + k);
    const across = this.x.at(cells.map((cell) => cell % this.x.length));
    const up = this.y.at(cells.map((cell) => Math.floor(cell / this.x.length)));
    const table = this.tableOf(Uint32Array.from(cells), [across, up]);
    const part = this.predictor.prepare(table, false);
    const found = this.predictor.answersOf(part, nodeId);
    if (found.rows !== part.rowCount) throw new AppError("run.surface_needs_one_answer", {});
    return found;
  }

  private tableOf(rowIds: Uint32Array, changed: readonly Column[]): Table {
    const same = new Uint32Array(rowIds.length);
    const columns = this.fixed.map(
      (column) => changed.find(({ name }) => name === column.name) ?? (takeColumnRows(column, same) as Column),
    );
    return { rowCount: rowIds.length, rowIds, columns };
  }

  private placesOf({ name, kind }: SurfaceColumn, resolution: number): Places {
    const column = this.table.columns.find((one) => one.name === name);
    if (column?.kind === "category") return wordPlaces(column);
    if (column?.kind !== "number" || kind === "words") throw new AppError("data.column_missing", { columns: name, count: 1 });
    const setTo = (values: Float64Array): Column => ({ ...column, values });
    const [low, high] = this.bounds(column.values, (value) => setTo(Float64Array.of(value)));
    const values = Array.from({ length: resolution }, (_, k) => low + ((high - low) * k) / (resolution - 1));
    return {
      axis: { name, kind, words: null },
      values,
      length: resolution,
      at: (places) => setTo(Float64Array.from(places, (place) => values[place] as number)),
      of: (own, row) => (own.kind === "number" ? (own.values[row] as number) : Number.NaN),
    };
  }

  /** A little beyond the rows, as far as the preparation has a value there. */
  private bounds(values: Float64Array, setTo: (value: number) => Column): readonly [low: number, high: number] {
    const own = values.filter(Number.isFinite);
    const [low, high] = [own.reduce((a, b) => Math.min(a, b)), own.reduce((a, b) => Math.max(a, b))];
    const margin = MARGIN * (high - low || 1);
    const furthest = (end: number, way: 1 | -1): number => {
      const share = MARGIN_SHARES.find((one) => this.isPrepared(setTo(end + way * one * margin))) ?? 0;
      return end + way * share * margin;
    };
    const bounds = [furthest(low, -1), furthest(high, 1)] as const;
    return bounds[0] < bounds[1] ? bounds : [low, high + margin];
  }

  private isPrepared(column: Column): boolean {
    try {
      return this.predictor.prepare(this.tableOf(Uint32Array.of(0), [column]), false).rowCount === 1;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}

function wordPlaces(column: CategoryColumn): Places {
  const words = gridOfWords(Array.from(column.codes, (code) => column.categories[code] ?? null));
  if (words.length === 0) throw new AppError("run.importance_not_varied", { column: column.name });
  const codes = words.map((word) => column.categories.indexOf(word));
  return {
    axis: { name: column.name, kind: "words", words },
    values: words.map((_, place) => place),
    length: words.length,
    at: (places) => ({ ...column, codes: Int32Array.from(places, (place) => codes[place] as number) }),
    of: (own, row) => {
      const place = own.kind === "category" ? words.indexOf(own.categories[own.codes[row] as number] ?? "") : -1;
      return place < 0 ? Number.NaN : place;
    },
  };
}

/** The row whose value is the usual one: of numbers the median that is one of them, of words the most frequent, else the first. */
function usualPlace(column: Column): number {
  if (column.kind === "category") {
    const [word] = gridOfWords(Array.from(column.codes, (code) => column.categories[code] ?? null));
    return word === undefined ? 0 : column.codes.indexOf(column.categories.indexOf(word));
  }
  if (column.kind !== "number") return 0;
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  return sorted.length === 0 ? 0 : column.values.indexOf(sorted[(sorted.length - 1) >> 1] as number);
}

function heldValue(column: Column, isDate: boolean): HeldValue {
  const { name, kind } = column;
  if (kind === "number") {
    const value = column.values[0] ?? Number.NaN;
    return { column: name, kind: isDate ? "date" : "number", value: Number.isFinite(value) ? value : null };
  }
  if (kind === "category") return { column: name, kind: "words", value: column.categories[column.codes[0] ?? -1] ?? null };
  return { column: name, kind, value: kind === "text" ? (column.values[0]?.slice(0, MOST_LETTERS) ?? null) : null };
}
