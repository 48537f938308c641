/** A column's distribution: bins of numbers side by side, or its most frequent values. */
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { useText } from "../ui/texts.ts";

interface HistogramProps {
  profile: ColumnProfile;
  width: number;
  height: number;
  /** Says each bar's count under the pointer; many small ones are drawn as one outline instead, which is quick. */
  detailed?: boolean;
}

export function Histogram({ profile, width, height, detailed = false }: HistogramProps) {
  const t = useText();
  const bars = profile.histogram;
  if (bars.length === 0) return null;
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  const words = bars[0]?.from === undefined;
  const step = width / Math.max(bars.length, words ? 8 : 1);
  const first = bars[0]?.label ?? "";
  const values = words
    ? bars
        .slice(0, 3)
        .map(({ label }) => label)
        .join(", ")
    : `${profile.min ?? first} – ${profile.max ?? first}`;
  const places = bars.map((bar, place) => ({
    bar,
    x: round(place * step + 0.5),
    // A bin with few rows is still seen.
    tall: bar.count === 0 ? 0 : round(Math.max(1.5, (bar.count / highest) * (height - 2))),
    wide: round(Math.max(1, step - 1)),
  }));
  return (
    <svg
      className={words ? "histogram words" : "histogram"}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t("data.distribution_of", { column: profile.name, values })}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {detailed ? (
        places.map(({ bar, x, tall, wide }) => (
          <rect key={bar.label} x={x} y={height - 1 - tall} width={wide} height={tall}>
            <title>{`${bar.label}: ${bar.count}`}</title>
          </rect>
        ))
      ) : (
        <path d={places.map(({ x, tall, wide }) => `M${x} ${height - 1}v${-tall}h${wide}v${tall}z`).join("")} />
      )}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
