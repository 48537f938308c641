/**
 * The picture of a network with two features: what it says over the plane, as colours, and the rows of the data on it. Blue is
 * positive, orange negative; several classes have a colour and a shape each, so that colour is never the only cue.
 */
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";

export type Surface = MethodOutput<"runs.surface">;
export type Colour = readonly [red: number, green: number, blue: number];

export interface SurfaceColours {
  readonly positive: Colour;
  readonly negative: Colour;
  readonly middle: Colour;
  readonly ink: Colour;
  readonly classes: readonly Colour[];
}

/** Two classes or a number between `low` and `high`, or the index of one of several classes. */
export type SurfaceScale =
  | { readonly kind: "range"; readonly low: number; readonly high: number }
  | { readonly kind: "classes"; readonly count: number };

/**
 * Whether a network of these data has a picture: two features of rows that stand alone. A node's answer hangs on its links too, a window's on
 * the rows before.
 * @param unknown the answer where the width was not known when the design was drawn
 */
export function hasSurface(data: DesignDocument["data"], unknown: boolean): boolean {
  if (data === null || data.graph !== undefined || data.window !== undefined) return false;
  return data.feature_count === null ? unknown : data.feature_count === 2;
}

/** @param classCount of the target; null for numbers  @param probability the network gives one probability */
export function scaleOf(surface: Surface, classCount: number | null, probability: boolean): SurfaceScale {
  if (probability) return { kind: "range", low: 0, high: 1 };
  if (classCount !== null && classCount > 2) return { kind: "classes", count: classCount };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of [...surface.values, ...surface.points.map(({ label }) => label)]) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { kind: "range", low: Number.isFinite(low) ? low : 0, high: Number.isFinite(high) && high > low ? high : low + 1 };
}

function mix(a: Colour, b: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2): number => Math.round(a[index] + (b[index] - a[index]) * share);
  return [at(0), at(1), at(2)];
}

/** The colour of a value; `strength` 1 for points, less for the plane behind them. */
export function colourOf(value: number, scale: SurfaceScale, colours: SurfaceColours, strength: number): Colour {
  if (scale.kind === "classes") return mix(colours.middle, colours.classes[value % colours.classes.length] ?? colours.positive, strength);
  const share = Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)));
  const side = share >= 0.5 ? colours.positive : colours.negative;
  return mix(colours.middle, side, Math.abs(share - 0.5) * 2 * strength);
}

const PLANE_STRENGTH = 0.75;
const POINT_RADIUS = 3.2;

/** Draws at the size of the canvas in device pixels. */
export function drawSurface(canvas: HTMLCanvasElement, surface: Surface, scale: SurfaceScale, colours: SurfaceColours): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { width, height } = canvas;
  drawPlane(context, surface, scale, colours);
  const [x0, x1] = [surface.x[0] ?? 0, surface.x.at(-1) ?? 1];
  const [y0, y1] = [surface.y[0] ?? 0, surface.y.at(-1) ?? 1];
  const radius = POINT_RADIUS * (width / Math.max(1, canvas.clientWidth));
  for (const point of surface.points) {
    const x = ((point.x - x0) / (x1 - x0)) * width;
    // The plane's second axis points upwards.
    const y = height - ((point.y - y0) / (y1 - y0)) * height;
    drawPoint(
      context,
      x,
      y,
      radius,
      shapeOf(point.label, scale),
      css(colourOf(point.label, scale, colours, 1)),
      point.validation,
      css(point.validation ? colours.ink : colours.middle),
    );
  }
}

function drawPlane(context: CanvasRenderingContext2D, surface: Surface, scale: SurfaceScale, colours: SurfaceColours): void {
  const [columns, rows] = [surface.x.length, surface.y.length];
  const image = new ImageData(columns, rows);
  surface.values.forEach((value, index) => {
    const row = rows - 1 - Math.floor(index / columns);
    const at = 4 * (row * columns + (index % columns));
    const colour = value === null ? colours.middle : colourOf(value, scale, colours, PLANE_STRENGTH);
    image.data.set([...colour, 255], at);
  });
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  // The border between classes is sharp; a surface is smooth.
  context.imageSmoothingEnabled = scale.kind === "range";
  context.drawImage(small, 0, 0, context.canvas.width, context.canvas.height);
}

export const POINT_SHAPES = ["circle", "square", "triangle", "diamond"] as const;
export type PointShape = (typeof POINT_SHAPES)[number];

export function shapeOf(label: number, scale: SurfaceScale): PointShape {
  if (scale.kind === "classes") return POINT_SHAPES[label % POINT_SHAPES.length] ?? "circle";
  const upper = label > (scale.low + scale.high) / 2;
  return upper ? "circle" : "square";
}

function drawPoint(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  shape: PointShape,
  fill: string,
  validation: boolean,
  ink: string,
): void {
  context.beginPath();
  const r = radius;
  if (shape === "circle") context.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else {
    const corners: readonly (readonly [number, number])[] =
      shape === "triangle"
        ? [
            [0, -1.15],
            [1.1, 0.9],
            [-1.1, 0.9],
          ]
        : [
            [0, -1.3],
            [1.15, 0],
            [0, 1.3],
            [-1.15, 0],
          ];
    for (const [dx, dy] of corners) context.lineTo(x + dx * r, y + dy * r);
    context.closePath();
  }
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = validation ? r * 0.55 : r * 0.3;
  context.strokeStyle = ink;
  context.stroke();
}

export function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
