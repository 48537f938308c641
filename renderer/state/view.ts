/**
 * What is on the screen: which full-size screen, which dialog, which tabs. Nothing here is saved or undone. New screens
 * and dialogs are named here and given a component in shell/slots.tsx.
 */
import { create } from "zustand";
import type { LooseEnd } from "../../core/graph/fitting.ts";
import { isModalOpen } from "../ui/open-modals.ts";

export type Screen = "start" | "designer" | "data" | "runs" | "compare" | "group";
export type InspectorTab = "layer" | "training" | "checks" | "history";

/** One of two designs that are laid over each other. */
export type OverlaySide =
  | { readonly kind: "open" }
  | { readonly kind: "run"; readonly id: string }
  | { readonly kind: "version"; readonly id: string /** Given by a person, or when it was made. */; readonly name: string };

/** A dialog and what it was opened with. */
export type DialogRequest =
  | { readonly name: "shortcuts" }
  | { readonly name: "settings" }
  | { readonly name: "quit" }
  /** The options of a block; `place` on the canvas, `edgeId` where it goes into an edge, `from` where a connection ends in the void. */
  | {
      readonly name: "block";
      readonly block: string;
      readonly place: { readonly x: number; readonly y: number } | null;
      readonly edgeId: string | null;
      readonly from?: LooseEnd;
    }
  /** Keeps the chosen layers as a block. */
  | { readonly name: "save_block" }
  /** Repeats the chosen layers in a row. */
  | { readonly name: "repeat" }
  | { readonly name: "queue" }
  /** Networks for data of one's own. */
  /** A file that was chosen already. */
  | { readonly name: "propose"; readonly file?: File }
  | { readonly name: "sweep" }
  /** Folds, seeds or bags of a number of one's own. */
  | { readonly name: "several" }
  /** `left` is the earlier one. */
  | { readonly name: "overlay"; readonly left: OverlaySide; readonly right: OverlaySide }
  /** Which run to continue from; null: the newest is proposed. */
  | { readonly name: "continue"; readonly runId: string | null }
  | { readonly name: "versions" }
  | { readonly name: "keepVersion" }
  | { readonly name: "export"; readonly runId: string | null };
export type DialogName = DialogRequest["name"];

interface ViewState {
  readonly screen: Screen;
  /** The screen from which this one was opened. */
  readonly screenBefore: Screen;
  readonly dialog: DialogRequest | null;
  readonly dockTab: string;
  /** Beside the charts the network is seen at earlier epochs; for as long as the window lives, whatever run is shown. */
  readonly lookingBack: boolean;
  readonly inspectorTab: InspectorTab;
  /** Runs chosen for the comparison, in the order of choosing; colours follow this order. */
  readonly comparedRuns: readonly string[];
  /** The group that its screen shows. */
  readonly groupId: string | null;
}

export const useView = create<ViewState>()(() => ({
  screen: "start",
  screenBefore: "designer",
  dialog: null,
  lookingBack: false,
  dockTab: "charts",
  inspectorTab: "layer",
  comparedRuns: [],
  groupId: null,
}));

export function showScreen(screen: Screen): void {
  useView.setState(({ screen: screenBefore }) => ({ screen, screenBefore }));
}
/** Back to where one came from. */
export function leaveScreen(): void {
  const { screen, screenBefore } = useView.getState();
  showScreen(screenBefore === screen || screenBefore === "start" ? "designer" : screenBefore);
}
/** The screen of one group of runs. */
export function showGroup(groupId: string): void {
  useView.setState(({ screen: screenBefore }) => ({ screen: "group", screenBefore, groupId }));
}
export function openDialog(dialog: DialogRequest): void {
  useView.setState({ dialog });
}
export function closeDialog(): void {
  useView.setState({ dialog: null });
}
/** Whether a dialog lies over the app, also one that comes by itself: its keys are not the screen's. */
export function isDialogOpen(): boolean {
  return useView.getState().dialog !== null || isModalOpen();
}
export function showInspectorTab(inspectorTab: InspectorTab): void {
  useView.setState({ inspectorTab });
}
export function showDockTab(dockTab: string): void {
  useView.setState({ dockTab });
}
export function setComparedRuns(comparedRuns: readonly string[]): void {
  useView.setState({ comparedRuns });
}
