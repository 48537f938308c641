/**
 * At a node: what is wrong in whole sentences, and the button that mends it. Shown where the fix changes options or adds a layer; what
 * only wants a connection is said on the node and in the inspector, so that a layer just dropped is not nagged. It can be put away
 * until something else is wrong.
 */
import { type ReactFlowState, useStore } from "@xyflow/react";
import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import { create } from "zustand";
import { fixesOf, type Problem } from "../../core/graph/problem.ts";
import { showInspectorTab } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { type Box, bubblePlace, reachOf } from "./bubble-place.ts";
import { FixButtons } from "./FixButtons.tsx";

interface ProblemBubbleProps {
  nodeId: string;
  problem: Problem;
  /** How many more there are on this node. */
  others: number;
  /** At the right or left of the node: connections leave below. */
  beside: boolean;
  onHide: () => void;
}

export function ProblemBubble({ nodeId, problem, others, beside, onHide }: ProblemBubbleProps) {
  const t = useText();
  const language = useLanguage();
  const scale = useStore(({ transform: [, , zoom] }) => scaleAt(zoom));
  const { ref, left, top, line } = useStand(nodeId, beside, scale);
  return (
    <>
      <svg className={`bubble-line ${problem.severity}`} aria-hidden="true">
        <polyline points={line} />
      </svg>
      <div
        ref={ref}
        className={`problem-bubble nodrag nopan ${problem.severity}`}
        role="note"
        style={{ left, top, "--bubble-scale": scale } as CSSProperties}
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
    </>
  );
}

/** Where the canvas is drawn smaller than this, its bubbles are not: they are for reading. */
const READABLE = 0.75;
const LARGEST = 2.5;

/** In steps, so that not every frame of a zoom draws them anew. */
const scaleAt = (zoom: number): number => Math.round(20 * Math.min(LARGEST, Math.max(1, READABLE / zoom))) / 20;

/** Of the canvas, between node and bubble. */
const GAP = 18;
/** Pixels of the window between two bubbles. */
const APART = 4;

interface Size {
  readonly width: number;
  readonly height: number;
  readonly taken: readonly Box[];
}

/** In units of the canvas from the upper left corner of its layer. */
interface Stand {
  readonly left: number;
  readonly top: number;
  readonly line: string;
}

/** Where bubbles stand, in units of the canvas, by the id of the layer: each keeps clear of those of the layers before its own. */
const usePlaced = create<ReadonlyMap<string, Box>>()(() => new Map());

const sameSize = (a: Size, b: Size): boolean => JSON.stringify(a) === JSON.stringify(b);
const sameStand = (a: Stand, b: Stand): boolean => a.left === b.left && a.top === b.top && a.line === b.line;

/** Where it stands in what is seen of the canvas (bubble-place.ts), and the line that leads there. */
function useStand(nodeId: string, beside: boolean, scale: number) {
  const ref = useRef<HTMLDivElement>(null);
  const placed = usePlaced();
  const [size, setSize] = useState<Size>({ width: 0, height: 0, taken: [] });
  // Its words decide how high it is, and they may change with every render.
  useLayoutEffect(() => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = ref.current ?? {};
    const next = { width, height, taken: [".canvas-controls", ".react-flow__minimap"].flatMap(boxOnCanvas) };
    if (!sameSize(size, next)) setSize(next);
  });
  const stand = useStore((state): Stand => {
    const node = boxOf(state, nodeId);
    if (node === null) return { left: 0, top: 0, line: "" };
    const [panX, panY, zoom] = state.transform;
    const onScreen = ({ left, top, right, bottom }: Box): Box => ({
      left: left * zoom + panX - APART,
      top: top * zoom + panY - APART,
      right: right * zoom + panX + APART,
      bottom: bottom * zoom + panY + APART,
    });
    const bubble = { width: size.width * scale * zoom, height: size.height * scale * zoom };
    const reach = reachOf(bubble);
    const layers: Box[] = [];
    const before: Box[] = [];
    let isBefore = true;
    for (const id of state.nodeLookup.keys()) {
      if (id === nodeId) isBefore = false;
      else {
        const box = boxOf(state, id, node, reach);
        if (box !== null) layers.push(box);
        const words = isBefore ? placed.get(id) : undefined;
        if (words !== undefined) before.push(words);
      }
    }
    const place = bubblePlace({
      view: { width: state.width, height: state.height },
      node,
      bubble,
      layers,
      taken: [...size.taken, ...before.map(onScreen)],
      gap: GAP * zoom,
      beside,
    });
    const [x, y] = [(at: number) => Math.round((at - node.left) / zoom), (at: number) => Math.round((at - node.top) / zoom)];
    return { left: x(place.left), top: y(place.top), line: place.line.map(([px, py]) => `${x(px)},${y(py)}`).join(" ") };
  }, sameStand);
  const at = useStore((state) => state.nodeLookup.get(nodeId)?.internals.positionAbsolute);
  useLayoutEffect(() => {
    if (at === undefined) return undefined;
    const [left, top] = [at.x + stand.left, at.y + stand.top];
    const box = { left, top, right: left + size.width * scale, bottom: top + size.height * scale };
    usePlaced.setState((known) => new Map(known).set(nodeId, box), true);
    return () => usePlaced.setState((known) => new Map([...known].filter(([id]) => id !== nodeId)), true);
  }, [nodeId, at, stand.left, stand.top, size.width, size.height, scale]);
  return { ref, ...stand };
}

/** What covers the canvas there, if anything does. */
function boxOnCanvas(selector: string): readonly Box[] {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) return [];
  const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = element;
  return [{ left, top, right: left + offsetWidth, bottom: top + offsetHeight }];
}

/**
 * Of a layer or a collapsed group, in pixels of what is seen of the canvas; null for what may be written over, and for what is farther
 * than `reach` from `around`.
 */
function boxOf({ nodeLookup, transform: [x, y, zoom] }: ReactFlowState, id: string, around?: Box, reach = 0): Box | null {
  const node = nodeLookup.get(id);
  // An open group and notes lie behind the layers.
  const isBehind = node?.type === "annotation" || (node?.type === "frame" && node.data["frame"] !== null);
  if (node === undefined || isBehind) return null;
  const { positionAbsolute: at } = node.internals;
  const { width = 0, height = 0 } = node.measured;
  const left = at.x * zoom + x;
  const top = at.y * zoom + y;
  const right = left + width * zoom;
  const bottom = top + height * zoom;
  if (around !== undefined && (left > around.right + reach || right < around.left - reach)) return null;
  if (around !== undefined && (top > around.bottom + reach || bottom < around.top - reach)) return null;
  return { left, top, right, bottom };
}
