/** Copy, cut and paste without keys, for the menu: the system's clipboard where it may be used, else what was copied last in this window. */
import { selectedNodes } from "../state/document.ts";
import { keyWordsNow } from "../state/keys.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { selectedAnnotations } from "./annotation-choice.ts";
import { copyText, cutSelection, paste } from "./copy-edits.ts";

let last: string | null = null;

/** What was put on the clipboard, by whatever way. */
export function noteCopied(text: string): void {
  last = text;
}

export const saysCopied = (): void => {
  toast((t) => t("canvas.copied", { count: selectedNodes().length + selectedAnnotations().length }));
};

/** Chosen layers and notes as text. @param cut whether they are taken away */
export function copyChosen(cut: boolean): void {
  const text = copyText();
  if (text === null) return;
  noteCopied(text);
  // Refused, it is still there for this window.
  navigator.clipboard?.writeText(text).catch(() => undefined);
  if (cut) cutSelection();
  else saysCopied();
}

/** @param place of the first pasted layer, on the canvas */
export async function pasteHere(place: { readonly x: number; readonly y: number }): Promise<void> {
  const text = await read();
  if (text === null || text.trim() === "") toastWanted((t) => t("canvas.paste_by_keys", { keys: keyWordsNow("paste") }));
  else paste(text, place, false);
}

/** The window of the app may not ask for the clipboard; a browser asks the person. */
async function read(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return last;
  }
}

export const pasteAt = (place: { readonly x: number; readonly y: number }): void => {
  pasteHere(place).catch(report);
};
