/**
 * What a worker does with rows that were predicted already: an ensemble's answer of its members', the evaluation of any, and whatever goes
 * over all of them, beside columns of their table where it needs them.
 */
import type { Column, Table } from "../../core/data/table.ts";
import { type AskedMembers, ensembleAnswer } from "../../core/ensembles/answer.ts";
import { type EnsembleGain, ensembleGain } from "../../core/ensembles/describe.ts";
import type { Better } from "../../core/ensembles/disagreements.ts";
import { type JudgedOutOfBag, judgedOutOfBag } from "../../core/ensembles/out-of-bag.ts";
import { type ShownDisagreements, shownDisagreements } from "../../core/ensembles/shown-disagreements.ts";
import { AppError } from "../../core/errors.ts";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { SeriesPart } from "../../core/insight/series/fitted-curve.ts";
import type { Aim, ThresholdPoint } from "../../core/insight/thresholds.ts";
import { bestThreshold } from "../../core/train/best-threshold.ts";
import type { Evaluation } from "../../core/train/evaluation.ts";
import { type ExaminedRows, examinePredicted, type RowQuestion } from "../../core/train/examined-rows.ts";
import { type ResidualRows, residualRows } from "../../core/train/explain/residual-rows.ts";
import { type SlicedRows, slicedRows } from "../../core/train/explain/sliced-rows.ts";
import { evaluatePredicted, type PredictedRows } from "../../core/train/predicted-rows.ts";
import { type FittedSeries, fittedSeries, type SeriesQuestion } from "../../core/train/series/fitted-series.ts";

/** Columns of a stored table. */
export interface StoredColumns {
  readonly path: string;
  readonly columns: readonly ColumnDocument[];
}

interface CombineTask extends AskedMembers {
  readonly kind: "combine";
}

/** Without a loss: who says it need not have been trained by one. */
interface EvaluateRowsTask {
  readonly kind: "evaluate_rows";
  readonly rows: PredictedRows;
}

interface ExamineRowsTask {
  readonly kind: "examine_rows";
  readonly rows: PredictedRows;
  readonly question: Omit<RowQuestion, "nodeId">;
}

interface ThresholdTask {
  readonly kind: "best_threshold";
  readonly rows: PredictedRows;
  readonly label: number;
  readonly aim: Aim;
}

interface SlicesTask {
  readonly kind: "slices";
  readonly rows: PredictedRows;
  readonly beside: StoredColumns;
  readonly column: string;
  readonly across: string | null;
  readonly bins: number;
}

interface ResidualsTask {
  readonly kind: "residuals";
  readonly rows: PredictedRows;
  readonly beside: StoredColumns | null;
  readonly target: number;
  readonly against: string | null;
}

interface GainTask {
  readonly kind: "ensemble_gain";
  readonly rows: PredictedRows;
  readonly asked: readonly PredictedRows[];
  readonly names: readonly string[];
  readonly learnt: readonly PredictedRows[] | null;
}

interface DisagreementsTask {
  readonly kind: "disagreements";
  readonly asked: readonly [PredictedRows, PredictedRows];
  readonly names: readonly [string, string];
  readonly only: Better | null;
  readonly count: number;
}

/** What the members of a bag say of the rows that they did not draw. */
interface OutOfBagTask extends Pick<AskedMembers, "names" | "asked"> {
  readonly kind: "out_of_bag";
  readonly rule: Exclude<AskedMembers["rule"], "stacking">;
}

interface SeriesTask {
  readonly kind: "fitted_series";
  readonly parts: readonly { readonly part: SeriesPart; readonly rows: PredictedRows }[];
  readonly beside: StoredColumns;
  readonly observed: string;
  readonly time: string | null;
  readonly question: SeriesQuestion;
}

export type RowsTask =
  | CombineTask
  | EvaluateRowsTask
  | ExamineRowsTask
  | ThresholdTask
  | SlicesTask
  | ResidualsTask
  | GainTask
  | DisagreementsTask
  | OutOfBagTask
  | SeriesTask;

export type RowsAnswer =
  | { readonly kind: "evaluation"; readonly evaluation: Evaluation }
  | { readonly kind: "predicted_rows"; readonly rows: PredictedRows }
  | { readonly kind: "examined"; readonly found: ExaminedRows }
  | { readonly kind: "best_threshold"; readonly point: ThresholdPoint | null }
  | { readonly kind: "slices"; readonly found: SlicedRows }
  | { readonly kind: "residuals"; readonly found: ResidualRows }
  | { readonly kind: "ensemble_gain"; readonly found: EnsembleGain }
  | { readonly kind: "disagreements"; readonly found: ShownDisagreements }
  /** Null where every member drew every row. */
  | { readonly kind: "out_of_bag"; readonly found: JudgedOutOfBag | null }
  /** Null where the column is not one of numbers. */
  | { readonly kind: "fitted_series"; readonly found: FittedSeries | null };

const KINDS: Readonly<Record<RowsTask["kind"], true>> = {
  combine: true,
  evaluate_rows: true,
  examine_rows: true,
  best_threshold: true,
  slices: true,
  residuals: true,
  ensemble_gain: true,
  disagreements: true,
  out_of_bag: true,
  fitted_series: true,
};

export const isRowsTask = (task: { readonly kind: string }): task is RowsTask => Object.hasOwn(KINDS, task.kind);

interface RowsSurroundings {
  readonly loadTable: (reads: StoredColumns) => Promise<Table>;
}

/** @throws AppError ensemble.*, run.not_sliced, run.no_residuals, data.* */
export async function answerOfRows(task: RowsTask, { loadTable }: RowsSurroundings): Promise<RowsAnswer> {
  switch (task.kind) {
    case "combine":
      return { kind: "predicted_rows", rows: ensembleAnswer(task) };
    case "evaluate_rows":
      return { kind: "evaluation", evaluation: evaluatePredicted(task.rows) };
    case "examine_rows":
      return { kind: "examined", found: examinePredicted(task.rows, task.question) };
    case "best_threshold":
      return { kind: "best_threshold", point: bestThreshold(task.rows, task.label, task.aim) };
    case "slices": {
      const column = columnsIn(await loadTable(task.beside));
      const across = task.across === null ? null : column(task.across);
      return { kind: "slices", found: slicedRows(task.rows, column(task.column), across, task.bins) };
    }
    case "residuals": {
      const against = task.against === null ? null : columnsIn(await loadTable(needed(task.beside)))(task.against);
      return { kind: "residuals", found: residualRows(task.rows, task.target, against) };
    }
    case "ensemble_gain":
      return { kind: "ensemble_gain", found: ensembleGain(task.rows, task.asked, task.names, task.learnt) };
    case "disagreements":
      return { kind: "disagreements", found: shownDisagreements(task.asked, task.names, task.only, task.count) };
    case "out_of_bag":
      return { kind: "out_of_bag", found: judgedOutOfBag(task.asked, task.rule, task.names) };
    case "fitted_series": {
      const column = columnsIn(await loadTable(task.beside));
      const time = task.time === null ? null : column(task.time);
      return { kind: "fitted_series", found: fittedSeries(task.parts, column(task.observed), time, task.question) };
    }
    default:
      return task satisfies never;
  }
}

function needed(beside: StoredColumns | null): StoredColumns {
  if (beside === null) throw new Error("a column is asked for, of no table");
  return beside;
}

/** @throws AppError data.column_missing */
function columnsIn({ columns }: Table): (name: string) => Column {
  return (name) => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
    return found;
  };
}
