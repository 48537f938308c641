/** Ensembles of saved runs: made from runs that fit each other, kept as a run with an evaluation, described by their members. */
import { ENSEMBLE_BACKEND, type Ensemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Evaluation, MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import { type RowsWatch, stretchOf, taskOptions, type WatchedQuestions } from "../evaluation/watched-questions.ts";
import type { HostEvents } from "../events.ts";
import { ensembleOf, membersOf } from "./ensemble-rows.ts";
import { requireSameData, requireSharedRows } from "./shared-rows.ts";

export interface EnsembleSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly owner: RunOwner;
  readonly now: () => number;
  readonly predictions: RowPredictions;
  readonly questions: WatchedQuestions;
  readonly startTask: StartTask;
}

/** All ensembles carry it: lists can be filtered by it. */
const TAG = "ensemble";

export function ensembleHandlers(around: EnsembleSurroundings): Pick<HostHandlers, "ensembles.create" | "ensembles.describe"> {
  const { questions } = around;
  return {
    "ensembles.create": ({ task_id, ...input }) => questions.ask(task_id, async (watch) => ({ run: await create(around, input, watch) })),
    "ensembles.describe": ({ task_id, id, part }) => questions.ask(task_id, (watch) => described(around, id, part, watch)),
  };
}

/** Nothing is kept of an ensemble whose members do not fit. @throws AppError ensemble.*, run.* */
async function create(
  { store, events, owner, now, predictions }: EnsembleSurroundings,
  input: MethodInput<"ensembles.create">,
  watch: RowsWatch,
): Promise<Run> {
  const started = now();
  const ids = [...new Set(input.ids)];
  const runs = ids.map((id) => store.getRun(id));
  const [first] = runs;
  if (first === undefined || runs.length < 2) throw new AppError("ensemble.too_few_members", {});
  requireMembers(store, runs);
  const datasetId = requireSameData(runs);
  requireSharedRows(store, runs);
  const rows = await predictions.combined(runs, input.rule, { part: "validation", otherId: null }, watch);
  const evaluation = await predictions.evaluated(rows, watch);
  const ensemble: Ensemble = { rule: input.rule, members: ids };
  const run = store.createRun({
    projectId: first.project_id,
    // Columns and their roles, which all members share, are the first one's.
    design: store.runDesign(first.id),
    ...(input.name === undefined ? {} : { name: input.name }),
    tags: [TAG],
    options: ensemble,
    owner,
    datasetId,
    datasetName: first.dataset_name,
    dataFingerprint: first.data_fingerprint,
    specHash: first.spec_hash,
    engineVersion: ENGINE_VERSION,
    seed: first.seed,
    epochs: 0,
  });
  store.saveEvaluation(run.id, "validation", evaluation);
  const done = store.updateRun(run.id, {
    status: "done",
    backend: ENSEMBLE_BACKEND,
    started_at: started,
    ended_at: now(),
    seconds: (now() - started) / 1000,
    metrics: listedFigures(evaluation, runs),
    parameters: runs.every(({ parameters }) => parameters !== null) ? runs.reduce((sum, one) => sum + (one.parameters ?? 0), 0) : null,
  });
  tellOf(events, done);
  return done;
}

const tellOf = (events: HostEvents, run: Run): void =>
  events.emit("run.changed", { run, samples_per_second: null, remaining_seconds: null, learning_rate: null });

/** In the table those figures that its members have there; all of them are in its evaluation. */
function listedFigures(evaluation: Evaluation, members: readonly Run[]): Run["metrics"] {
  const shown = new Set(members.flatMap(({ metrics }) => Object.keys(metrics)));
  return Object.fromEntries(
    Object.entries(evaluation.outputs[0]?.figures ?? {})
      .map(([name, value]) => [`val_${name}`, value] as const)
      .filter(([name]) => shown.has(name)),
  );
}

/**
 * A member decides otherwise from now on: what was kept of ensembles that it votes in is made again. Averages and stacking go by what the
 * members say, not by what they decide. An ensemble that lost a member stays as it is: its page says what is missing.
 */
export async function evaluateVotesAgain({ store, events, predictions }: EnsembleSurroundings, memberId: string): Promise<void> {
  for (const run of store.projectEnsembles(store.getRun(memberId).project_id)) {
    const ensemble = ensembleOf(run);
    if (ensemble.rule !== "vote" || !ensemble.members.includes(memberId)) continue;
    const runs = store.listRuns(run.project_id).filter(({ id }) => ensemble.members.includes(id));
    if (runs.length < ensemble.members.length) continue;
    for (const part of ["training", "validation"] as const) {
      if (store.loadEvaluation(run.id, part) === null) continue;
      const evaluation = await predictions.evaluated(await predictions.of(run.id, part, null));
      store.saveEvaluation(run.id, part, evaluation);
      if (part === "validation") tellOf(events, store.updateRun(run.id, { metrics: listedFigures(evaluation, runs) }));
    }
  }
}

/** @throws AppError ensemble.not_a_model, ensemble.other_project, ensemble.several_outputs */
function requireMembers(store: Store, runs: readonly Run[]): void {
  for (const run of runs) {
    if (!run.has_model) throw new AppError("ensemble.not_a_model", { name: run.name });
    if (run.project_id !== runs[0]?.project_id) throw new AppError("ensemble.other_project", { name: run.name });
    const outputs = store.loadEvaluation(run.id, "validation")?.outputs.length ?? 1;
    if (outputs > 1) throw new AppError("ensemble.several_outputs", { name: run.name });
  }
}

async function described(
  { store, predictions, startTask }: EnsembleSurroundings,
  id: string,
  part: MethodInput<"ensembles.describe">["part"],
  watch: RowsWatch,
): Promise<MethodOutput<"ensembles.describe">> {
  const run = store.getRun(id);
  const ensemble = ensembleOf(run);
  const runs = membersOf(store, ensemble);
  const asked = await predictions.each(runs, { part, otherId: null }, watch);
  const rows = await predictions.of(id, part, null, null, stretchOf(watch, 1, 1));
  const learns = ensemble.rule === "stacking";
  const learnt = !learns
    ? null
    : part === "validation"
      ? asked
      : await predictions.each(runs, { part: "validation", otherId: null }, stretchOf(watch, 1, 1));
  const names = runs.map(({ name }) => name);
  const answer = await startTask({ kind: "ensemble_gain", rows, asked, names, learnt }, taskOptions(watch));
  const { errors, ...found } = answered(answer, "ensemble_gain").found;
  return {
    ...found,
    rule: ensemble.rule,
    members: runs.map(({ id: member, name }, k) => ({ id: member, name, error: errors[k] as number })),
  };
}
