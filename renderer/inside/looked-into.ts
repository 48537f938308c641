/** Which run is looked into, and at which row from the start. */
import { isBaseline } from "../../core/baselines/backend.ts";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import type { DataDocument } from "../../core/graph/document.ts";
import type { Run } from "../../core/protocol/methods.ts";

type Begun = Pick<Run, "backend" | "has_model" | "epoch" | "step">;

/** The first of the runs that are shown, else of all, that is a network with trained layers: baselines and ensembles have none. */
export function runToLookInto<R extends Begun>(shown: readonly R[], all: readonly R[]): R | undefined {
  return [...shown, ...all].find((run) => !isBaseline(run) && !isEnsemble(run) && (run.has_model || run.epoch > 0 || run.step > 0));
}

/** The first rows of a series have no whole window before them: nothing is said of them, so that it begins with the last. */
export const usualRow = (data: Pick<DataDocument, "window"> | null | undefined, rowCount: number): number =>
  data?.window === undefined ? 0 : Math.max(0, rowCount - 1);
