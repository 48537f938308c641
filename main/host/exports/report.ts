/** The report of a run or a comparison: what is kept of the runs, gathered and written as one page. */
import { writeFileSync } from "node:fs";
import { namedIn } from "../../../core/baselines/name-in.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError, errorData } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { reportHtml } from "../../../core/report/report.ts";
import type { ReportedBeside, ReportedGroup, ReportedRun } from "../../../core/report/reported.ts";
import type { Store } from "../../store/store.ts";
import { APP_VERSION } from "../app.ts";
import { ensembleOf } from "../ensembles/ensemble-rows.ts";
import { verdictsOf } from "../evaluation/run-verdicts.ts";
import { CANCELLED, orCancelled, type RowsWatch, stretchOf, type WatchedQuestions } from "../evaluation/watched-questions.ts";
import type { HostFiles } from "../files.ts";
import { type Judges, judgedParts } from "./judged-parts.ts";

/** Points of a curve: as many as are seen. */
const MOST_POINTS = 500;

interface ReportSurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly beside: HostHandlers["baselines.beside"];
  readonly judges: Judges;
  readonly questions: WatchedQuestions;
  readonly now: () => number;
  readonly newId: () => string;
}

export function reportHandlers(around: ReportSurroundings): Pick<HostHandlers, "exports.report"> {
  return {
    "exports.report": ({ task_id, ...input }) => around.questions.ask(task_id, (watch) => written(around, input, watch)),
  };
}

async function written(
  around: ReportSurroundings,
  { run_ids, language }: Omit<MethodInput<"exports.report">, "task_id">,
  watch: RowsWatch,
): Promise<MethodOutput<"exports.report">> {
  const { files, now } = around;
  const ids = [...new Set(run_ids)];
  const runs: ReportedRun[] = [];
  for (const [place, id] of ids.entries()) {
    runs.push(await reported(around, id, language, stretchOf(watch, place / ids.length, (place + 1) / ids.length)));
    watch.onProgress?.((place + 1) / ids.length);
    if (watch.signal?.aborted === true) throw new AppError(CANCELLED);
  }
  const [first] = runs;
  if (first === undefined) throw new AppError("run.not_found", { id: "" });
  const madeAt = `${new Date(now()).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const text = reportHtml({ runs, groups: groupsOf(around.store, runs), language, madeAt, version: APP_VERSION });
  const fileName = runs.length === 1 ? `${first.design.name} ${first.run.name}.html` : `${first.design.name} ${runs.length}.html`;
  const { path, token } = files.offer(fileName);
  writeFileSync(path, text);
  return { download: token, file_name: fileName, size_bytes: Buffer.byteLength(text) };
}

/** With all their members, whichever of them are in the report. */
function groupsOf(store: Store, runs: readonly ReportedRun[]): ReportedGroup[] {
  const members = new Map(runs.flatMap(({ run, design }) => (run.group_id === null ? [] : [[run.group_id, { run, design }] as const])));
  return [...members].flatMap(([id, { run, design }]) => {
    const group = store.listGroups(run.project_id).find((one) => one.id === id);
    if (group === undefined) return [];
    return [{ group, design, runs: store.listRuns(run.project_id).filter(({ group_id }) => group_id === id) }];
  });
}

async function reported(
  { store, beside, judges, newId }: ReportSurroundings,
  id: string,
  language: "en" | "zh",
  watch: RowsWatch,
): Promise<ReportedRun> {
  const run = namedIn(store.getRun(id), language);
  const design = store.runDesign(id);
  const curves = store.readCurves(id, MOST_POINTS);
  const judged = await judgedParts(judges, run, design, watch);
  // Before the verdicts: they judge the run by them.
  const found = await besideOf(store, beside, id, watch);
  const ensemble = isEnsemble(run) ? { ensemble: ensembleIn(store, run) } : {};
  return {
    run,
    design,
    curves,
    judged,
    ...ensemble,
    ...(found === null ? {} : { beside: found }),
    verdicts: await verdictsOf(store, id, newId),
  };
}

function ensembleIn(store: Store, run: Run): NonNullable<ReportedRun["ensemble"]> {
  const { rule, members } = ensembleOf(run);
  const known = members.flatMap((id) => {
    try {
      return store.getRun(id);
    } catch (thrown) {
      if (errorData(thrown).code !== "run.not_found") throw thrown;
      return [];
    }
  });
  return { rule, members: known };
}

/** On the validation rows, else on those of training; null where a run is of no series, or was not evaluated. */
async function besideOf(
  store: Store,
  beside: HostHandlers["baselines.beside"],
  id: string,
  { signal }: RowsWatch,
): Promise<ReportedBeside | null> {
  const part = (["validation", "training"] as const).find((one) => store.loadEvaluation(id, one) !== null);
  if (part === undefined) return null;
  const own = store.loadEvaluation(id, part)?.outputs ?? [];
  try {
    const { outputs } = await orCancelled(beside({ id, part }), signal);
    if (outputs.length === 0) return null;
    const of = new Map(outputs.map(({ node_id, baselines }) => [node_id, baselines]));
    return { part, outputs: own.map((output) => ({ ...output, baselines: of.get(output.node_id) })), error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === CANCELLED) throw thrown;
    const { code, params } = errorData(thrown);
    return { part, outputs: [], error: { code, params: params ?? {} } };
  }
}
