/** Where the tabs of the panel below the canvas are plugged in: one entry each, loaded when first shown. */
import { type ComponentType, lazy } from "react";
import type { TextKey } from "../ui/texts.ts";

export interface DockTab {
  readonly key: string;
  readonly title: TextKey;
  readonly component: ComponentType;
  /** Which height it has; that of the dock unless it says otherwise. */
  readonly panel?: "inside" | "charts";
}
/** Tabs of the panel below the canvas, from left to right. */
export const dockTabs: readonly DockTab[] = [
  {
    key: "charts",
    title: "charts.title",
    panel: "charts",
    component: lazy(() => import("../training/ChartsTab.tsx").then(({ ChartsTab }) => ({ default: ChartsTab }))),
  },
  {
    key: "inside",
    title: "inside.title",
    panel: "inside",
    component: lazy(() => import("../inside/InsideTab.tsx").then(({ InsideTab }) => ({ default: InsideTab }))),
  },
  {
    key: "compare",
    title: "compare.title",
    component: lazy(() => import("../compare/CompareTab.tsx").then(({ CompareTab }) => ({ default: CompareTab }))),
  },
];

/** Which height a tab has. Charts that share their room with the network at earlier epochs are as high as a look inside. */
export const panelOf = (tab: DockTab, lookingBack: boolean): "inside" | "dock" =>
  tab.panel === "inside" || (tab.panel === "charts" && lookingBack) ? "inside" : "dock";

/** The tab that is shown: the one that is wanted, else the first. */
export const dockTabOf = (wanted: string): DockTab | undefined => dockTabs.find(({ key }) => key === wanted) ?? dockTabs[0];
