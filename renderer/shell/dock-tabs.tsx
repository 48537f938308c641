/** Where the tabs of the panel below the canvas are plugged in: one entry each, loaded after the first screen is there. */
import type { ComponentType } from "react";
import type { TextKey } from "../ui/texts.ts";
import { loadedLater } from "./loaded-later.tsx";

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
    component: loadedLater(() => import("../training/ChartsTab.tsx").then(({ ChartsTab }) => ChartsTab)),
  },
  {
    key: "inside",
    title: "inside.title",
    panel: "inside",
    component: loadedLater(() => import("../inside/InsideTab.tsx").then(({ InsideTab }) => InsideTab)),
  },
  {
    key: "compare",
    title: "compare.title",
    component: loadedLater(() => import("../compare/CompareTab.tsx").then(({ CompareTab }) => CompareTab)),
  },
];

/** Which height a tab has. Charts that share their room with the network at earlier epochs are as high as a look inside. */
export const panelOf = (tab: DockTab, lookingBack: boolean): "inside" | "dock" =>
  tab.panel === "inside" || (tab.panel === "charts" && lookingBack) ? "inside" : "dock";

/** The tab that is shown: the one that is wanted, else the first. */
export const dockTabOf = (wanted: string): DockTab | undefined => dockTabs.find(({ key }) => key === wanted) ?? dockTabs[0];
