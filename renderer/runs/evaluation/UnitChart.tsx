/** A small square chart of two shares, each from 0 to 1. */
import type { ReactNode } from "react";

const SIZE = 220;
const EDGE = 34;
const TICKS = [0, 0.5, 1];
export const unitX = (value: number): number => EDGE + (SIZE - EDGE - 8) * value;
export const unitY = (value: number): number => SIZE - EDGE - (SIZE - EDGE - 8) * value;

/** A path through points of the unit square. */
export function unitPath(x: readonly number[], y: readonly number[]): string {
  return x.map((value, i) => `${i === 0 ? "M" : "L"}${unitX(value).toFixed(1)} ${unitY(y[i] ?? 0).toFixed(1)}`).join("");
}

interface UnitChartProps {
  title: string;
  across: string;
  up: string;
  /** Draws what chance, or a perfect calibration, would give. */
  diagonal?: boolean;
  children: ReactNode;
}

export function UnitChart({ title, across, up, diagonal = false, children }: UnitChartProps) {
  return (
    <figure className="unit-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`${title}. ${across}, ${up}`}>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={unitX(0)} x2={unitX(1)} y1={unitY(tick)} y2={unitY(tick)} />
            <text x={unitX(0) - 4} y={unitY(tick) + 4} textAnchor="end">
              {tick}
            </text>
            <text x={unitX(tick)} y={SIZE - EDGE + 12} textAnchor="middle">
              {tick}
            </text>
          </g>
        ))}
        {diagonal && <line className="chance" x1={unitX(0)} y1={unitY(0)} x2={unitX(1)} y2={unitY(1)} />}
        {children}
        <text x={unitX(0.5)} y={SIZE - 4} textAnchor="middle">
          {across}
        </text>
        {/* Beside the axis, from bottom to top: inside, curves would run through it. */}
        <text transform={`translate(10 ${unitY(0.5)}) rotate(-90)`} textAnchor="middle">
          {up}
        </text>
      </svg>
    </figure>
  );
}
