/** What a worker does with rows that were predicted already: an ensemble's answer of its members', and the evaluation of any. */
import { type AskedMembers, ensembleAnswer } from "../../core/ensembles/answer.ts";
import type { Evaluation } from "../../core/train/evaluation.ts";
import { evaluatePredicted, type PredictedRows } from "../../core/train/predicted-rows.ts";

interface CombineTask extends AskedMembers {
  readonly kind: "combine";
}

/** Without a loss: who says it need not have been trained by one. */
interface EvaluateRowsTask {
  readonly kind: "evaluate_rows";
  readonly rows: PredictedRows;
}

export type RowsTask = CombineTask | EvaluateRowsTask;

type RowsAnswer =
  | { readonly kind: "evaluation"; readonly evaluation: Evaluation }
  | { readonly kind: "predicted_rows"; readonly rows: PredictedRows; readonly bag: null };

export const isRowsTask = (task: { readonly kind: string }): task is RowsTask => task.kind === "combine" || task.kind === "evaluate_rows";

/** @throws AppError ensemble.* */
export function answerOfRows(task: RowsTask): RowsAnswer {
  if (task.kind === "evaluate_rows") return { kind: "evaluation", evaluation: evaluatePredicted(task.rows) };
  return { kind: "predicted_rows", rows: ensembleAnswer(task), bag: null };
}
