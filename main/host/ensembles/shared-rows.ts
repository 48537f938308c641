/** What runs and their designs alone say of the rows that they share, before any of them is asked. */
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { readTraining } from "../../../core/spec/training.ts";
import type { Store } from "../../store/store.ts";

/**
 * Folds of one cut hold out no row together: nobody waits for their answers to be told so.
 * @throws AppError ensemble.no_common_rows
 */
export function requireSharedRows(store: Pick<Store, "runDesign">, runs: readonly Pick<Run, "id" | "name">[]): void {
  const seen = new Map<string, { readonly name: string; readonly fold: number }>();
  for (const { id, name } of runs) {
    const cut = cutOf(store.runDesign(id));
    if (cut === null) continue;
    const other = seen.get(cut.key);
    if (other !== undefined && other.fold !== cut.fold) throw new AppError("ensemble.no_common_rows", { first: other.name, second: name });
    seen.set(cut.key, { name, fold: cut.fold });
  }
}

/** Which cut of the rows into folds, and which of them is held out; null where the rows are not cut into folds. */
function cutOf({ data, train }: DesignDocument): { readonly key: string; readonly fold: number } | null {
  if (data?.split.folds === undefined || data.split.fold === undefined) return null;
  const { fold, ...split } = data.split;
  // No seed of its own: the one that the training begins with.
  const seed = "seed" in split && split.seed !== null ? split.seed : readTraining(train).seed;
  return { key: JSON.stringify([{ ...split, seed }, data.filter ?? null, data.row_choices ?? null]), fold };
}

/**
 * Rows are known by their number, which is one of the same file only; a run that came without its data is asked about another's copy.
 * @throws AppError ensemble.data_differs, run.no_dataset
 */
export function requireSameData(runs: readonly Pick<Run, "name" | "dataset_id" | "data_fingerprint">[]): string {
  const [first] = runs;
  const other = runs.find((run) => run.data_fingerprint !== first?.data_fingerprint);
  if (first !== undefined && other !== undefined) throw new AppError("ensemble.data_differs", { first: first.name, second: other.name });
  const kept = keptData(runs);
  if (kept === null) throw new AppError("run.no_dataset", { name: first?.name ?? "" });
  return kept;
}

/** Of runs of the same data: a copy that any of them has. */
export const keptData = (runs: readonly Pick<Run, "dataset_id">[]): string | null =>
  runs.find(({ dataset_id }) => dataset_id !== null)?.dataset_id ?? null;
