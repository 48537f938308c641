/**
 * Which run an export offers first: the finished one with the lowest loss on the validation rows, or on the training rows without any.
 * Losses of different data are no measure of each other: runs are ranked among those of the same data only.
 */
import type { Run } from "../../core/protocol/methods.ts";

/** The figure by which runs are ranked; null when the run has none. */
export function rankingFigure(run: Run): { readonly name: string; readonly value: number } | null {
  for (const name of ["val_loss", "loss"]) {
    const value = run.metrics[name];
    if (typeof value === "number") return { name, value };
  }
  return null;
}

/** The best of the data that the newest trained run was trained on. @param runs newest first; of equals the newest is taken */
export function bestRun(runs: readonly Run[]): Run | null {
  const newest = runs.find((run) => run.has_model);
  return newest === undefined ? null : bestOf(runs.filter((run) => run.data_fingerprint === newest.data_fingerprint));
}

/** The best of each data set, the newest one's first. @param runs newest first */
export function bestRuns(runs: readonly Run[]): readonly Run[] {
  const byData = new Map<string, Run[]>();
  for (const run of runs) {
    if (!run.has_model) continue;
    const own = byData.get(run.data_fingerprint);
    if (own === undefined) byData.set(run.data_fingerprint, [run]);
    else own.push(run);
  }
  return [...byData.values()].flatMap((own) => bestOf(own) ?? []);
}

function bestOf(runs: readonly Run[]): Run | null {
  const trained = runs.filter((run) => run.has_model);
  const validated = trained.filter((run) => rankingFigure(run)?.name === "val_loss");
  const candidates = validated.length > 0 ? validated : trained;
  return candidates.reduce<Run | null>((best, run) => {
    if (best === null) return run;
    return (rankingFigure(run)?.value ?? Number.POSITIVE_INFINITY) < (rankingFigure(best)?.value ?? Number.POSITIVE_INFINITY) ? run : best;
  }, null);
}
