/** The view without a mouse: arrows move it where nothing is chosen, and what the focus comes to by Tab is brought into it. */
import { currentFlow } from "./canvas-state.ts";
import { showPlaces } from "./edits.ts";

/** Pixels of the window, of one press. */
const STEP = 60;
const LONG_STEP = 300;

/** In the canvas, or around it: in a panel beside it arrows scroll. */
export function isOfCanvas(target: EventTarget | null): boolean {
  const canvas = document.querySelector(".react-flow");
  return canvas !== null && target instanceof Node && (canvas.contains(target) || target.contains(canvas));
}

/** @param x, y which way: −1, 0 or 1 */
export function panView([x, y]: readonly [number, number], far: boolean): void {
  const flow = currentFlow();
  if (flow === null) return;
  const step = far ? LONG_STEP : STEP;
  const view = flow.getViewport();
  void flow.setViewport({ ...view, x: view.x - x * step, y: view.y - y * step });
}

/** React Flow would do it itself, and take the arrows for moving layers too: its keys are off. */
export function showFocused({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || !target.matches(".react-flow__node:focus-visible")) return;
  const place = currentFlow()?.getNode(target.dataset["id"] ?? "")?.position;
  if (place !== undefined) showPlaces([place]);
}
