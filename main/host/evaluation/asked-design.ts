/** With what design and how many threads a run is asked about rows. */
import { availableParallelism } from "node:os";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { withoutRowChoices } from "../../../core/graph/row-choices.ts";
import type { Store } from "../../store/store.ts";

/** What was chosen about rows of the run's data says nothing of the rows of others. */
export function designForOther(store: Store, runId: string, datasetId: string): DesignDocument {
  const design = store.runDesign(runId);
  const { fingerprint } = store.getDataset(datasetId).profile.dataset;
  if (design.data === null || design.data.row_choices?.fingerprint === fingerprint) return design;
  return { ...design, data: withoutRowChoices(design.data) };
}

/** By default a core is left to the window. */
export function threadsOf(store: Store): number {
  const threads = store.getSettings()["threads"];
  return typeof threads === "number" ? threads : Math.max(1, availableParallelism() - 1);
}
