/**
 * A canvas that shows all of its layers goes on doing so when its room changes: the dock opens, a panel is drawn wider,
 * the window is made smaller. Once a person has panned or zoomed, the view is theirs and stays. Which of the two it is
 * is told by comparison: the view is fitted as long as it is still the one that the last fitting gave.
 */
import {
  getViewportForBounds,
  Position,
  type ReactFlowInstance,
  useNodesInitialized,
  useReactFlow,
  useStore,
  type Viewport,
} from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useDocument } from "../state/document.ts";
import { useSignals } from "../state/signals.ts";
import { isStillFitted } from "./still-fitted.ts";

/** The room that the controls at the lower left take is kept free. */
export const FIT = { maxZoom: 1, padding: { top: "24px", left: "16px", right: "16px", bottom: "56px" } } as const;

/** On a large screen a small network is drawn larger, up to this; where the canvas is narrower than this many pixels, at its size. */
const LARGEST = { zoom: 1.5, from: 1300 } as const;
/** Connections that go around and bubbles of problems stick out of the layers this far, in units of the canvas. */
const STICKS_OUT = 36;

export const MIN_ZOOM = 0.05;
/** After this the sizes of layers that have grown are known. */
const GROWN_MS = 150;
/** At the upper right of the canvas; the margin is React Flow's. */
export const MINI_MAP = { width: 150, height: 92, margin: 15 } as const;

/** As the last fitting left it; null before the first. */
let fitted: Viewport | null = null;
/** Whether a layer of that view lies where the mini-map would be. */
let mapHidesLayers = false;
/** Of the canvas, in pixels. */
let room = { width: 0, height: 0 };

type Steps = Pick<ReturnType<typeof useDocument.getState>, "acts" | "done">;
type Act = Steps["acts"][number];
type Fitting = Pick<ReactFlowInstance, "getNodes" | "getNodesBounds" | "setViewport" | "getViewport">;

/**
 * Shows all layers, and keeps showing them. By figures and not by React Flow's own fitting, which waits for a change of
 * the nodes that may never come.
 */
export async function fitAll(flow: Fitting, duration = 0): Promise<boolean> {
  const nodes = flow.getNodes();
  if (nodes.length === 0 || room.width === 0 || room.height === 0) return false;
  const layers = flow.getNodesBounds(nodes);
  const down = nodes.some(({ sourcePosition }) => sourcePosition === Position.Bottom);
  const bounds = down
    ? { ...layers, y: layers.y - STICKS_OUT, height: layers.height + 2 * STICKS_OUT }
    : { ...layers, x: layers.x - STICKS_OUT, width: layers.width + 2 * STICKS_OUT };
  // Inside a group the way out of it stands at the top.
  const padding = nodes.some(({ type }) => type === "gate") ? { ...FIT.padding, top: "60px" as const } : FIT.padding;
  const largest = Math.min(LARGEST.zoom, Math.max(FIT.maxZoom, room.width / LARGEST.from));
  const { x, y, zoom } = getViewportForBounds(bounds, room.width, room.height, MIN_ZOOM, largest, padding);
  const left = room.width - MINI_MAP.width - MINI_MAP.margin;
  const bottom = MINI_MAP.height + MINI_MAP.margin;
  mapHidesLayers = nodes.some((node) => {
    const at = flow.getNodesBounds([node.id]);
    return x + (at.x + at.width) * zoom > left && y + at.y * zoom < bottom;
  });
  // Known before the view changes: what is drawn by it asks at once.
  fitted = { x, y, zoom };
  return flow.setViewport(fitted, duration === 0 ? {} : { duration });
}

/** The last act that took the view with it, to what it had added. */
let carried: { readonly act: Act; readonly from: Viewport; readonly to: Viewport; readonly wasFitted: boolean } | null = null;

/**
 * Moves the view to what the last act has added. While nobody moves it further, taking the act back moves it back, and doing it again
 * moves it there again.
 */
export async function carryView(flow: Pick<ReactFlowInstance, "getViewport">, move: () => Promise<boolean>): Promise<void> {
  const { acts, done } = useDocument.getState();
  const act = acts[done - 1];
  const from = flow.getViewport();
  const wasFitted = isStillFitted(from, fitted);
  await move();
  if (act !== undefined) carried = { act, from, to: flow.getViewport(), wasFitted };
}

/** @returns the view that taking back or doing again leads to; null where it leads to none, "all" where all layers were in view */
function viewAfter(now: Steps, before: Steps, view: Viewport): Viewport | "all" | null {
  const place = carried === null ? -1 : now.acts.indexOf(carried.act);
  if (carried !== null && place >= 0) {
    const { from, to, wasFitted } = carried;
    if (before.done > place && now.done <= place && isStillFitted(view, to)) return wasFitted ? "all" : from;
    if (before.done <= place && now.done > place && isStillFitted(view, from) && !wasFitted) return to;
  }
  // An arrangement that is taken back would lie where the view no longer is.
  return isStillFitted(view, fitted) ? "all" : null;
}

/** Not where it would lie over layers while all of them are in view: it says nothing then that they do not. */
export function useNeedsMiniMap(): boolean {
  return useStore(({ transform: [x, y, zoom] }) => !mapHidesLayers || !isStillFitted({ x, y, zoom }, fitted));
}

/** @param atStart whether the canvas opens fitted, rather than with the view that it was left with */
export function useKeepFitted(atStart: boolean): void {
  const flow = useReactFlow();
  const measured = useNodesInitialized();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const signalled = useSignals((state) => state.layers.size > 0);
  const begun = useRef(false);
  useEffect(() => {
    // Known before all layers are measured: of many those out of sight never are, and Fit is wanted then.
    room = { width, height };
    if (!measured || width === 0 || height === 0) return;
    const first = !begun.current && atStart;
    begun.current = true;
    if (first || isStillFitted(flow.getViewport(), fitted)) void fitAll(flow);
  }, [flow, measured, width, height, atStart]);
  // Layers grow when the first signals of a training stand on them, and are measured when that is painted.
  useEffect(() => {
    if (!signalled) return undefined;
    const timer = setTimeout(() => {
      if (isStillFitted(flow.getViewport(), fitted)) void fitAll(flow);
    }, GROWN_MS);
    return () => clearTimeout(timer);
  }, [flow, signalled]);
  useEffect(
    () =>
      useDocument.subscribe((now, before) => {
        if (now.acts !== before.acts || now.done === before.done) return;
        const view = viewAfter(now, before, flow.getViewport());
        if (view !== null) requestAnimationFrame(() => void (view === "all" ? fitAll(flow) : flow.setViewport(view)));
      }),
    [flow],
  );
}
