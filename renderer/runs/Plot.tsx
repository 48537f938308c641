/** A chart in own units: a frame with ticks and titles, and the scale from values to places in it. */
import { linearTicks } from "../training/axes.ts";
import { markFormat } from "../training/chart-words.ts";

export const WIDTH = 360;
export const HEIGHT = 230;
export const LEFT = 52;
export const BOTTOM = 34;
export const TOP = 8;
export const RIGHT = 10;

/** From values to places in the picture; one value alone stands in the middle. */
export function scale(
  values: readonly number[],
  from: number,
  to: number,
  margin: number,
): { at: (value: number) => number; low: number; high: number } {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const room = (most - least) * margin || Math.abs(most) * 0.1 || 1;
  const [low, high] = [least - room, most + room];
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), low, high };
}

interface PlotProps {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly y: { readonly at: (value: number) => number; readonly low: number; readonly high: number };
  readonly marks: readonly { readonly x: number; readonly text: string }[];
  /** Wider than others: a series. */
  readonly width?: number;
  readonly children: React.ReactNode;
}

export function Plot({ title, across, up, y, marks, width = WIDTH, children }: PlotProps) {
  const ticks = linearTicks([y.low, y.high], 5);
  const written = markFormat(ticks);
  return (
    <figure className="unit-chart residual-chart" style={width === WIDTH ? {} : { width }}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${title}. ${across}, ${up}`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={LEFT} x2={width - RIGHT} y1={y.at(tick)} y2={y.at(tick)} />
            <text x={LEFT - 4} y={y.at(tick) + 4} textAnchor="end">
              {written(tick)}
            </text>
          </g>
        ))}
        {marks.map((mark) => (
          <text key={mark.text} x={mark.x} y={HEIGHT - BOTTOM + 13} textAnchor="middle">
            {mark.text}
          </text>
        ))}
        {children}
        <text x={(LEFT + width) / 2} y={HEIGHT - 5} textAnchor="middle">
          {clipped(across, 40)}
        </text>
        <text transform={`translate(10 ${(HEIGHT - BOTTOM) / 2}) rotate(-90)`} textAnchor="middle">
          {up}
        </text>
      </svg>
    </figure>
  );
}

export const clipped = (text: string, most = 12): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
