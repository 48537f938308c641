/** What the figures of runs say, from what is kept of them: for reports, and for groups. */
import { factsOf } from "../../../core/insight/verdicts/facts.ts";
import { judgeGroup } from "../../../core/insight/verdicts/judge-group.ts";
import { judgeRun } from "../../../core/insight/verdicts/judge-run.ts";
import type { Verdict } from "../../../core/insight/verdicts/verdict.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";

const ENDED: ReadonlySet<string> = new Set(["done", "stopped", "failed"]);
/** As many epochs as are told apart. */
const MOST_POINTS = 4000;

/** The gravest first; none of a run that still trains, or that has no curve. */
export function verdictsOf(store: Store, runId: string, newId: () => string): Verdict[] {
  const run = store.getRun(runId);
  const curves = store.readCurves(runId, MOST_POINTS);
  if (!ENDED.has(run.status) || curves.length === 0) return [];
  const design = store.runDesign(runId);
  const outputs = store.loadEvaluation(runId, "validation")?.outputs ?? [];
  return judgeRun(factsOf(run, { design, open: design }, curves, outputs), newId);
}

/** Of the members that have ended. */
export function verdictsOfGroup(store: Store, groupId: string, newId: () => string): MethodOutput<"groups.verdicts"> {
  const ended = store.groupRuns(groupId).filter(({ status }) => ENDED.has(status));
  const verdicts = judgeGroup(ended.map(({ id }) => ({ id, verdicts: verdictsOf(store, id, newId) })));
  return { ended: ended.length, verdicts: verdicts.map((verdict) => ({ ...verdict, runs: [...verdict.runs] })) };
}
