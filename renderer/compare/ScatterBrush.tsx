/**
 * The rectangle by which runs are chosen in the scatter: dragged over the plot, or a stretch of one axis dragged along it; by keys each
 * axis as in the parallel coordinates, whose stretches these are. It lies beneath the marks of the runs.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, type SVGProps, useRef, useState } from "react";
import { type Axis, type Brush, brushAfterKey } from "../sweeps/parallel-axes.ts";
import { useText } from "../ui/texts.ts";

/** A drag shorter than this is a click: it clears the rectangle. */
const CLICK_PIXELS = 4;
/** How far the grip of an axis reaches over and under it, in pixels. */
const GRIP = 8;
/** The keys of an axis that goes up. */
const ALONG: Readonly<Record<string, string>> = { ArrowRight: "ArrowUp", ArrowLeft: "ArrowDown" };

/** A stretch of each axis; null is all of it. */
export type BrushChange = ReadonlyMap<string, Brush | null>;

interface ScatterBrushProps {
  x: Axis;
  y: Axis;
  brushes: ReadonlyMap<string, Brush>;
  onBrush: (change: BrushChange) => void;
  /** Of the plot, in pixels of the drawing. */
  plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}
const ALL: Brush = [0, 1];
const between = (from: number, to: number): Brush => [Math.min(from, to), Math.max(from, to)];

export function ScatterBrush({ x, y, brushes, onBrush, plot }: ScatterBrushProps) {
  const start = useRef<Corner | null>(null);
  const [dragged, setDragged] = useState<{ readonly x: Brush; readonly y: Brush } | null>(null);
  const [width, height] = [plot.right - plot.left, plot.bottom - plot.top];
  const cornerAt = (event: PointerEvent<SVGElement>): Corner => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    const share = (pixels: number): number => Math.min(1, Math.max(0, pixels));
    return {
      x: share((event.clientX - (box?.left ?? 0) - plot.left) / width),
      y: share((plot.bottom - event.clientY + (box?.top ?? 0)) / height),
    };
  };
  const [acrossNow, upNow] = [brushes.get(x.key), brushes.get(y.key)];
  const drag = (which: readonly ("x" | "y")[]) => ({
    onPointerDown: (event: PointerEvent<SVGElement>): void => {
      if (event.button !== 0) return;
      // No text of the marks is selected by the drag.
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = cornerAt(event);
    },
    onPointerMove: (event: PointerEvent<SVGElement>): void => {
      if (start.current === null) return;
      const [from, to] = [start.current, cornerAt(event)];
      setDragged({
        x: which.includes("x") ? between(from.x, to.x) : (acrossNow ?? ALL),
        y: which.includes("y") ? between(from.y, to.y) : (upNow ?? ALL),
      });
    },
    onPointerUp: (event: PointerEvent<SVGElement>): void => {
      if (start.current === null) return;
      const [from, to] = [start.current, cornerAt(event)];
      start.current = null;
      setDragged(null);
      const far = { x: Math.abs(to.x - from.x) * width, y: Math.abs(to.y - from.y) * height };
      const isClick = which.every((axis) => far[axis] < CLICK_PIXELS);
      onBrush(new Map(which.map((axis) => [{ x, y }[axis].key, isClick ? null : between(from[axis], to[axis])])));
    },
    onPointerCancel: (): void => {
      start.current = null;
      setDragged(null);
    },
  });
  const shown = dragged ?? (acrossNow === undefined && upNow === undefined ? null : { x: acrossNow ?? ALL, y: upNow ?? ALL });
  return (
    <g className="scatter-brush">
      <rect className="scatter-ground" x={plot.left} y={plot.top} width={width} height={height} {...drag(["x", "y"])} />
      {shown !== null && (
        <rect
          className="parallel-brush"
          pointerEvents="none"
          x={plot.left + shown.x[0] * width}
          width={Math.max(2, (shown.x[1] - shown.x[0]) * width)}
          y={plot.bottom - shown.y[1] * height}
          height={Math.max(2, (shown.y[1] - shown.y[0]) * height)}
        />
      )}
      <AxisGrip axis={x} brush={acrossNow} onBrush={onBrush} along {...drag(["x"])}>
        <rect className="parallel-grip" x={plot.left} width={width} y={plot.bottom - GRIP} height={2 * GRIP} />
        <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
      </AxisGrip>
      <AxisGrip axis={y} brush={upNow} onBrush={onBrush} {...drag(["y"])}>
        <rect className="parallel-grip" x={plot.left - GRIP} width={2 * GRIP} y={plot.top} height={height} />
        <line x1={plot.left} x2={plot.left} y1={plot.top} y2={plot.bottom} />
      </AxisGrip>
    </g>
  );
}

interface AxisGripProps extends Pick<SVGProps<SVGGElement>, "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"> {
  axis: Axis;
  brush: Brush | undefined;
  onBrush: (change: BrushChange) => void;
  /** Goes to the right. */
  along?: boolean;
  children: ReactNode;
}

function AxisGrip({ axis, brush, onBrush, along = false, children, ...drag }: AxisGripProps) {
  const t = useText();
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = brushAfterKey(brush, along ? (ALONG[event.key] ?? (event.key === "Escape" ? event.key : "")) : event.key, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onBrush(new Map([[axis.key, next]]));
  };
  const per = (at: number): string => `${Math.round(100 * at)} %`;
  return (
    <g
      className={along ? "parallel-axis along" : "parallel-axis"}
      role="slider"
      tabIndex={0}
      aria-label={axis.name}
      aria-orientation={along ? "horizontal" : "vertical"}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * (brush?.[1] ?? 1))}
      aria-valuetext={
        brush === undefined
          ? t("groups.axis_all", { name: axis.name })
          : t("groups.axis", { name: axis.name, low: per(brush[0]), high: per(brush[1]) })
      }
      onKeyDown={onKeyDown}
      {...drag}
    >
      {children}
    </g>
  );
}
