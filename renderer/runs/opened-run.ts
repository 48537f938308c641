/** The run whose panel the run list opens next, and at which of its tabs: set by whoever leads there. */
import { create } from "zustand";
import { showScreen } from "../state/view.ts";

export type RunTab = "ensemble" | "overview" | "evaluation" | "importance" | "series" | "try" | "weights" | "surface" | "options";

interface Opened {
  readonly id: string | null;
  /** Until the panel of that run has taken it. */
  readonly at: { readonly id: string; readonly tab: RunTab } | null;
}

export const useOpenedRun = create<Opened>()(() => ({ id: null, at: null }));

export function openRun(id: string, tab: RunTab = "overview"): void {
  useOpenedRun.setState({ id, at: { id, tab } });
  showScreen("runs");
}

/** The tab at which the panel of a run begins. */
export function tabToOpen(id: string): RunTab {
  const { at } = useOpenedRun.getState();
  return at?.id === id ? at.tab : "overview";
}
