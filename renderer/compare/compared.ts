/** Which runs are compared: chosen in the run list, in the dock or here; and how the table is shown. */
import { create } from "zustand";
import { setComparedRuns, useView } from "../state/view.ts";

/** "Differences only" is on from the start. */
export const useCompareSettings = create<{ readonly differencesOnly: boolean }>()(() => ({ differencesOnly: true }));

export function removeFromComparison(id: string): void {
  setComparedRuns(useView.getState().comparedRuns.filter((other) => other !== id));
}

export function toggleCompared(id: string): void {
  const { comparedRuns } = useView.getState();
  setComparedRuns(comparedRuns.includes(id) ? comparedRuns.filter((other) => other !== id) : [...comparedRuns, id]);
}
