/**
 * Where screens and dialogs are plugged in: one line each; the tabs of the dock are in dock-tabs.tsx. Everything but the designer is loaded when first
 * shown, so that the first screen stays quick.
 */
import { type ComponentType, lazy } from "react";
import { Designer } from "../canvas/Designer.tsx";
import { StartScreen } from "../start/StartScreen.tsx";
import type { DialogRequest, Screen } from "../state/view.ts";

/** A screen that fills the window between top bar and status line. */
export const screens: Readonly<Partial<Record<Screen, ComponentType>>> = {
  start: StartScreen,
  designer: Designer,
  data: lazy(() => import("../data/DataScreen.tsx").then(({ DataScreen }) => ({ default: DataScreen }))),
  runs: lazy(() => import("../runs/RunsScreen.tsx").then(({ RunsScreen }) => ({ default: RunsScreen }))),
  group: lazy(() => import("../sweeps/GroupScreen.tsx").then(({ GroupScreen }) => ({ default: GroupScreen }))),
  compare: lazy(() => import("../compare/CompareScreen.tsx").then(({ CompareScreen }) => ({ default: CompareScreen }))),
};

type DialogComponents = { readonly [N in DialogRequest["name"]]?: ComponentType<{ request: Extract<DialogRequest, { name: N }> }> };

/** Dialogs by the name with which `openDialog` asks for them. They close themselves with `closeDialog`. */
export const dialogs: DialogComponents = {
  shortcuts: lazy(() => import("./ShortcutSheet.tsx").then(({ ShortcutSheet }) => ({ default: ShortcutSheet }))),
  quit: lazy(() => import("./QuitDialog.tsx").then(({ QuitDialog }) => ({ default: QuitDialog }))),
  propose: lazy(() => import("../start/ProposalDialog.tsx").then(({ ProposalDialog }) => ({ default: ProposalDialog }))),
  queue: lazy(() => import("./QueueDialog.tsx").then(({ QueueDialog }) => ({ default: QueueDialog }))),
  sweep: lazy(() => import("../sweeps/SweepDialog.tsx").then(({ SweepDialog }) => ({ default: SweepDialog }))),
  several: lazy(() => import("../sweeps/GroupDialog.tsx").then(({ GroupDialog }) => ({ default: GroupDialog }))),
  continue: lazy(() => import("../runs/ContinueDialog.tsx").then(({ ContinueDialog }) => ({ default: ContinueDialog }))),
  export: lazy(() => import("../export/ExportDialog.tsx").then(({ ExportDialog }) => ({ default: ExportDialog }))),
  overlay: lazy(() => import("../compare/overlay/OverlayDialog.tsx").then(({ OverlayDialog }) => ({ default: OverlayDialog }))),
  block: lazy(() => import("../canvas/BlockDialog.tsx").then(({ BlockDialog }) => ({ default: BlockDialog }))),
  versions: lazy(() => import("../versions/VersionsDialog.tsx").then(({ VersionsDialog }) => ({ default: VersionsDialog }))),
  keepVersion: lazy(() => import("../versions/KeepVersionDialog.tsx").then(({ KeepVersionDialog }) => ({ default: KeepVersionDialog }))),
  save_block: lazy(() => import("../canvas/SaveBlockDialog.tsx").then(({ SaveBlockDialog }) => ({ default: SaveBlockDialog }))),
  settings: lazy(() => import("./SettingsDialog.tsx").then(({ SettingsDialog }) => ({ default: SettingsDialog }))),
};
