/**
 * Where screens, dock tabs and dialogs are plugged in: one line each. Everything but the designer is loaded when first
 * shown, so that the first screen stays quick.
 */
import { type ComponentType, lazy } from "react";
import { Designer } from "../canvas/Designer.tsx";
import { StartScreen } from "../start/StartScreen.tsx";
import type { DialogRequest, Screen } from "../state/view.ts";
import type { TextKey } from "../ui/texts.ts";

/** A screen that fills the window between top bar and status line. */
export const screens: Readonly<Partial<Record<Screen, ComponentType>>> = {
  start: StartScreen,
  designer: Designer,
  compare: lazy(() => import("../compare/CompareScreen.tsx").then(({ CompareScreen }) => ({ default: CompareScreen }))),
};

export interface DockTab {
  readonly key: string;
  readonly title: TextKey;
  readonly component: ComponentType;
}
/** Tabs of the panel below the canvas, from left to right. */
export const dockTabs: readonly DockTab[] = [
  {
    key: "charts",
    title: "charts.title",
    component: lazy(() => import("../training/ChartsTab.tsx").then(({ ChartsTab }) => ({ default: ChartsTab }))),
  },
  {
    key: "compare",
    title: "compare.title",
    component: lazy(() => import("../compare/CompareTab.tsx").then(({ CompareTab }) => ({ default: CompareTab }))),
  },
];

type DialogComponents = { readonly [N in DialogRequest["name"]]?: ComponentType<{ request: Extract<DialogRequest, { name: N }> }> };

/** Dialogs by the name with which `openDialog` asks for them. They close themselves with `closeDialog`. */
export const dialogs: DialogComponents = {
  shortcuts: lazy(() => import("./ShortcutSheet.tsx").then(({ ShortcutSheet }) => ({ default: ShortcutSheet }))),
  quit: lazy(() => import("./QuitDialog.tsx").then(({ QuitDialog }) => ({ default: QuitDialog }))),
  settings: lazy(() => import("./SettingsDialog.tsx").then(({ SettingsDialog }) => ({ default: SettingsDialog }))),
};
