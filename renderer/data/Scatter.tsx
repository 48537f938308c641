/**
 * Points in the plane: a class is a colour and a form, a number a shade from negative to positive. A table of two columns is drawn as a
 * curve: the second over the first.
 */
import { useMemo } from "react";

const SIZE = 240;
const EDGE = 10;
const SERIES = 8;
const RADIUS = 2.6;

interface ScatterProps {
  columns: readonly string[];
  rows: readonly (readonly (number | string)[])[];
  label: string;
}

export function Scatter({ columns, rows, label }: ScatterProps) {
  const points = useMemo(() => place(rows, columns.length), [rows, columns]);
  return (
    <svg className="scatter" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      {points.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points have no names and are drawn all anew
        <path key={index} d={form(point.form, point.x, point.y)} style={{ fill: point.fill, opacity: point.opacity }} />
      ))}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly form: number;
  readonly fill: string;
  readonly opacity: number;
}

function place(rows: ScatterProps["rows"], columnCount: number): readonly Point[] {
  const numbers = rows.filter((row) => typeof row[0] === "number" && typeof row[1] === "number");
  const xs = numbers.map((row) => Number(row[0]));
  const ys = numbers.map((row) => Number(row[1]));
  const toX = scale(xs);
  const toY = scale(ys);
  const third = numbers.map((row) => row[2]);
  const labels = [...new Set(third.filter((value) => typeof value === "string"))].sort();
  const largest = Math.max(1e-9, ...third.map((value) => (typeof value === "number" ? Math.abs(value) : 0)));
  return numbers.map((_, index) => {
    const value = columnCount > 2 ? third[index] : undefined;
    const at = { x: toX(xs[index] ?? 0), y: SIZE - toY(ys[index] ?? 0) };
    if (typeof value === "string") {
      const series = labels.indexOf(value);
      return { ...at, form: series, fill: `var(--series-${(series % SERIES) + 1})`, opacity: 0.85 };
    }
    if (typeof value === "number")
      return {
        ...at,
        form: 0,
        fill: value < 0 ? "var(--negative)" : "var(--positive)",
        opacity: 0.15 + (0.75 * Math.abs(value)) / largest,
      };
    return { ...at, form: 0, fill: "var(--series-1)", opacity: 0.75 };
  });
}

function scale(values: readonly number[]): (value: number) => number {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const range = high > low ? high - low : 1;
  return (value) => EDGE + ((value - low) / range) * (SIZE - 2 * EDGE);
}

/** Disc, diamond, square, triangle, and again. */
function form(series: number, x: number, y: number): string {
  const r = RADIUS;
  switch (series % 4) {
    case 1:
      return `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`;
    case 2:
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
    case 3:
      return `M${x} ${y - 1.2 * r}l${1.2 * r} ${2.2 * r}h${-2.4 * r}z`;
    default:
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }
}
