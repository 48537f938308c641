/**
 * What a network of a series says of the rows after the last known one. Up to its horizon each row is predicted from what is known; further
 * on from its own predictions, which take the place of what was observed, where it predicts every column that it reads.
 */
import { takeColumnRows } from "../../data/pipeline.ts";
import { inverseTarget } from "../../data/prepare.ts";
import type { FittedPipeline, PreparedPart } from "../../data/prepared.ts";
import { ownValues } from "../../data/rows.ts";
import type { Column, NumberColumn, Table } from "../../data/table.ts";
import { type Answer, answersOf } from "../answers.ts";
import type { Predictor } from "../model.ts";
import { type PredictedRows, pickRows } from "../predicted-rows.ts";

export interface ForecastRow {
  /** Whether it was made from predictions rather than from what is known alone. */
  readonly fed: boolean;
  /** One an output; null where its window is not whole. */
  readonly answers: readonly Answer[] | null;
  /** What the first output gives, for an ensemble to combine; null as above. */
  readonly predicted: () => PredictedRows | null;
}

/** Rows ahead that a network can say something of: its horizon, or without end. */
export function mostAhead({ window, targets }: FittedPipeline): number {
  const said = new Set(Object.values(targets).flatMap(({ encoding, columns }) => (encoding === "value" ? columns : [])));
  return (window?.columns ?? []).every((name) => said.has(name)) ? Number.POSITIVE_INFINITY : (window?.horizon ?? 0);
}

/** Rows that must be known: those of the first window, and those up to the last. */
export const knownAtLeast = ({ window }: FittedPipeline): number => (window === undefined ? 0 : window.length + window.horizon - 1);

/**
 * @param table in the order of time; first `known` rows, then those to predict, whose values need not be there
 * @throws AppError data.*
 */
export function forecast(predictor: Predictor, table: Table, known: number): ForecastRow[] {
  const horizon = predictor.pipeline.window?.horizon ?? 1;
  const rows: ForecastRow[] = [];
  let filled = table;
  for (let from = known; from < table.rowCount; from += horizon) {
    const to = Math.min(table.rowCount, from + horizon);
    const part = predictor.prepare(firstRows(filled, to), false);
    const own = lastRows(
      part,
      part.rowIds.findIndex((row) => row >= from),
    );
    const found = own.rowCount === 0 ? {} : predictor.predict(own);
    const each = predictor.outputs.map((output) => answersOf(output, predictor.pipeline, found[output.layer.id] ?? new Float32Array(0)));
    let all: PredictedRows | null = null;
    const predicted = (place: number) => (): PredictedRows | null => {
      if (place < 0) return null;
      all ??= predictor.answersOf(own);
      return pickRows(all, [place]);
    };
    for (let row = from; row < to; row += 1) {
      const place = own.rowIds.indexOf(row);
      rows.push({
        fed: row >= known + horizon,
        answers: place < 0 ? null : each.flatMap(({ answers }) => answers.slice(place, place + 1)),
        predicted: predicted(place),
      });
    }
    if (to < table.rowCount) filled = withPredictions(filled, own, found, predictor.pipeline);
  }
  return rows;
}

function firstRows({ rowIds, columns }: Table, count: number): Table {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  return { rowCount: count, rowIds: rowIds.slice(0, count), columns: columns.map((column) => takeColumnRows(column, rows) as Column) };
}

function lastRows(part: PreparedPart, from: number): PreparedPart {
  if (from < 0) return { ...part, rowCount: 0, rowIds: new Uint32Array(0) };
  const inputs = Object.entries(part.inputs).map(([id, rows]) => {
    return [id, { shape: rows.shape, values: ownValues(rows, from, part.rowCount).slice() }] as const;
  });
  return { rowCount: part.rowCount - from, rowIds: part.rowIds.slice(from), inputs: Object.fromEntries(inputs), targets: {} };
}

function withPredictions(
  table: Table,
  { rowIds }: PreparedPart,
  found: Readonly<Record<string, Float32Array>>,
  pipeline: FittedPipeline,
): Table {
  const put = new Map<string, Float64Array>();
  for (const [nodeId, { encoding, columns }] of Object.entries(pipeline.targets)) {
    const values = found[nodeId];
    if (encoding !== "value" || values === undefined) continue;
    const inUnits = inverseTarget(pipeline, nodeId, values);
    columns.forEach((name, k) =>
      put.set(
        name,
        Float64Array.from(rowIds, (_, place) => inUnits[place * columns.length + k] as number),
      ),
    );
  }
  return { ...table, columns: table.columns.map((column) => withValues(column, put.get(column.name), rowIds)) };
}

function withValues(column: Column, values: Float64Array | undefined, rowIds: Uint32Array): Column {
  if (values === undefined || column.kind !== "number") return column;
  const changed: NumberColumn = { ...column, values: column.values.slice() };
  rowIds.forEach((row, place) => (changed.values[row] = values[place] as number));
  return changed;
}
