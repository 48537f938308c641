/**
 * A matrix of numbers as colours, with the number under the pointer or under the arrow keys in words. Small ones are drawn as pictures
 * alone; the cursor and the legend belong to the large ones.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { cssOf, type HeatScale, heatColour } from "./heat-scale.ts";
import { useHeatColours } from "./use-heat-colours.ts";
import "./heat-map.css";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: ArrayLike<number>;
}

export interface HeatPoint {
  readonly x: number;
  readonly y: number;
  readonly mark: number;
}

interface PictureProps {
  readonly matrix: Matrix;
  readonly scale: HeatScale;
  /** Said of it; null where the control around it has a name. */
  readonly label: string | null;
  readonly className?: string;
}

/** Drawn a pixel a number; the style makes it larger without smoothing. */
export function HeatPicture({ matrix, scale, label, className }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useHeatColours();
  const { rows, columns, values } = matrix;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined || rows * columns === 0) return;
    const image = context.createImageData(columns, rows);
    for (let place = 0; place < rows * columns; place += 1) {
      const [red, green, blue] = heatColour(values[place] ?? 0, scale, colours);
      image.data.set([red, green, blue, 255], 4 * place);
    }
    context.putImageData(image, 0, 0);
  }, [rows, columns, values, scale, colours]);
  return (
    <canvas
      ref={canvas}
      width={Math.max(1, columns)}
      height={Math.max(1, rows)}
      className={`heat-picture ${className ?? ""}`}
      {...(label === null ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}

export interface Axes {
  readonly rows: string;
  readonly columns: string;
}

interface HeatMapProps extends PictureProps {
  readonly label: string;
  /** Names of rows and columns; their numbers where there are none. */
  readonly rowNames?: readonly string[] | null;
  readonly columnNames?: readonly string[] | null;
  /** What rows and columns are: "step", "unit". */
  readonly rowWord: string;
  readonly columnWord: string;
  /** Names are written along the axes that have them. */
  readonly showNames?: boolean;
  /** Written along the axes, with the first and the last name where names are not shown; pictures have none. */
  readonly axes?: Axes;
  /** Drawn over it, as shares of width and height from the top left; the mark says which of several kinds. */
  readonly points?: readonly HeatPoint[];
  /** Width over height of one cell; 1 for pictures. */
  readonly cell?: number;
  /** Of the whole, in pixels, where there is room. */
  readonly width?: number;
}

/** Smaller than this it is scrolled to rather than shrunk. */
const LEAST_HEIGHT = 110;

/** Whole in the panel it stands in, where that is lower: what stands above and below it there is told by the panel's style. */
function fitting(width: number, height: number): { readonly width: string; readonly height: string } {
  const room = `max(${Math.min(height, LEAST_HEIGHT)}px, 100cqh - var(--beside-map, 0px))`;
  return { width: `min(${width}px, (${room}) * ${width / height})`, height: `min(${height}px, ${room})` };
}

interface Place {
  readonly row: number;
  readonly column: number;
}

export function HeatMap(props: HeatMapProps) {
  const { matrix, scale, label, rowNames, columnNames, rowWord, columnWord, showNames = false, axes } = props;
  const { points = [], cell = 1, width = 320 } = props;
  const t = useText();
  const [place, setPlace] = useState<Place | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const shown = place !== null && place.row < matrix.rows && place.column < matrix.columns ? place : null;
  const move = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    if (x >= 0 && x < 1 && y >= 0 && y < 1) setPlace({ row: Math.floor(y * matrix.rows), column: Math.floor(x * matrix.columns) });
  };
  const key = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { row, column } = shown ?? { row: 0, column: 0 };
    const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
    setPlace(
      shown === null
        ? { row: 0, column: 0 }
        : { row: within(row + step[0], matrix.rows), column: within(column + step[1], matrix.columns) },
    );
  };
  const height = Math.max(24, (width * matrix.rows) / Math.max(1, matrix.columns) / cell);
  const size = fitting(width, height);
  const said =
    shown === null
      ? t("inside.cursor_help")
      : t("inside.cursor", {
          row: `${rowWord} ${rowNames?.[shown.row] || shown.row + 1}`,
          column: `${columnWord} ${columnNames?.[shown.column] || shown.column + 1}`,
          value: formatFigure(matrix.values[shown.row * matrix.columns + shown.column] ?? null),
        });
  return (
    <figure className="heat-map">
      <div className={showNames || axes !== undefined ? "heat-grid" : undefined}>
        {axes !== undefined && <Axis along="rows" title={axes.rows} ends={endsOf(matrix.rows, rowNames, showNames)} size={size.height} />}
        {showNames && <Names names={rowNames ?? []} along="rows" height={size.height} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a map is no set of fields */}
        <div
          ref={frame}
          className="heat-frame"
          style={size}
          role="group"
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: numbers are read with the arrow keys
          tabIndex={0}
          onPointerMove={move}
          onPointerLeave={() => setPlace(null)}
          onKeyDown={key}
        >
          <HeatPicture matrix={matrix} scale={scale} label={null} />
          {points.length > 0 && <Points points={points} width={width} height={height} />}
          {shown !== null && (
            <span
              className="heat-cursor"
              style={{
                left: `${(100 * shown.column) / matrix.columns}%`,
                top: `${(100 * shown.row) / matrix.rows}%`,
                width: `${100 / matrix.columns}%`,
                height: `${100 / matrix.rows}%`,
              }}
            />
          )}
        </div>
        {showNames && <Names names={columnNames ?? []} along="columns" width={size.width} />}
        {axes !== undefined && (
          <Axis along="columns" title={axes.columns} ends={endsOf(matrix.columns, columnNames, showNames)} size={size.width} />
        )}
      </div>
      <figcaption className="number" aria-live="polite">
        {said}
      </figcaption>
    </figure>
  );
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A circle for the first kind, a square for the next, and so on: colour is not the only cue. */
function Points({ points, width, height }: { points: readonly HeatPoint[]; width: number; height: number }) {
  return (
    <svg className="heat-points" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {points.map(({ x, y, mark }, place) =>
        mark % 2 === 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
          <circle key={place} cx={x * width} cy={y * height} r={2} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <rect key={place} className="other" x={x * width - 1.8} y={y * height - 1.8} width={3.6} height={3.6} />
        ),
      )}
    </svg>
  );
}

