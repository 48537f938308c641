/**
 * What lies over the lines: each run's mark at the end of its line, and the cursor with its values. All charts share one
 * cursor; it follows the pointer over any of them, or the arrow keys.
 */
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef, useState } from "react";
import { MarkPath, RunMark } from "../runs/RunMark.tsx";
import { lookOf, useRunPlaces } from "../runs/run-colours.ts";
import { formatFigure } from "../ui/format.ts";
import { type Translate, useText } from "../ui/texts.ts";
import { panned, zoomed } from "./axes.ts";
import { type ChartLine, type ChartModel, type ChartPoint, lastValue, nearestPoint } from "./chart-lines.ts";
import { type ChartSettings, moveCursor, setZoom, useCursor, useZoom } from "./chart-settings.ts";
import { formatX } from "./chart-words.ts";
import { type PlotGeometry, plotGeometry } from "./plot-geometry.ts";

interface ChartCursorProps {
  title: string;
  model: ChartModel;
  settings: ChartSettings;
  width: number;
  height: number;
}

/** Share of the axis that an arrow key moves. */
const KEY_STEP = 0.02;
/** Pixels that are meant as a stretch, not as a click. */
const LEAST_BRUSH = 5;
/** How much nearer one key comes. */
const ZOOM_STEP = 0.5;
/** Share of the axis that it is moved by with Shift. */
const PAN_STEP = 0.2;

/** In pixels, from where it began. */
interface Brush {
  readonly from: number;
  readonly to: number;
}

/** + and − around the cursor, Shift and arrows along, 0 for the whole. @returns whether the key was one of them */
function zoomByKey({ key, shiftKey }: KeyboardEvent, { x, whole }: ChartModel): boolean {
  const around = useCursor.getState().x ?? (x[0] + x[1]) / 2;
  if (key === "+" || key === "=") setZoom(zoomed(x, whole, around, ZOOM_STEP));
  else if (key === "-") setZoom(zoomed(x, whole, around, 1 / ZOOM_STEP));
  else if (key === "0") setZoom(null);
  else if (shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
    if (useZoom.getState().range !== null) setZoom(panned(x, whole, (key === "ArrowLeft" ? -1 : 1) * PAN_STEP * (x[1] - x[0])));
  } else return false;
  return true;
}

function moveByKey({ key }: KeyboardEvent, [low, high]: ChartModel["x"]): boolean {
  const to = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (to === undefined) return false;
  const from = useCursor.getState().x ?? (to > 0 ? low : high);
  moveCursor(Math.min(high, Math.max(low, from + to * KEY_STEP * (high - low))));
  return true;
}

export const ChartCursor = memo(function ChartCursor({ title, model, settings, width, height }: ChartCursorProps) {
  const t = useText();
  const frame = plotGeometry(model, settings, width, height);
  const [low, high] = model.x;
  const [brush, setBrush] = useState<Brush | null>(null);
  const pixelOf = (event: PointerEvent<HTMLDivElement>): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const pixel = pixelOf(event);
    if (event.button !== 0 || pixel < frame.left || pixel > frame.right) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setBrush({ from: pixel, to: pixel });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const pixel = pixelOf(event);
    if (brush !== null) setBrush({ from: brush.from, to: Math.max(frame.left, Math.min(frame.right, pixel)) });
    moveCursor(pixel < frame.left || pixel > frame.right ? null : frame.valueAt(pixel));
  };
  const onPointerUp = (): void => {
    setBrush(null);
    if (brush === null || Math.abs(brush.to - brush.from) < LEAST_BRUSH) return;
    const [from, to] = [frame.valueAt(brush.from), frame.valueAt(brush.to)];
    setZoom([Math.min(from, to), Math.max(from, to)]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const acted = zoomByKey(event, model) || moveByKey(event, model.x);
    if (event.key === "Escape") moveCursor(null);
    if (!acted) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const finals = model.lines.map((line) =>
    t("charts.line_value", { run: line.runName, part: t(`charts.part.${line.part}`), value: shown(lastValue(line.points)) }),
  );
  const slider = useRef<HTMLDivElement>(null);
  // Said to whoever moves it by keys, without drawing every chart anew at each move of the pointer.
  useEffect(
    () =>
      useCursor.subscribe(({ x }) => {
        if (slider.current === null || document.activeElement !== slider.current) return;
        slider.current.setAttribute("aria-valuenow", String(x ?? high));
        slider.current.setAttribute("aria-valuetext", x === null ? "" : textAt(x, model, settings, t));
      }),
    [model, settings, high, t],
  );
  return (
    <div
      ref={slider}
      className="plot-cursor"
      role="slider"
      tabIndex={0}
      aria-label={t("charts.described", { metric: title, values: finals.join(", ") })}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={high}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setBrush(null)}
      onDoubleClick={() => setZoom(null)}
      onPointerLeave={() => moveCursor(null)}
      onBlur={() => moveCursor(null)}
      onKeyDown={onKeyDown}
    >
      <svg width={width} height={height} aria-hidden="true">
        <EndMarks lines={model.lines} frame={frame} />
        <CursorLine lines={model.lines} frame={frame} />
        {brush !== null && (
          <rect
            className="zoom-brush"
            x={Math.min(brush.from, brush.to)}
            width={Math.abs(brush.to - brush.from)}
            y={frame.top}
            height={Math.max(0, frame.bottom - frame.top)}
          />
        )}
      </svg>
      {/* Over the stretch that is being brushed it would hide what is chosen. */}
      {!settings.values && brush === null && <CursorValues model={model} frame={frame} settings={settings} />}
    </div>
  );
});

