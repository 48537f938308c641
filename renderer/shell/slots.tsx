/**
 * Where screens and dialogs are plugged in: one line each; the tabs of the dock are in dock-tabs.tsx. Everything but the designer is loaded after
 * the first screen is there, so that it stays quick.
 */
import type { ComponentType } from "react";
import { Designer } from "../canvas/Designer.tsx";
import { StartScreen } from "../start/StartScreen.tsx";
import { closeDialog, type DialogRequest, leaveScreen, type Screen } from "../state/view.ts";
import { KeepVersionDialog } from "../versions/KeepVersionDialog.tsx";
import { loadedLater, type Place } from "./loaded-later.tsx";

const SCREEN: Place = { kind: "screen", leave: leaveScreen };
const DIALOG: Place = { kind: "dialog", leave: closeDialog };

/** A screen that fills the window between top bar and status line. */
export const screens: Readonly<Partial<Record<Screen, ComponentType>>> = {
  start: StartScreen,
  designer: Designer,
  data: loadedLater(() => import("../data/DataScreen.tsx").then(({ DataScreen }) => DataScreen), SCREEN),
  runs: loadedLater(() => import("../runs/RunsScreen.tsx").then(({ RunsScreen }) => RunsScreen), SCREEN),
  group: loadedLater(() => import("../sweeps/GroupScreen.tsx").then(({ GroupScreen }) => GroupScreen), SCREEN),
  compare: loadedLater(() => import("../compare/CompareScreen.tsx").then(({ CompareScreen }) => CompareScreen), SCREEN),
};

type DialogComponents = { readonly [N in DialogRequest["name"]]?: ComponentType<{ request: Extract<DialogRequest, { name: N }> }> };

/** Dialogs by the name with which `openDialog` asks for them. They close themselves with `closeDialog`. */
export const dialogs: DialogComponents = {
  shortcuts: loadedLater(() => import("./ShortcutSheet.tsx").then(({ ShortcutSheet }) => ShortcutSheet), DIALOG),
  quit: loadedLater(() => import("./QuitDialog.tsx").then(({ QuitDialog }) => QuitDialog), DIALOG),
  propose: loadedLater(() => import("../start/ProposalDialog.tsx").then(({ ProposalDialog }) => ProposalDialog), DIALOG),
  queue: loadedLater(() => import("./QueueDialog.tsx").then(({ QueueDialog }) => QueueDialog), DIALOG),
  sweep: loadedLater(() => import("../sweeps/SweepDialog.tsx").then(({ SweepDialog }) => SweepDialog), DIALOG),
  several: loadedLater(() => import("../sweeps/GroupDialog.tsx").then(({ GroupDialog }) => GroupDialog), DIALOG),
  continue: loadedLater(() => import("../runs/ContinueDialog.tsx").then(({ ContinueDialog }) => ContinueDialog), DIALOG),
  export: loadedLater(() => import("../export/ExportDialog.tsx").then(({ ExportDialog }) => ExportDialog), DIALOG),
  overlay: loadedLater(() => import("../compare/overlay/OverlayDialog.tsx").then(({ OverlayDialog }) => OverlayDialog), DIALOG),
  block: loadedLater(() => import("../canvas/BlockDialog.tsx").then(({ BlockDialog }) => BlockDialog), DIALOG),
  versions: loadedLater(() => import("../versions/VersionsDialog.tsx").then(({ VersionsDialog }) => VersionsDialog), DIALOG),
  // There at once: a name is typed right after the key, and what is typed while code is fetched would be lost.
  keepVersion: KeepVersionDialog,
  save_block: loadedLater(() => import("../canvas/SaveBlockDialog.tsx").then(({ SaveBlockDialog }) => SaveBlockDialog), DIALOG),
  repeat: loadedLater(() => import("../canvas/RepeatDialog.tsx").then(({ RepeatDialog }) => RepeatDialog), DIALOG),
  settings: loadedLater(() => import("./SettingsDialog.tsx").then(({ SettingsDialog }) => SettingsDialog), DIALOG),
};
