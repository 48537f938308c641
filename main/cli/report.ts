/** neuroloom report: a run of the library, or several beside each other, as one HTML page. */
import { copyFileSync } from "node:fs";
import { AppError } from "../../core/errors.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { EXIT, type Output } from "./output.ts";
import { withHost } from "./train.ts";

/** @param sources ids of runs, or how they begin */
export async function writeReport(
  sources: readonly string[],
  { out, language }: { readonly out: string; readonly language: "en" | "zh" },
  output: Output,
): Promise<number> {
  return withHost(async (host) => {
    const { runs } = await host.handlers["runs.list"]({ project_id: null });
    const ids = sources.map((source) => idOf(runs, source));
    const { download, size_bytes } = await host.handlers["exports.report"]({ run_ids: ids, language });
    const file = host.downloads.resolve(download);
    if (file === null) throw new Error("the report is gone");
    copyFileSync(file.path, out);
    output.result({ event: "done", out, runs: ids, size_bytes }, `${out}: ${ids.length} runs, ${size_bytes} bytes`);
    return EXIT.ok;
  });
}

/** @throws AppError run.unknown */
function idOf(runs: readonly Run[], source: string): string {
  const run = runs.find(({ id }) => id === source) ?? runs.find(({ id }) => id.startsWith(source));
  if (run === undefined) throw new AppError("run.unknown", { run: source });
  return run.id;
}
