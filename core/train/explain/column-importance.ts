/** Which columns a trained network needs: permutation importance over the columns of its table, in a figure of its output. */
import { takeColumnRows } from "../../data/pipeline.ts";
import type { Column } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import { type ColumnImportance, type Progress, permutationImportance, seededOrders } from "../../insight/importance/permutation.ts";
import { metricsFor } from "../../metrics/curves.ts";
import { figureNames } from "../../metrics/figure-names.ts";
import { metricImplementation } from "../../metrics/implementations.ts";
import type { MetricDefinition } from "../../metrics/metric.ts";
import { tallyOf } from "../../metrics/tally.ts";
import type { PredictedRows } from "../predicted-rows.ts";
import type { ExplainedRows } from "./explained-rows.ts";

export interface ImportanceOfColumns {
  readonly figure: string;
  readonly better: "higher" | "lower";
  /** Figures that can be asked, that one among them. */
  readonly figures: readonly string[];
  readonly baseline: number;
  readonly rows: number;
  /** The most important first. */
  readonly columns: readonly (ColumnImportance & { readonly name: string })[];
}

/** What is asked where nothing is chosen: numbers in their own units, classes by how many are right. */
const FIRST_ASKED = ["mae", "accuracy"];

/** @param figure null for the mean absolute error or the accuracy. @throws AppError run.importance_no_figure */
export function* importanceOfColumns(
  explained: ExplainedRows,
  { figure, repeats, seed }: { readonly figure: string | null; readonly repeats: number; readonly seed: number },
): Generator<Progress, ImportanceOfColumns> {
  const whole = explained.predicted(null);
  const askable = metricsFor(whole.task).flatMap((metric) =>
    figureNames(metric, whole.task).flatMap((name) => (Number.isFinite(figureOf(metric, name, whole)) ? [{ metric, name }] : [])),
  );
  const wanted =
    figure === null ? (askable.find(({ name }) => FIRST_ASKED.includes(name)) ?? askable[0]) : askable.find(({ name }) => name === figure);
  if (wanted === undefined) throw new AppError("run.importance_no_figure", { figure: figure ?? "", name: whole.name });
  const { metric, name: own } = wanted;
  const { columns } = explained;
  const rows = explained.table.rowCount;
  const { baseline, columns: found } = yield* permutationImportance({
    columns: columns.length,
    rows,
    repeats,
    better: metric.better,
    orderOf: seededOrders(rows, seed, repeats),
    figure: (shuffled) => {
      if (shuffled === null) return figureOf(metric, own, whole);
      const place = columns[shuffled.column]?.place ?? -1;
      const column = takeColumnRows(explained.table.columns[place] as Column, shuffled.order) as Column;
      return figureOf(metric, own, explained.predicted({ place, column }));
    },
  });
  return {
    figure: own,
    better: metric.better,
    figures: askable.map(({ name }) => name),
    baseline,
    rows,
    columns: found
      .map((column, k) => ({ name: columns[k]?.name ?? "", ...column }))
      // Columns whose figure is not finite stand last.
      .sort((a, b) => (Number.isNaN(a.mean) ? 1 : 0) - (Number.isNaN(b.mean) ? 1 : 0) || b.mean - a.mean || 0),
  };
}

/** One figure of the rows; NaN where it is not defined for them. */
function figureOf(metric: MetricDefinition, name: string, rows: PredictedRows): number {
  const { running, whole } = metricImplementation(metric.name);
  const found = { ...running?.(tallyOf(rows.task, rows)), ...whole?.(rows.task, rows) };
  return found[name] ?? Number.NaN;
}
