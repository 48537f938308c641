/**
 * The mini-map of a large design: one line a colour in place of a shape a layer, which React Flow would ask one by one for every frame.
 * The same to use: dragged it moves the view, by the wheel it zooms.
 */
import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useMemo, useRef, useState, type WheelEvent } from "react";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import type { FlowNode } from "./flow-elements.ts";
import { MINI_MAP } from "./keep-fitted.ts";

const SIZE = { width: MINI_MAP.width, height: MINI_MAP.height };
/** Around everything, in pixels of the map. */
const EDGE = 5;
/** How far one notch of the wheel zooms, as on React Flow's map. */
const NOTCH = 0.01;

/** While layers are dragged they are followed this often, in milliseconds. */
const FOLLOWED_MS = 200;

interface LargeMiniMapProps {
  readonly nodes: readonly FlowNode[];
  readonly colourOf: (node: FlowNode) => string;
  readonly label: string;
}

export const LargeMiniMap = memo(function LargeMiniMap({ nodes, colourOf, label }: LargeMiniMapProps) {
  const flow = useReactFlow();
  const x = useStore((state) => -state.transform[0] / state.transform[2]);
  const y = useStore((state) => -state.transform[1] / state.transform[2]);
  const width = useStore((state) => state.width / state.transform[2]);
  const height = useStore((state) => state.height / state.transform[2]);
  const followed = useNowAndThen(nodes);
  const { bounds, drawing } = useMemo(() => drawingOf(followed, colourOf), [followed, colourOf]);
  const dragged = useRef(false);
  const left = Math.min(bounds.left, x);
  const top = Math.min(bounds.top, y);
  const right = Math.max(bounds.right, x + width);
  const bottom = Math.max(bounds.bottom, y + height);
  const scale = Math.max((right - left) / SIZE.width, (bottom - top) / SIZE.height);
  const whole = { width: (SIZE.width + 2 * EDGE) * scale, height: (SIZE.height + 2 * EDGE) * scale };
  const from = { x: (left + right - whole.width) / 2, y: (top + bottom - whole.height) / 2 };
  const drag = ({ movementX, movementY }: PointerEvent): void => {
    if (!dragged.current) return;
    const view = flow.getViewport();
    const step = scale * view.zoom;
    void flow.setViewport({ ...view, x: view.x - movementX * step, y: view.y - movementY * step });
  };
  return (
    <Panel position="top-right" className="react-flow__minimap" style={SIZE}>
      <svg
        {...SIZE}
        className="react-flow__minimap-svg"
        role="img"
        aria-label={label}
        viewBox={`${from.x} ${from.y} ${whole.width} ${whole.height}`}
        style={{ touchAction: "none" }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = true;
        }}
        onPointerMove={drag}
        onPointerUp={() => {
          dragged.current = false;
        }}
        onPointerCancel={() => {
          dragged.current = false;
        }}
        onWheel={({ deltaY, deltaMode }: WheelEvent) =>
          void flow.zoomTo(flow.getZoom() * 2 ** (-deltaY * NOTCH * (deltaMode === 1 ? 25 : deltaMode === 2 ? 500 : 1)))
        }
      >
        {drawing}
        <path
          className="react-flow__minimap-mask"
          fillRule="evenodd"
          pointerEvents="none"
          style={{ strokeWidth: 2 * scale }}
          d={`M${from.x} ${from.y}h${whole.width}v${whole.height}h${-whole.width}zM${x} ${y}h${width}v${height}h${-width}z`}
        />
      </svg>
    </Panel>
  );
});

/** The value as it was at most FOLLOWED_MS ago. */
function useNowAndThen<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    latest.current = value;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      setShown(latest.current);
    }, FOLLOWED_MS);
  }, [value]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}

/** All layers, and what they lie within. */
function drawingOf(nodes: readonly FlowNode[], colourOf: LargeMiniMapProps["colourOf"]) {
  const bounds = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  const paths = new Map<string, string>();
  for (const node of nodes) {
    const { x, y } = node.position;
    const width = node.measured?.width ?? NODE_WIDTH;
    const height = node.measured?.height ?? NODE_HEIGHT;
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x + width);
    bounds.bottom = Math.max(bounds.bottom, y + height);
    const colour = colourOf(node);
    paths.set(colour, `${paths.get(colour) ?? ""}M${x} ${y}h${width}v${height}h${-width}z`);
  }
  const drawing = [...paths].map(([colour, path]) => <path key={colour} d={path} style={{ fill: colour }} />);
  return { bounds, drawing };
}
