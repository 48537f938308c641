/** The run whose panel the run list opens next: set by whoever leads there. */
import { create } from "zustand";
import { showScreen } from "../state/view.ts";

export const useOpenedRun = create<{ readonly id: string | null }>()(() => ({ id: null }));

export function openRun(id: string): void {
  useOpenedRun.setState({ id });
  showScreen("runs");
}
