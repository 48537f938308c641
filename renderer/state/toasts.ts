/**
 * Short messages at the corner: what was done (with an undo, where there is one) and what went wrong. `report` is the
 * end of every promise that nobody waits for: an error is always shown.
 */
import { create } from "zustand";
import { type ErrorData, errorData } from "../../core/errors.ts";
import { type Translate, textIn } from "../ui/translators.ts";

/** Said when it is shown: whoever switches the language meanwhile reads on in the new one. */
export type Words = (t: Translate) => string;

export interface Toast {
  readonly id: number;
  /** What was done; what was not done, since something is wanted first; what went wrong. */
  readonly tone: "plain" | "wanted" | "bad";
  readonly content: Words | ErrorData;
  readonly action?: { readonly label: Words; readonly run: () => void };
  /** Of messages about one thing only the newest stands. */
  readonly about?: string;
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

export const useToasts = create<ToastState>()(() => ({ toasts: [] }));

let lastId = 0;
const MOST_SHOWN = 4;

/** @param about as in Toast */
export function toast(message: Words, action?: Toast["action"], about?: string): void {
  lastId += 1;
  const added: Toast = {
    id: lastId,
    tone: "plain",
    content: message,
    ...(action === undefined ? {} : { action }),
    ...(about === undefined ? {} : { about }),
  };
  useToasts.setState(({ toasts }) => {
    const others = about === undefined ? toasts : toasts.filter((shown) => shown.about !== about);
    return { toasts: [...others, added].slice(-MOST_SHOWN) };
  });
}

/** Says what was not done, and what is wanted first; said again, it stands there once. */
export function toastWanted(message: Words, action?: Toast["action"]): void {
  const said = message(textIn("en"));
  lastId += 1;
  const added: Toast = { id: lastId, tone: "wanted", content: message, ...(action === undefined ? {} : { action }) };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ content }) => typeof content !== "function" || content(textIn("en")) !== said), added].slice(-MOST_SHOWN),
  }));
}

/** Shows an error. Also the handler of every promise that is not awaited: `call(…).catch(report)`. */
export function report(thrown: unknown): void {
  const content = errorData(thrown);
  // A fault of ours goes to the page's error handlers as well, with its stack.
  if (content.code === "internal.fault") reportError(thrown);
  lastId += 1;
  const added: Toast = { id: lastId, tone: "bad", content };
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter((shown) => JSON.stringify(shown.content) !== JSON.stringify(content));
    return { toasts: [...others, added].slice(-MOST_SHOWN) };
  });
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.id !== id) }));
}
