/**
 * The picture of a network over two columns: what it says over their plane, as colours, and the rows of the data on it. Blue is positive,
 * orange negative; several classes have a colour and a shape each, so that colour is never the only cue.
 */
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";

export type Surface = MethodOutput<"runs.surface">;
export type SurfaceAxis = Surface["x_axis"];
export type Colour = readonly [red: number, green: number, blue: number];

export interface SurfaceColours {
  readonly positive: Colour;
  readonly negative: Colour;
  readonly middle: Colour;
  readonly ink: Colour;
  readonly classes: readonly Colour[];
}

/** A number between `low` and `high`, whose colour turns at `middle`, or the index of one of several classes. */
export type SurfaceScale =
  | { readonly kind: "range"; readonly low: number; readonly middle: number; readonly high: number }
  | { readonly kind: "classes"; readonly count: number };

const AXIS_TYPES: ReadonlySet<string> = new Set(["numeric", "date", "categorical"]);

/** How many columns of the data could be an axis, as far as the design tells. */
export const axisColumns = (data: NonNullable<DesignDocument["data"]>): number =>
  data.columns.filter(({ role, type }) => role === "feature" && AXIS_TYPES.has(type)).length;

/**
 * Why a network of these data has no picture; null: it has one. A node's answer hangs on its links too, a window's on the rows before, and
 * texts and pictures have no place along an axis.
 */
export function whyNoSurface(data: DesignDocument["data"]): "graph" | "series" | "columns" | null {
  if (data === null) return "columns";
  if (data.graph !== undefined) return "graph";
  if (data.window !== undefined) return "series";
  return axisColumns(data) < 2 ? "columns" : null;
}

export function scaleOf({ kind, labels, threshold, values, points }: Surface): SurfaceScale {
  if (kind === "classes") return { kind: "classes", count: labels.length };
  if (kind === "share") return { kind: "range", low: 0, middle: threshold ?? 0.5, high: 1 };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of [...values, ...(kind === "number" ? points.map(({ label }) => label) : [])]) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (kind === "score") {
    const middle = threshold ?? 0;
    const reach = Math.max(high - middle, middle - low) || 1;
    return { kind: "range", low: middle - reach, middle, high: middle + reach };
  }
  if (low === high) high = low + 1;
  return { kind: "range", low, middle: (low + high) / 2, high };
}

/** Of a class that is named or not the end of the scale, as of a row whose answer is known. */
export const truthOf = (label: number, { kind }: Pick<Surface, "kind">, scale: SurfaceScale): number =>
  scale.kind === "range" && kind === "score" ? (label > 0.5 ? scale.high : scale.low) : label;

function mix(a: Colour, b: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2): number => Math.round(a[index] + (b[index] - a[index]) * share);
  return [at(0), at(1), at(2)];
}

/** The colour of a value; `strength` 1 for points, less for the plane behind them. */
export function colourOf(value: number, scale: SurfaceScale, colours: SurfaceColours, strength: number): Colour {
  if (scale.kind === "classes") return mix(colours.middle, colours.classes[value % colours.classes.length] ?? colours.positive, strength);
  const { low, middle, high } = scale;
  const above = value >= middle;
  const reach = above ? high - middle : middle - low;
  const share = reach > 0 ? Math.min(1, Math.abs(value - middle) / reach) : 0;
  return mix(colours.middle, above ? colours.positive : colours.negative, share * strength);
}

/** From one end to the other in the numbers along it; a word has a place as wide as any other. */
export const domainOf = ({ words }: SurfaceAxis, values: readonly number[]): readonly [low: number, high: number] =>
  words === null ? [values[0] ?? 0, values.at(-1) ?? 1] : [-0.5, words.length - 0.5];

/** Rows of one word would lie on each other: each has a place of its own beside the middle, the same at every drawing. */
const SPREAD = 0.7;
const GOLDEN = [0.618034, 0.754878] as const;
const spread = (row: number, axis: 0 | 1): number => SPREAD * (((row * GOLDEN[axis]) % 1) - 0.5);

