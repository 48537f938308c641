/** What the drawings share: cells in blue for positive and orange for negative numbers, and the texts beside them. */
import type { FigureData } from "../../../core/figures/figure-data.ts";
import type { Values } from "../../../core/figures/run-layer.ts";
import type { Translate } from "../../ui/texts.ts";

export interface DrawingProps {
  readonly data: FigureData;
  /** From 0 to data.frames − 1. */
  readonly frame: number;
  readonly t: Translate;
}

/** In units of the drawing; its height follows from what is drawn. */
export const WIDTH = 240;

/** Largest size of the numbers, at least a thousandth so that it can be divided by. */
export function largest(...lists: readonly (readonly number[])[]): number {
  return Math.max(1e-3, ...lists.flat().map(Math.abs));
}

/** The colour of a number: more of it the larger it is. */
export function colourOf(value: number, most: number): string {
  const share = Math.round(85 * Math.min(1, Math.abs(value) / most));
  return `color-mix(in srgb, var(${value < 0 ? "--negative" : "--positive"}) ${share}%, var(--panel))`;
}

export function short(value: number): string {
  return (Math.round(value * 100) / 100 + 0).toString().replace("-", "−");
}

interface CellProps {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly height?: number;
  readonly value: number;
  readonly most: number;
  readonly className?: string;
}

export function Cell({ x, y, size, height = size, value, most, className = "" }: CellProps) {
  return (
    <rect
      className={`cell ${className}`}
      x={x}
      y={y}
      width={size - 1}
      height={height - 1}
      rx={1.5}
      style={{ fill: colourOf(value, most) }}
    />
  );
}

interface GridProps {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly values: Values;
  /** The last axis is the columns of the grid, all before it are its rows. */
  readonly most: number;
  readonly classOf?: (row: number, column: number) => string;
}

export function Grid({ x, y, size, values, most, classOf }: GridProps) {
  const columns = values.shape.at(-1) ?? 1;
  return values.data.map((value, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    return (
      <Cell
        // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
        key={place}
        x={x + column * size}
        y={y + row * size}
        size={size}
        value={value}
        most={most}
        className={classOf?.(row, column) ?? ""}
      />
    );
  });
}

export function Label({ x, y, children, end = false }: { x: number; y: number; children: string; end?: boolean }) {
  return (
    <text className="figure-label" x={x} y={y} textAnchor={end ? "end" : "start"}>
      {children}
    </text>
  );
}
