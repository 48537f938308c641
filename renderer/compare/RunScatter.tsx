/** Runs as marks over two of their properties. The pointer or the arrow keys go from run to run, Enter or a click opens one; a rectangle chooses some. */
import { type KeyboardEvent, useId } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { MarkPath } from "../runs/RunMark.tsx";
import { lookOf, useRunPlaces } from "../runs/run-colours.ts";
import type { Brush } from "../sweeps/parallel-axes.ts";
import { useSize } from "../training/use-size.ts";
import { useText } from "../ui/texts.ts";
import type { ComparedAxis } from "./compare-axes.ts";
import { type BrushChange, ScatterBrush } from "./ScatterBrush.tsx";

const HEIGHT = 300;
const LEFT = 90;
const RIGHT = 40;
const TOP = 16;
const FOOT = 42;

interface RunScatterProps {
  runs: readonly Run[];
  x: ComparedAxis;
  y: ComparedAxis;
  brushes: ReadonlyMap<string, Brush>;
  onBrush: (change: BrushChange) => void;
  /** Whether a run lies in every stretch that was chosen, those of other axes too. */
  isKept: (run: Run) => boolean;
  active: string | null;
  onActivate: (id: string | null) => void;
  onOpen: (id: string) => void;
}

export function RunScatter({ runs, x, y, brushes, onBrush, isKept, active, onActivate, onOpen }: RunScatterProps) {
  const t = useText();
  const help = useId();
  const { ref, size } = useSize();
  const looks = useRunPlaces();
  const width = Math.max(280, size.width);
  const xOf = (at: number): number => LEFT + at * (width - LEFT - RIGHT);
  const yOf = (at: number): number => HEIGHT - FOOT - at * (HEIGHT - TOP - FOOT);
  const points = runs
    .flatMap((run) => {
      const [across, up] = [x.placeOf(run), y.placeOf(run)];
      return across === null || up === null ? [] : [{ run, across, up }];
    })
    .sort((a, b) => a.across - b.across || a.up - b.up);
  const place = points.findIndex(({ run }) => run.id === active);
  const shown = points[place];
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: points.length - 1 }[event.key];
    if (event.key === "Enter" && shown !== undefined) onOpen(shown.run.id);
    else if (to !== undefined) onActivate(points[Math.min(points.length - 1, Math.max(0, to))]?.run.id ?? null);
    else return;
    event.preventDefault();
  };
  return (
    <section
      className="run-scatter"
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go from run to run while the chart has the focus
      tabIndex={0}
      aria-label={t("explore.scatter_of", { x: x.name, y: y.name })}
      aria-describedby={help}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title would show as a hint over every mark; the section has the name */}
      <svg width={width} height={HEIGHT}>
        {x.marks.map(({ at, text }) => (
          <g key={`${at} ${text}`}>
            <line className="scatter-grid" x1={xOf(at)} x2={xOf(at)} y1={yOf(0)} y2={yOf(1)} />
            <text className="scatter-mark" x={xOf(at)} y={HEIGHT - FOOT + 16} textAnchor="middle">
              {text}
            </text>
          </g>
        ))}
        {y.marks.map(({ at, text }) => (
          <g key={`${at} ${text}`}>
            <line className="scatter-grid" x1={xOf(0)} x2={xOf(1)} y1={yOf(at)} y2={yOf(at)} />
            <text className="scatter-mark" x={LEFT - 18} y={yOf(at) + 4} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        <text className="scatter-name" x={(LEFT + width - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
          {x.log ? t("explore.log", { name: x.name }) : x.name}
        </text>
        {y.log && (
          <text className="scatter-name" x={LEFT + 6} y={TOP - 4}>
            {t("explore.log", { name: y.name })}
          </text>
        )}
        <ScatterBrush x={x} y={y} brushes={brushes} onBrush={onBrush} plot={{ left: xOf(0), right: xOf(1), top: yOf(1), bottom: yOf(0) }} />
        {points.map(({ run, across, up }) => (
          <g
            key={run.id}
            className={isKept(run) ? "scatter-point" : "scatter-point out"}
            onPointerEnter={() => onActivate(run.id)}
            onPointerDown={() => onOpen(run.id)}
          >
            <circle className={run.id === active ? "scatter-ring active" : "scatter-ring"} cx={xOf(across)} cy={yOf(up)} r={11} />
            <MarkPath look={lookOf(looks.get(run.id) ?? 0)} x={xOf(across)} y={yOf(up)} size={11} />
          </g>
        ))}
      </svg>
      <p className="faint" id={help} aria-live="polite">
        {shown === undefined
          ? t("explore.scatter_help", { shown: points.length, count: runs.length })
          : t("explore.point", { name: shown.run.name, x: x.name, xValue: x.textOf(shown.run), y: y.name, yValue: y.textOf(shown.run) })}
      </p>
    </section>
  );
}
