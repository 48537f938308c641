/** The report of a run or a comparison: what is kept of the runs, gathered and written as one page. */
import { writeFileSync } from "node:fs";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError, errorData } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { reportHtml } from "../../../core/report/report.ts";
import type { ReportedBeside, ReportedRun } from "../../../core/report/reported.ts";
import type { Store } from "../../store/store.ts";
import { APP_VERSION } from "../app.ts";
import { ensembleOf } from "../ensembles/ensemble-rows.ts";
import { verdictsOf } from "../evaluation/run-verdicts.ts";
import type { HostFiles } from "../files.ts";

/** Points of a curve: as many as are seen. */
const MOST_POINTS = 500;

interface ReportSurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly beside: HostHandlers["baselines.beside"];
  readonly now: () => number;
  readonly newId: () => string;
}

export function reportHandlers(around: ReportSurroundings): Pick<HostHandlers, "exports.report"> {
  const { files, now } = around;
  return {
    "exports.report": async ({ run_ids, language }) => {
      const runs: ReportedRun[] = [];
      for (const id of new Set(run_ids)) runs.push(await reported(around, id));
      const [first] = runs;
      if (first === undefined) throw new AppError("run.not_found", { id: "" });
      const madeAt = `${new Date(now()).toISOString().slice(0, 16).replace("T", " ")} UTC`;
      const text = reportHtml({ runs, language, madeAt, version: APP_VERSION });
      const fileName = runs.length === 1 ? `${first.design.name} ${first.run.name}.html` : `${first.design.name} ${runs.length}.html`;
      const { path, token } = files.offer(fileName);
      writeFileSync(path, text);
      return { download: token, file_name: fileName, size_bytes: Buffer.byteLength(text) };
    },
  };
}

async function reported({ store, beside, newId }: ReportSurroundings, id: string): Promise<ReportedRun> {
  const run = store.getRun(id);
  const design = store.runDesign(id);
  const curves = store.readCurves(id, MOST_POINTS);
  // Before the verdicts: they judge the run by them.
  const found = await besideOf(store, beside, id);
  const evaluation = store.loadEvaluation(id, "validation");
  const ensemble = isEnsemble(run) ? { ensemble: ensembleIn(store, run) } : {};
  return {
    run,
    design,
    curves,
    evaluation,
    ...ensemble,
    ...(found === null ? {} : { beside: found }),
    verdicts: verdictsOf(store, id, newId),
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
async function besideOf(store: Store, beside: HostHandlers["baselines.beside"], id: string): Promise<ReportedBeside | null> {
  const part = (["validation", "training"] as const).find((one) => store.loadEvaluation(id, one) !== null);
  if (part === undefined) return null;
  const own = store.loadEvaluation(id, part)?.outputs ?? [];
  try {
    const { outputs } = await beside({ id, part });
    if (outputs.length === 0) return null;
    const of = new Map(outputs.map(({ node_id, baselines }) => [node_id, baselines]));
    return { part, outputs: own.map((output) => ({ ...output, baselines: of.get(output.node_id) })), error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { code, params } = errorData(thrown);
    return { part, outputs: [], error: { code, params: params ?? {} } };
  }
}
