/** A column's distribution: bins of numbers side by side, or its most frequent values. */
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { useText } from "../ui/texts.ts";

export function Histogram({ profile, width, height }: { profile: ColumnProfile; width: number; height: number }) {
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
      {bars.map((bar, place) => {
        // A bin with few rows is still seen.
        const tall = bar.count === 0 ? 0 : Math.max(1.5, (bar.count / highest) * (height - 2));
        return (
          <rect key={bar.label} x={place * step + 0.5} y={height - 1 - tall} width={Math.max(1, step - 1)} height={tall}>
            <title>{`${bar.label}: ${bar.count}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
