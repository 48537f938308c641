/** The undo history that was kept with a project, proved on its design; one that is not its own is left out with a notice. */
import { AppError } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { HistoryState } from "../../core/graph/history.ts";
import { type JournalLabel, readJournal, writeJournal } from "../../core/graph/journal.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "./host.ts";
import { report } from "./toasts.ts";

export interface KeptHistory {
  readonly history: HistoryState;
  readonly labels: readonly JournalLabel[];
}

/** What is saved with the design that `history` has. */
export function historyToKeep(kept: KeptHistory): { readonly journal?: string } {
  return kept.labels.length === 0 ? {} : { journal: writeJournal(kept) };
}

/** @returns null where there is none, or none that can be used; the design is whole either way */
export async function keptHistory(journal: MethodOutput<"projects.open">["journal"], design: DesignDocument): Promise<KeptHistory | null> {
  if (journal === null) return null;
  const read = journal.fits ? readJournal(journal.text, design) : null;
  if (read === null) {
    report(new AppError("designer.history_dropped"));
    return null;
  }
  return { history: read.history, labels: await withPresentData(read.labels) };
}

/** Data sets that were deleted since cannot be chosen again: undoing an act then leaves the project without data. */
async function withPresentData(labels: readonly JournalLabel[]): Promise<readonly JournalLabel[]> {
  if (labels.every(({ datasetBefore, datasetAfter }) => datasetBefore === null && datasetAfter === null)) return labels;
  const { datasets } = await host().call("datasets.list", {});
  const present = new Set(datasets.map(({ id }) => id));
  const kept = (id: string | null): string | null => (id !== null && present.has(id) ? id : null);
  return labels.map((one) => ({ ...one, datasetBefore: kept(one.datasetBefore), datasetAfter: kept(one.datasetAfter) }));
}
