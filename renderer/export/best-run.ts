/** Which run an export offers first: the finished one with the lowest loss on the validation rows, or on the training rows without any. */
import type { Run } from "../../core/protocol/methods.ts";

/** The figure by which runs are ranked; null when the run has none. */
export function rankingFigure(run: Run): { readonly name: string; readonly value: number } | null {
  for (const name of ["val_loss", "loss"]) {
    const value = run.metrics[name];
    if (typeof value === "number") return { name, value };
  }
  return null;
}

/** @param runs newest first; of equals the newest is taken */
export function bestRun(runs: readonly Run[]): Run | null {
  const trained = runs.filter((run) => run.has_model);
  const validated = trained.filter((run) => rankingFigure(run)?.name === "val_loss");
  const candidates = validated.length > 0 ? validated : trained;
  return candidates.reduce<Run | null>((best, run) => {
    if (best === null) return run;
    return (rankingFigure(run)?.value ?? Number.POSITIVE_INFINITY) < (rankingFigure(best)?.value ?? Number.POSITIVE_INFINITY) ? run : best;
  }, null);
}
