/** What the figures of runs say, from what is kept of them: for reports, and for groups. */
import { factsOf, judgedPart } from "../../../core/insight/verdicts/facts.ts";
import { judgeGroup } from "../../../core/insight/verdicts/judge-group.ts";
import { judgeRun } from "../../../core/insight/verdicts/judge-run.ts";
import type { Verdict } from "../../../core/insight/verdicts/verdict.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";
import { epochLossesOf } from "../runs/epoch-losses.ts";

const ENDED: ReadonlySet<string> = new Set(["done", "stopped", "failed"]);

/** The gravest first; none of a run that still trains, or that has no curve. */
export async function verdictsOf(store: Store, runId: string, newId: () => string): Promise<Verdict[]> {
  const run = store.getRun(runId);
  if (!ENDED.has(run.status) || store.listCurves(runId).length === 0) return [];
  const epochs = await epochLossesOf(store, runId);
  const design = store.runDesign(runId);
  const outputs = store.loadEvaluation(runId, judgedPart(run))?.outputs ?? [];
  return judgeRun(factsOf(run, { design, open: design }, epochs, outputs), newId);
}

/** Of the members that have ended. */
export async function verdictsOfGroup(store: Store, groupId: string, newId: () => string): Promise<MethodOutput<"groups.verdicts">> {
  const ended = store.groupRuns(groupId).filter(({ status }) => ENDED.has(status));
  const judged: { readonly id: string; readonly verdicts: readonly Verdict[] }[] = [];
  for (const { id } of ended) judged.push({ id, verdicts: await verdictsOf(store, id, newId) });
  const verdicts = judgeGroup(judged);
  return { ended: ended.length, verdicts: verdicts.map((verdict) => ({ ...verdict, runs: [...verdict.runs] })) };
}
