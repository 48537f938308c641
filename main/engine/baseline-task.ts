/** What a worker does for baselines: it computes one over the data of a design, or judges one on rows that are not kept with its run. */
import { baselineDefinition } from "../../core/baselines/definitions.ts";
import { chooseRows } from "../../core/data/filter/choose-rows.ts";
import { applyPipeline } from "../../core/data/prepare.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { AppError } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readTraining } from "../../core/spec/training.ts";
import type { Evaluation } from "../../core/train/evaluation.ts";
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import { type PreparedDesign, prepareDesign } from "../../core/train/prepare-design.ts";
import {
  type BaselineResult,
  baselineRows,
  judgeBaseline,
  judgedRows,
  judgeTraining,
  learnBaseline,
  runBaseline,
} from "../../core/train/run-baseline.ts";
import type { TableSource } from "./messages.ts";
import type { PartSurroundings } from "./open-part.ts";

/** How soon a cancel is heard. */
const BREATH_INTERVAL_MS = 20;

interface Breathing {
  readonly nowMs: () => number;
  /** Lets waiting messages be handled. */
  readonly breathe: () => Promise<void>;
  readonly isCancelled: () => boolean;
}

interface Judging extends Breathing, Pick<PartSurroundings, "loadTable"> {
  readonly onFit: (done: number, total: number) => void;
}

/** Which baselines fit the data of a design. */
export interface BaselineListTask {
  readonly kind: "baselines";
  readonly design: DesignDocument;
  readonly table: TableSource;
}

export interface BaselineTask extends Omit<BaselineListTask, "kind"> {
  readonly kind: "baseline";
  readonly name: string;
}

/** A baseline on rows that are not kept with its run: it learns again from the same rows. */
export interface JudgeBaselineTask extends Omit<BaselineTask, "kind"> {
  readonly kind: "judge_baseline";
  /** A part of its own rows, or all rows of another table, chosen as this design says. */
  /** Its figures, or what it says of each row of an output (null: the first that it answers). */
  readonly wanted: "evaluation" | { readonly rowsOf: string | null };
  readonly judged: { readonly part: "training" | "validation" | "test" } | { readonly path: string; readonly design: DesignDocument };
}

export type JudgedAgain =
  | { readonly kind: "evaluation"; readonly evaluation: Evaluation }
  /** Null where there is no such output, or no row. */
  | { readonly kind: "baseline_rows"; readonly rows: PredictedRows | null };

/** @throws AppError baseline.cancelled, baseline.*, data.* */
export function computeBaseline({ name, design }: BaselineTask, table: Table, around: Breathing): Promise<BaselineResult> {
  return cancelable(runBaseline(name, preparedFor(name, design, table), readTraining(design.train).seed), around);
}

const preparedFor = (name: string, design: DesignDocument, table: Table): PreparedDesign =>
  prepareDesign(design, table, { withGaps: baselineDefinition(name).takesGaps === true });

/** @throws AppError baseline.*, run.no_test_rows, data.* */
export async function judgedAgain(
  { name, design, judged, wanted }: JudgeBaselineTask,
  table: Table,
  around: Judging,
): Promise<JudgedAgain> {
  const own = preparedFor(name, design, table);
  const rowsToJudge = async (): Promise<PreparedPart> => {
    if ("part" in judged) {
      const part = own.prepared[judged.part];
      if (part === undefined) throw new AppError("run.no_test_rows");
      return part;
    }
    const columns = columnsToRead(judged.design.data);
    const others = await around.loadTable({ path: judged.path, columns });
    return applyPipeline(chooseRows(others, judged.design.data ?? {}), own.prepared.pipeline, own.needs, { withTargets: true });
  };
  // Before it learns, which may take long: rows that do not fit are told at once.
  const part = await rowsToJudge();
  const learnt = await cancelable(learnBaseline(name, own, readTraining(design.train).seed, around.onFit), around);
  const ofTraining = "part" in judged && judged.part === "training";
  if (wanted !== "evaluation") {
    const rows = await cancelable(baselineRows(learnt, ofTraining ? judgedRows(part) : part, wanted.rowsOf), around);
    return { kind: "baseline_rows", rows };
  }
  const evaluation = await cancelable(ofTraining ? judgeTraining(learnt, part) : judgeBaseline(learnt, part), around);
  return { kind: "evaluation", evaluation };
}

/** @throws AppError baseline.cancelled */
async function cancelable<T>(work: Generator<void, T>, around: Breathing): Promise<T> {
  let lastBreath = around.nowMs();
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    if (around.nowMs() - lastBreath < BREATH_INTERVAL_MS) continue;
    await around.breathe();
    if (around.isCancelled()) throw new AppError("baseline.cancelled");
    lastBreath = around.nowMs();
  }
}
