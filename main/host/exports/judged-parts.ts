/** The evaluations of a run for its report: those that its evaluation shows of the rows held out, made now where they were not kept. */
import { isFittedBaseline } from "../../../core/baselines/backend.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError, errorData } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { hasTestPart } from "../../../core/graph/test-part.ts";
import type { Evaluation, MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import type { JudgedPart, ReportedResiduals } from "../../../core/report/reported.ts";
import type { EvaluatedPart } from "../../store/store.ts";
import { CANCELLED, type RowsWatch, stretchOf } from "../evaluation/watched-questions.ts";

export interface Judges {
  readonly evaluated: (runId: string, part: EvaluatedPart | "test", watch: RowsWatch) => Promise<Evaluation>;
  readonly residuals: (input: Omit<MethodInput<"runs.residuals">, "task_id">, watch: RowsWatch) => Promise<MethodOutput<"runs.residuals">>;
}

/** Targets of an output whose residuals are drawn. */
const MOST_TARGETS = 6;
/** Share of a part's work that its evaluation is, where residuals follow. */
const EVALUATION_SHARE = 0.5;

/** The validation rows (those of training where nothing was held out), and the test rows where there are some. */
export async function judgedParts(judges: Judges, run: Run, design: DesignDocument, watch: RowsWatch): Promise<JudgedPart[]> {
  if (!run.has_model && !isEnsemble(run) && !isFittedBaseline(run)) return [];
  const withTest = hasTestPart(design);
  const part = (name: JudgedPart["part"], own: RowsWatch): Promise<JudgedPart> => judgedPart(judges, run.id, name, own);
  const validation = await part("validation", stretchOf(watch, 0, withTest ? 0.5 : 1));
  const first = validation.evaluation?.outputs.length === 0 ? await part("training", stretchOf(watch, 0.25, 0.5)) : validation;
  return withTest ? [first, await part("test", stretchOf(watch, 0.5, 1))] : [first];
}

async function judgedPart(judges: Judges, runId: string, part: JudgedPart["part"], watch: RowsWatch): Promise<JudgedPart> {
  try {
    const evaluation = await judges.evaluated(runId, part, stretchOf(watch, 0, EVALUATION_SHARE));
    const asked = evaluation.outputs.flatMap(({ task, node_id, labels }) =>
      task === "numbers" ? labels.slice(0, MOST_TARGETS).map((label, target) => ({ node_id, label, target })) : [],
    );
    const residuals: ReportedResiduals[] = [];
    for (const [place, { node_id, label, target }] of asked.entries()) {
      const own = stretchOf(
        watch,
        EVALUATION_SHARE + (place / asked.length) * (1 - EVALUATION_SHARE),
        EVALUATION_SHARE + ((place + 1) / asked.length) * (1 - EVALUATION_SHARE),
      );
      residuals.push({ node_id, label, found: await judges.residuals({ id: runId, part, node_id, target, against: null }, own) });
    }
    return { part, evaluation, residuals, error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === CANCELLED) throw thrown;
    const { code, params } = errorData(thrown);
    return { part, evaluation: null, residuals: [], error: { code, params: params ?? {} } };
  }
}
