/** Every run as a line through its options to its figure. Dragging along an axis keeps the runs in that stretch; keys do the same. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { clipped } from "../runs/Plot.tsx";
import { useSize } from "../training/use-size.ts";
import { useText } from "../ui/texts.ts";
import { type Axis, type Brush, brushAfterKey, isKept } from "./parallel-axes.ts";

const HEIGHT = 250;
const TOP = 34;
const FOOT = 18;
const SIDE = 70;
/** A drag shorter than this is a click: it clears the brush. */
const CLICK_PIXELS = 4;
/** About as wide is a letter of a name, in pixels. */
const LETTER = 6.6;

interface ParallelCoordinatesProps {
  axes: readonly Axis[];
  runs: readonly Run[];
  brushes: ReadonlyMap<string, Brush>;
  onBrush: (key: string, brush: Brush | null) => void;
  /** 0 for the worst, 1 for the best, null without a figure. */
  goodness: (run: Run) => number | null;
  active: string | null;
  onActivate: (id: string | null) => void;
}

export function ParallelCoordinates({ axes, runs, brushes, onBrush, goodness, active, onActivate }: ParallelCoordinatesProps) {
  const t = useText();
  const { ref, size } = useSize();
  const width = Math.max(300, size.width);
  const x = (place: number): number => SIDE + (axes.length < 2 ? 0 : (place * (width - 2 * SIDE)) / (axes.length - 1));
  const y = (at: number): number => TOP + (1 - at) * (HEIGHT - TOP - FOOT);
  const lines = runs.flatMap((run) => {
    const places = axes.map((axis) => axis.placeOf(run));
    const points = places.flatMap((at, k) => (at === null ? [] : [`${x(k)},${y(at)}`]));
    // A line goes on over options that a run does not have; of a single place there is none to draw.
    return points.length < 2 ? [] : [{ run, kept: isKept(run, axes, brushes), path: `M${points.join("L")}` }];
  });
  // Those that are kept lie above the others, the active one above all.
  const order = (line: (typeof lines)[number]): number => (line.run.id === active ? 2 : line.kept ? 1 : 0);
  const kept = lines.filter((line) => line.kept).length;
  if (lines.length === 0)
    return (
      <section className="parallel" ref={ref} aria-label={t("groups.parallel")}>
        <p className="muted">{t("groups.parallel_none")}</p>
      </section>
    );
  return (
    <section className="parallel" ref={ref} aria-label={t("groups.parallel")}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title would show as a hint over every line; the section has the name */}
      <svg width={width} height={HEIGHT}>
        {[...lines]
          .sort((a, b) => order(a) - order(b))
          .map(({ run, kept: isIn, path }) => (
            <path
              key={run.id}
              d={path}
              className={`parallel-line${isIn ? "" : " out"}${run.id === active ? " active" : ""}`}
              style={{ stroke: colourOf(goodness(run)) }}
              onPointerEnter={() => onActivate(run.id)}
            >
              <title>{run.name}</title>
            </path>
          ))}
        {axes.map((axis, place) => (
          <AxisLine
            key={axis.key}
            axis={axis}
            x={x(place)}
            y={y}
            room={axes.length < 2 ? width : (width - 2 * SIDE) / (axes.length - 1)}
            width={width}
            brush={brushes.get(axis.key)}
            onBrush={(brush) => onBrush(axis.key, brush)}
          />
        ))}
      </svg>
      <p className="faint">
        {t("groups.kept", { shown: kept, count: lines.length })} {t("groups.parallel_help")}
      </p>
    </section>
  );
}

function colourOf(goodness: number | null): string {
  if (goodness === null) return "var(--line-strong)";
  return `color-mix(in oklab, var(--series-1) ${Math.round(100 * goodness)}%, var(--series-2))`;
}

interface AxisLineProps {
  axis: Axis;
  x: number;
  y: (at: number) => number;
  /** As far as the next axis, in pixels. */
  room: number;
  /** Of the whole drawing. */
  width: number;
  brush: Brush | undefined;
  onBrush: (brush: Brush | null) => void;
}

function AxisLine({ axis, x, y, room, width, brush, onBrush }: AxisLineProps) {
  const t = useText();
  const start = useRef<number | null>(null);
  const [dragged, setDragged] = useState<Brush | null>(null);
  const placeAt = (event: PointerEvent<SVGGElement>): number => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    const pixels = event.clientY - (box?.top ?? 0);
    return Math.min(1, Math.max(0, 1 - (pixels - y(1)) / (y(0) - y(1))));
  };
  const shown = dragged ?? brush;
  const full = axis.log ? t("explore.axis_log", { name: axis.name }) : axis.name;
  const name = clipped(full, Math.max(10, Math.floor(room / LETTER)));
  // It stands over its axis, and moves inwards where it would stick out.
  const half = (name.length * LETTER) / 2;
  const finish = (event: PointerEvent<SVGGElement>): void => {
    if (start.current === null) return;
    const [from, to] = [start.current, placeAt(event)];
    start.current = null;
    setDragged(null);
    const isClick = Math.abs(from - to) * (y(0) - y(1)) < CLICK_PIXELS;
    onBrush(isClick ? null : [Math.min(from, to), Math.max(from, to)]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = brushAfterKey(brush, event.key, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onBrush(next);
  };
  const per = (at: number): string => `${Math.round(100 * at)} %`;
  const label =
    shown === undefined
      ? t("groups.axis_all", { name: axis.name })
      : t("groups.axis", { name: axis.name, low: per(shown[0]), high: per(shown[1]) });
  return (
    <g
      className="parallel-axis"
      role="slider"
      tabIndex={0}
      aria-label={axis.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * (shown?.[1] ?? 1))}
      aria-valuetext={label}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        // No text of the marks is selected by the drag.
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = placeAt(event);
      }}
      onPointerMove={(event) => {
        if (start.current !== null) setDragged([Math.min(start.current, placeAt(event)), Math.max(start.current, placeAt(event))]);
      }}
      onPointerUp={finish}
    >
      <rect className="parallel-grip" x={x - 14} y={y(1) - 6} width={28} height={y(0) - y(1) + 12} />
      <line x1={x} x2={x} y1={y(1)} y2={y(0)} />
      {shown !== undefined && (
        <rect className="parallel-brush" x={x - 7} y={y(shown[1])} width={14} height={Math.max(2, y(shown[0]) - y(shown[1]))} />
      )}
      <text className="parallel-name" x={Math.min(width - half, Math.max(half, x))} y={14}>
        {name}
        <title>{full}</title>
      </text>
      {axis.marks.map(({ at, text }) => (
        <text key={`${at} ${text}`} className="parallel-mark" x={x + 9} y={y(at) + 4}>
          {text}
        </text>
      ))}
    </g>
  );
}
