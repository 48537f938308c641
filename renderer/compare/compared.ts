/** Which runs are compared: chosen in the run list, in the dock or here; and how the table is shown. */
import { create } from "zustand";
import { setComparedRuns, useView } from "../state/view.ts";
import type { RunOrder } from "./compare-order.ts";

interface CompareSettings {
  /** On from the start. */
  readonly differencesOnly: boolean;
  /** Runs as rows. */
  readonly transposed: boolean;
  /** Null: as they were chosen. */
  readonly order: RunOrder | null;
}

export const useCompareSettings = create<CompareSettings>()(() => ({ differencesOnly: true, transposed: false, order: null }));

export function removeFromComparison(id: string): void {
  setComparedRuns(useView.getState().comparedRuns.filter((other) => other !== id));
}

export function toggleCompared(id: string): void {
  const { comparedRuns } = useView.getState();
  setComparedRuns(comparedRuns.includes(id) ? comparedRuns.filter((other) => other !== id) : [...comparedRuns, id]);
}
