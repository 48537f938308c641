/** The report of a run or a comparison: what is kept of the runs, gathered and written as one page. */
import { writeFileSync } from "node:fs";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { type ReportedRun, reportHtml } from "../../../core/report/report.ts";
import type { Store } from "../../store/store.ts";
import { APP_VERSION } from "../app.ts";
import { verdictsOf } from "../evaluation/run-verdicts.ts";
import type { HostFiles } from "../files.ts";

/** Points of a curve: as many as are seen. */
const MOST_POINTS = 500;

export function reportHandlers({
  store,
  files,
  now,
  newId,
}: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly now: () => number;
  readonly newId: () => string;
}): Pick<HostHandlers, "exports.report"> {
  return {
    "exports.report": async ({ run_ids, language }) => {
      const runs = [...new Set(run_ids)].map((id) => reported(store, id, newId));
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

function reported(store: Store, id: string, newId: () => string): ReportedRun {
  const run = store.getRun(id);
  const design = store.runDesign(id);
  const curves = store.readCurves(id, MOST_POINTS);
  const evaluation = store.loadEvaluation(id, "validation");
  return { run, design, curves, evaluation, verdicts: verdictsOf(store, id, newId) };
}
