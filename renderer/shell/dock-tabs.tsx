/** Where the tabs of the panel below the canvas are plugged in: one entry each, loaded after the first screen is there. */
import type { ComponentType } from "react";
import { useDocument } from "../state/document.ts";
import { useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { useView } from "../state/view.ts";
import type { TextKey } from "../ui/texts.ts";
import { loadedLater, type Place } from "./loaded-later.tsx";

export interface DockTab {
  readonly key: string;
  readonly title: TextKey;
  readonly component: ComponentType;
  /** Which height it has; that of the dock unless it says otherwise. */
  readonly panel?: "inside" | "charts";
}

/** The panel is closed: opened again, it asks again. */
const PANEL: Place = { kind: "panel", leave: () => useSession.getState().setDockOpen(false) };

/** Tabs of the panel below the canvas, from left to right. */
export const dockTabs: readonly DockTab[] = [
  {
    key: "charts",
    title: "charts.title",
    panel: "charts",
    component: loadedLater(() => import("../training/ChartsTab.tsx").then(({ ChartsTab }) => ChartsTab), PANEL),
  },
  {
    key: "inside",
    title: "inside.title",
    panel: "inside",
    component: loadedLater(() => import("../inside/InsideTab.tsx").then(({ InsideTab }) => InsideTab), PANEL),
  },
  {
    key: "compare",
    title: "compare.title",
    component: loadedLater(() => import("../compare/CompareTab.tsx").then(({ CompareTab }) => CompareTab), PANEL),
  },
];

/** Which height a tab has. Charts that share their room with the network at earlier epochs are as high as a look inside. */
const panelOf = (tab: DockTab, lookingBack: boolean): "inside" | "dock" =>
  tab.panel === "inside" || (tab.panel === "charts" && lookingBack) ? "inside" : "dock";

/** Which height the dock has; as long as there is no run that it could show it is low, whatever its tab. */
export function useDockPanel(): "inside" | "dock" | "untrained" | null {
  const tab = useView((state) => dockTabOf(state.dockTab));
  const lookingBack = useView((state) => state.lookingBack);
  const compares = useView((state) => state.comparedRuns.length > 0);
  const hasRuns = useDocument((state) => (state.project?.run_count ?? 0) > 0);
  const runs = useRuns((state) => state.runs.length > 0 || state.starting);
  if (tab === undefined) return null;
  return runs || hasRuns || compares ? panelOf(tab, lookingBack) : "untrained";
}

/** The tab that is shown: the one that is wanted, else the first. */
export const dockTabOf = (wanted: string): DockTab | undefined => dockTabs.find(({ key }) => key === wanted) ?? dockTabs[0];
