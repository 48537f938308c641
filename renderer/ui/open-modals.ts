/** Dialogs that are open, the newest last. A message that comes over one is a layer above it for Radix, and hears Escape in its place. */
const open: (() => void)[] = [];

/** @returns takes it out again */
export function modalOpened(close: () => void): () => void {
  open.push(close);
  return () => void open.splice(open.lastIndexOf(close), 1);
}

export function isModalOpen(): boolean {
  return open.length > 0;
}

/**
 * A field for which Escape means something else says so; Radix hears the key before the field does. While a word is composed it is the
 * input method's.
 */
export function keepsEscape({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing) return true;
  return target instanceof Element && target.closest("[data-keeps-escape]") !== null;
}

/** Escape that a message heard closes the dialog under it, unless the message itself or a menu that is open is meant. */
export function handEscapeOn(event: KeyboardEvent): void {
  const { target } = event;
  const inMessage = target instanceof Element && target.closest(".toasts") !== null;
  const close = open.at(-1);
  if (close === undefined || inMessage || document.querySelector("[data-radix-popper-content-wrapper]") !== null) return;
  event.preventDefault();
  if (!keepsEscape(event)) close();
}