function Names({ names, along, width, height }: { names: readonly string[]; along: "rows" | "columns"; width?: string; height?: string }) {
  return (
    <div className={`heat-names ${along}`} style={{ width, height }} aria-hidden="true">
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words may stand twice
        <span key={place} title={name}>
          {name}
        </span>
      ))}
    </div>
  );
}

/** The first and the last name of an axis; null where all of them stand along it. */
function endsOf(count: number, names: readonly string[] | null | undefined, shown: boolean): readonly [string, string] | null {
  if (shown && names != null && names.length > 0) return null;
  return [names?.[0] || "1", names?.[count - 1] || String(count)];
}

function Axis(o: { along: "rows" | "columns"; title: string; ends: readonly [string, string] | null; size: string }) {
  return (
    <div className={`heat-axis ${o.along}`} style={o.along === "rows" ? { height: o.size } : { width: o.size }} aria-hidden="true">
      <span className="number">{o.ends?.[0]}</span>
      <span className="heat-axis-title">{o.title}</span>
      <span className="number">{o.ends?.[1]}</span>
    </div>
  );
}

export function HeatLegend({ scale }: { scale: HeatScale }) {
  const t = useText();
  const colours = useHeatColours();
  const stops = useMemo(
    () => [0, 0.25, 0.5, 0.75, 1].map((share) => cssOf(heatColour(scale.low + share * (scale.high - scale.low), scale, colours))),
    [scale, colours],
  );
  return (
    <span
      className="heat-legend number"
      role="img"
      aria-label={t("inside.legend", { low: formatFigure(scale.low), high: formatFigure(scale.high) })}
    >
      {formatFigure(scale.low, 3)}
      <i style={{ background: `linear-gradient(to right, ${stops.join(", ")})` }} />
      {formatFigure(scale.high, 3)}
    </span>
  );
}