const PLANE_STRENGTH = 0.75;
/** Of a class that is hardly more probable than others. */
const LEAST_STRENGTH = 0.3;
const POINT_RADIUS = 3.2;

/** Draws at the size of the canvas in device pixels. @param points of the surface those that are wanted */
export function drawSurface(
  canvas: HTMLCanvasElement,
  surface: Surface,
  scale: SurfaceScale,
  colours: SurfaceColours,
  points: Surface["points"],
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { width, height } = canvas;
  drawPlane(context, surface, scale, colours);
  const [x0, x1] = domainOf(surface.x_axis, surface.x);
  const [y0, y1] = domainOf(surface.y_axis, surface.y);
  const radius = POINT_RADIUS * (width / Math.max(1, canvas.clientWidth));
  for (const point of points) {
    const x = point.x + (surface.x_axis.words === null ? 0 : spread(point.row, 0));
    const y = point.y + (surface.y_axis.words === null ? 0 : spread(point.row, 1));
    drawPoint(
      context,
      ((x - x0) / (x1 - x0)) * width,
      // The plane's second axis points upwards.
      height - ((y - y0) / (y1 - y0)) * height,
      radius,
      shapeOf(point.label, scale, surface),
      css(colourOf(truthOf(point.label, surface, scale), scale, colours, 1)),
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
    const colour = value === null ? colours.middle : colourOf(value, scale, colours, PLANE_STRENGTH * surenessOf(surface, index));
    image.data.set([...colour, 255], at);
  });
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  const { width, height } = context.canvas;
  const [wordsX, wordsY] = [surface.x_axis.words !== null, surface.y_axis.words !== null];
  // The border between classes is sharp, and so is that between words; a surface is smooth.
  context.imageSmoothingEnabled = scale.kind === "range" && !(wordsX && wordsY);
  // A number stands in the middle of its cell: the outermost are cut in half. Of words each is a stripe of its own.
  const [left, wide] = wordsX ? [0, columns] : [0.5, columns - 1];
  const [top, high] = wordsY ? [0, rows] : [0.5, rows - 1];
  if (wordsX === wordsY) {
    context.drawImage(small, left, top, wide, high, 0, 0, width, height);
    return;
  }
  // Each from a picture that holds nothing else: what is smoothed takes in what lies beside it.
  const stripe = new OffscreenCanvas(wordsX ? 1 : columns, wordsX ? rows : 1);
  const stripeContext = stripe.getContext("2d");
  for (let k = 0; k < (wordsX ? columns : rows); k += 1) {
    stripeContext?.drawImage(small, wordsX ? -k : 0, wordsX ? 0 : -k);
    if (wordsX) context.drawImage(stripe, 0, top, 1, high, (k * width) / columns, 0, width / columns, height);
    else context.drawImage(stripe, left, 0, wide, 1, 0, (k * height) / rows, width, height / rows);
  }
}

/** 1, or less where several classes are nearly as probable. */
function surenessOf({ shares, labels }: Surface, index: number): number {
  const share = shares?.[index] ?? null;
  if (share === null) return 1;
  const even = 1 / labels.length;
  return LEAST_STRENGTH + (1 - LEAST_STRENGTH) * Math.min(1, Math.max(0, (share - even) / (1 - even)));
}

export const POINT_SHAPES = ["circle", "square", "triangle", "diamond"] as const;
export type PointShape = (typeof POINT_SHAPES)[number];

export function shapeOf(label: number, scale: SurfaceScale, { kind }: Pick<Surface, "kind">): PointShape {
  if (scale.kind === "classes") return POINT_SHAPES[label % POINT_SHAPES.length] ?? "circle";
  return label > (kind === "number" ? scale.middle : 0.5) ? "circle" : "square";
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