/** Where the cursor stands, and the value of every line there. */
function textAt(x: number, { lines }: ChartModel, settings: ChartSettings, t: Translate): string {
  const place = t("charts.point_at", { axis: t(`charts.axis.${settings.xAxis}`), x: formatX(x, settings.xAxis) });
  const values = lines.map((line) =>
    t("charts.line_value", {
      run: line.runName,
      part: t(`charts.part.${line.part}`),
      value: shown(nearestPoint(line.points, x)?.y ?? null),
    }),
  );
  return [place, ...values].join(", ");
}

/** A value beyond the axis (an outlier that is left out) is marked at its edge. */
function inside(pixel: number, { top, bottom }: PlotGeometry): number {
  return Math.min(bottom, Math.max(top, pixel));
}

function shown(value: number | null): string {
  return value === null ? "–" : formatFigure(value);
}

function lastPoint(points: readonly ChartPoint[]): ChartPoint | null {
  return nearestPoint(points, Number.POSITIVE_INFINITY);
}

/** One mark a run: at the end of its validation line, or of the only one it has. */
function EndMarks({ lines, frame }: { lines: readonly ChartLine[]; frame: PlotGeometry }) {
  const places = useRunPlaces();
  const ofRun = new Map<string, ChartLine>();
  for (const line of lines) ofRun.set(line.runId, line);
  return [...ofRun.values()].map((line) => {
    const point = lastPoint(line.points);
    const at = places.get(line.runId);
    if (point === null || point.y === null || at === undefined) return null;
    // Of a zoomed line the end may lie beyond the edge.
    if (frame.xOf(point.x) > frame.right + 1 || frame.xOf(point.x) < frame.left - 1) return null;
    return <MarkPath key={line.key} look={lookOf(at)} x={frame.xOf(point.x)} y={inside(frame.yOf(point.y), frame)} />;
  });
}

function CursorLine({ lines, frame }: { lines: readonly ChartLine[]; frame: PlotGeometry }) {
  const x = useCursor((state) => state.x);
  const places = useRunPlaces();
  if (x === null) return null;
  const pixel = frame.xOf(x);
  if (pixel < frame.left - 1 || pixel > frame.right + 1) return null;
  return (
    <g>
      <line x1={pixel} x2={pixel} y1={frame.top} y2={frame.bottom} stroke="var(--ink3)" strokeDasharray="2 2" />
      {lines.map((line) => {
        const point = line.part === "batch" ? null : nearestPoint(line.points, x);
        if (point === null || point.y === null) return null;
        return (
          <circle
            key={line.key}
            cx={frame.xOf(point.x)}
            cy={inside(frame.yOf(point.y), frame)}
            r={3}
            fill="var(--panel)"
            stroke={lookOf(places.get(line.runId) ?? 0).colour}
            strokeWidth={1.5}
          />
        );
      })}
    </g>
  );
}

/** Beside the pointer; not where the table of values says the same. */
function CursorValues({ model, frame, settings }: { model: ChartModel; frame: PlotGeometry; settings: ChartSettings }) {
  const { lines } = model;
  const t = useText();
  const x = useCursor((state) => state.x);
  if (x === null || lines.length === 0) return null;
  const pixel = frame.xOf(x);
  if (pixel < frame.left - 1 || pixel > frame.right + 1) return null;
  const onLeft = pixel > (frame.left + frame.right) / 2;
  const several = new Set(lines.map((line) => line.runId)).size > 1;
  return (
    <div
      className={onLeft ? "cursor-values on-left" : "cursor-values"}
      style={onLeft ? { right: `calc(100% - ${pixel - 8}px)` } : { left: pixel + 8 }}
    >
      <span className="faint">
        {t("charts.point_at", { axis: t(`charts.axis.${settings.xAxis}`), x: formatX(x, settings.xAxis, model.x) })}
      </span>
      {[...lines].reverse().map((line) => {
        const point = nearestPoint(line.points, x);
        return (
          <span key={line.key} className="cursor-value">
            <RunMark runId={line.runId} size={11} />
            <span className="clip">
              {several ? `${line.runName} ` : ""}
              {t(`charts.part.${line.part}`)}
            </span>
            <b className="number">{shown(point?.y ?? null)}</b>
          </span>
        );
      })}
    </div>
  );
}
