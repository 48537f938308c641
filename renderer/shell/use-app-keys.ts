/** Keys that work on every screen: training and its steps, settings, help, undo and redo of the open project. */
import { useEffect } from "react";
import { isProjectOpen, redo, undo } from "../state/document.ts";
import { pressed, pressedKeys } from "../state/keys.ts";
import { isDialogOpen, openDialog } from "../state/view.ts";
import { isChord, isTyping } from "../ui/keys.ts";
import { UNDOES_DESIGN } from "../ui/NumberInput.tsx";
import { focusToasts } from "../ui/Toasts.tsx";
import { discard, pauseOrResume, stop, train } from "./acts.ts";
import type { ShortcutName } from "./shortcuts.ts";
import { stepBatch, stepEpoch, toggleSlowMotion } from "./step-acts.ts";

/** What works where no project is open. */
const WITHOUT_PROJECT: ReadonlySet<ShortcutName> = new Set(["messages", "settings", "help"]);
const NAMES = [
  "train",
  "stop",
  "discard",
  "pause",
  "stepBatch",
  "stepEpoch",
  "slowMotion",
  "messages",
  "settings",
  "help",
  "undo",
  "redo",
  "keepVersion",
  "versions",
] as const satisfies readonly ShortcutName[];
/** A text field has an undo of its own; these it has not, so that they work while typing too, as long as their keys type nothing. */
const ALSO_WHILE_TYPING: ReadonlySet<string> = new Set([
  "train",
  "stop",
  "discard",
  "pause",
  "stepBatch",
  "stepEpoch",
  "slowMotion",
  "messages",
  "settings",
  "help",
  "keepVersion",
  "versions",
]);

const acts: Readonly<Record<(typeof NAMES)[number], () => void>> = {
  train,
  stop,
  discard,
  pause: pauseOrResume,
  stepBatch,
  stepEpoch,
  slowMotion: toggleSlowMotion,
  messages: focusToasts,
  settings: () => openDialog({ name: "settings" }),
  help: () => openDialog({ name: "shortcuts" }),
  undo,
  redo,
  keepVersion: () => openDialog({ name: "keepVersion" }),
  versions: () => openDialog({ name: "versions" }),
};

/** A number field that changes the design with every key, so that the design's undo is what is meant there. */
const isNumberOfDesign = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.classList.contains("number") && target.closest(UNDOES_DESIGN) !== null;

export function useAppKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = pressed(event, NAMES);
      if (name === undefined || isDialogOpen()) return;
      // A list of choices has no undo of its own.
      const free =
        event.target instanceof HTMLSelectElement
          ? event.ctrlKey || event.metaKey
          : ALSO_WHILE_TYPING.has(name) || ((name === "undo" || name === "redo") && isNumberOfDesign(event.target));
      if (isTyping(event.target) && !(free && isChord(pressedKeys(event, name) ?? ""))) return;
      if (!isProjectOpen() && !WITHOUT_PROJECT.has(name)) return;
      event.preventDefault();
      if (!event.repeat || name === "undo" || name === "redo" || name === "stepBatch") acts[name]();
    };
    // A button that opens a menu takes every Enter: what the app means by Ctrl+Enter comes before it.
    const beforeButtons = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.target instanceof Element && event.target.closest("button") !== null) onKeyDown(event);
    };
    window.addEventListener("keydown", beforeButtons, true);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", beforeButtons, true);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
