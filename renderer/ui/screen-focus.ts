/**
 * Where the focus goes when what had it is gone: to the screen. Somebody who works by keys, or by ear, then goes on from the
 * screen's beginning; left to the browser, the focus would be nowhere and Tab would start at the top of the window.
 */

/** Whether nothing that a person works in has the focus: it is nowhere, or on the screen as a whole. */
export function focusIsFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement === document.querySelector("main");
}

/** Puts the focus on the screen, if nothing else has it. */
export function focusScreen(): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const screen = document.querySelector("main");
  if (screen === null) return;
  screen.tabIndex = -1;
  screen.focus({ preventScroll: true });
}
