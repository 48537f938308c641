/**
 * Below a node, or above it where there is no room below (at its right or left where there is none above either, or connections leave below): what is wrong in whole sentences, and the button that mends it. Shown where the fix changes options or
 * adds a layer; what only wants a connection is said on the node and in the inspector, so that a layer just dropped is
 * not nagged and nothing lies over its neighbours. It can be put away until something else is wrong.
 */
import { type ReactFlowState, useStore } from "@xyflow/react";
import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import { fixesOf, type Problem } from "../../core/graph/problem.ts";
import { showInspectorTab } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { FixButtons } from "./FixButtons.tsx";

interface ProblemBubbleProps {
  nodeId: string;
  problem: Problem;
  /** How many more there are on this node. */
  others: number;
  /** At the right or left of the node. */
  beside: boolean;
  onHide: () => void;
}

export function ProblemBubble({ nodeId, problem, others, beside, onHide }: ProblemBubbleProps) {
  const t = useText();
  const language = useLanguage();
  const scale = useStore(({ transform: [, , zoom] }) => scaleAt(zoom));
  const { ref, aside, before, low, shift } = useSide(nodeId, beside, scale);
  const side = aside ? `${before ? " at-left" : " at-right"}${low ? " low" : ""}` : before ? " above" : "";
  return (
    <div
      ref={ref}
      className={`problem-bubble nodrag nopan ${problem.severity}${side}`}
      role="note"
      style={{ "--bubble-scale": scale, "--bubble-shift": `${shift}px` } as CSSProperties}
    >
      <IconButton small className="bubble-close" icon="close" label={t("common.close")} onClick={onHide} />
      <p>{errorText(problem.error, language)}</p>
      <div className="problem-acts">
        <FixButtons fixes={fixesOf(problem)} />
        {others > 0 && (
          <Button small onClick={() => showInspectorTab("checks")}>
            {t("canvas.more_problems", { count: others })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Where the canvas is drawn smaller than this, its bubbles are not: they are for reading. */
const READABLE = 0.75;
const LARGEST = 2.5;

/** In steps, so that not every frame of a zoom draws them anew. */
const scaleAt = (zoom: number): number => Math.round(20 * Math.min(LARGEST, Math.max(1, READABLE / zoom))) / 20;

/** Pixels of the window that the buttons of the canvas take at its lower edge. */
const BUTTONS = 48;
/** Pixels of the window that stay free beside a bubble. */
const EDGE = 6;
/** Pixels of the window that a bubble at least has in common with its node. */
const TOUCH = 40;
/** Of the canvas, between node and bubble. */
const GAP = 18;

/** Where there is room in what is seen of the canvas: above or at the left (`before`), else below or at the right, where there is none either way. */
function useSide(nodeId: string, whereLeavingBelow: boolean, scale: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0, buttonsEnd: 0, mapStart: Number.POSITIVE_INFINITY, mapFoot: 0 });
  // Its words decide how high it is, and they may change with every render.
  useLayoutEffect(() => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = ref.current ?? {};
    const buttons = document.querySelector<HTMLElement>(".canvas-controls");
    const buttonsEnd = buttons === null ? 0 : buttons.offsetLeft + buttons.offsetWidth;
    const map = document.querySelector<HTMLElement>(".react-flow__minimap");
    const mapStart = map?.offsetLeft ?? Number.POSITIVE_INFINITY;
    const mapFoot = map === null ? 0 : map.offsetTop + map.offsetHeight;
    const next = { width, height, buttonsEnd, mapStart, mapFoot };
    if (Object.entries(next).some(([name, value]) => size[name as keyof typeof size] !== value)) setSize(next);
  });
  // Above its node it moves to the left of the small map, as long as it still is above its node then.
  const headAt = (place: Place): number => (place.left + TOUCH <= size.mapStart ? 0 : size.mapFoot);
  const footAt = (state: ReactFlowState, place: Place): number => {
    // Right of the buttons the canvas is free down to its edge.
    const wide = size.width * scale * place.zoom;
    const left = Math.min((place.left + place.right - wide) / 2, state.width - wide - EDGE);
    return state.height - (left + EDGE >= size.buttonsEnd ? EDGE : BUTTONS);
  };
  // With no room above or below, under the buttons it could not be read: then beside the node, where there is room for that.
  const aside = useStore((state) => {
    const place = placeOf(state, nodeId);
    if (whereLeavingBelow || place === null) return whereLeavingBelow;
    const [wide, high] = [size.width, size.height].map((length) => (length * scale + GAP) * place.zoom) as [number, number];
    const seen = place.bottom > 0 && place.top < state.height && place.bottom < state.height;
    const fits = place.bottom + high <= footAt(state, place) || place.top - headAt(place) >= high;
    return seen && !fits && (place.right + wide <= state.width || place.left >= wide);
  });
  const before = useStore((state) => {
    const place = placeOf(state, nodeId);
    if (place === null) return false;
    const needed = ((aside ? size.width : size.height) * scale + GAP) * place.zoom;
    const [start, end, room] = aside
      ? [place.left, place.right, state.width]
      : [place.top - headAt(place), place.bottom, footAt(state, place)];
    return end + needed > room && end < (aside ? state.width : state.height) && start >= needed;
  });
  // Beside the node it begins at its top, and ends at its foot where it would go out of view.
  const low = useStore((state) => {
    const place = placeOf(state, nodeId);
    if (!aside || place === null) return false;
    const foot = whereLeavingBelow ? state.height : state.height - BUTTONS;
    return place.top + size.height * scale * place.zoom > foot;
  });
  // Below or above it stands in the middle of the node, and moves aside where it would go out of view.
  const shift = useStore((state) => {
    const place = aside ? null : placeOf(state, nodeId);
    if (place === null) return 0;
    const middle = (place.left + place.right) / 2;
    const half = (size.width * scale * place.zoom) / 2 + EDGE;
    if (middle < 0 || middle > state.width || 2 * half > state.width) return 0;
    const underMap = before && place.top - (size.height * scale + GAP) * place.zoom < size.mapFoot;
    const end = underMap ? Math.min(state.width, size.mapStart) : state.width;
    return Math.round((Math.max(half, Math.min(end - half, middle)) - middle) / place.zoom);
  });
  return { ref, aside, before, low, shift };
}

type Place = NonNullable<ReturnType<typeof placeOf>>;

/** In pixels of what is seen of the canvas. */
function placeOf({ nodeLookup, transform: [x, y, zoom] }: ReactFlowState, nodeId: string) {
  const node = nodeLookup.get(nodeId);
  if (node === undefined) return null;
  const { positionAbsolute: at } = node.internals;
  const { width = 0, height = 0 } = node.measured;
  const [left, top] = [at.x * zoom + x, at.y * zoom + y];
  return { left, top, right: left + width * zoom, bottom: top + height * zoom, zoom };
}
