/** Pictures of a report as SVG in the page itself: the design as it lies on the canvas, and curves. Colours come from the page's style. */
import { COLOUR_COUNT, MARK_SHAPES, shapeAt } from "../../resources/mark-shapes.ts";
import { isDown } from "../graph/direction.ts";
import type { DesignDocument } from "../graph/document.ts";
import { layerDefinition } from "../layers/registry.ts";
import { type Html, html, NOTHING } from "./html.ts";

const WIDTH = 176;
const HEIGHT = 52;
const MARGIN = 20;
/** A larger design is a picture that nobody reads; its settings are in the table. */
const MOST_DRAWN = 400;

type Place = { readonly x: number; readonly y: number };

/** From the right side of a box to the left one of another, or from the bottom to the top. */
function wire(from: Place, to: Place, down: boolean): string {
  if (down) {
    const [x1, y1, x2, y2] = [from.x + WIDTH / 2, from.y + HEIGHT, to.x + WIDTH / 2, to.y];
    const bend = Math.max(30, Math.abs(y2 - y1) / 2);
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

export function designPicture({ graph }: DesignDocument, language: "en" | "zh"): Html {
  const { nodes, edges } = graph;
  if (nodes.length === 0 || nodes.length > MOST_DRAWN) return NOTHING;
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const [width, height] = [Math.max(...xs) + WIDTH + MARGIN - left, Math.max(...ys) + HEIGHT + MARGIN - top];
  const at = new Map(nodes.map((node) => [node.id, node.position]));
  return html`<svg class="design" viewBox="${left} ${top} ${width} ${height}" style="max-width:${Math.round(width)}px" role="img">${edges.flatMap(
    ({ source, target }) => {
      const [from, to] = [at.get(source), at.get(target)];
      if (from === undefined || to === undefined) return [];
      return [html`<path class="wire" d="${wire(from, to, isDown(graph))}"/>`];
    },
  )}${nodes.map(
    ({ name, type, position: { x, y } }) =>
      html`<g><rect class="node" x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/><text class="node-name" x="${x + 10}" y="${y + 21}">${clipped(name)}</text><text x="${x + 10}" y="${y + 40}">${clipped(layerDefinition(type)?.texts[language].label ?? type)}</text></g>`,
  )}</svg>`;
}

export interface ReportCurve {
  readonly name: string;
  /** Index of its run, which gives the colour. */
  readonly run: number;
  readonly validation: boolean;
  readonly x: readonly number[];
  /** Null where it was not finite: a gap. */
  readonly y: readonly (number | null)[];
}

const CHART = { width: 420, height: 220, left: 54, right: 10, top: 10, bottom: 26 };
/** Lines between the marks of the value axis, about. */
const MARKS = 5;

/** A few values far off would leave the lines flat: an end that lies so many times as far out as the rest of them are high is cut. */
const CUT_FROM = 10;
/** Share of the values left out at each end to see how high the rest are. */
const FAR_OFF = 0.05;

/** How far the value axis reaches, and whether values lie beyond it. */
function reachOf(values: readonly number[]): { readonly low: number; readonly high: number; readonly cut: boolean } {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  const [least, low, high, most] = [at(0), at(FAR_OFF), at(1 - FAR_OFF), at(1)];
  // The fast fall of the first epochs belongs to a curve, and so does its last small gain.
  const far = CUT_FROM * (high - low);
  const [isLowCut, isHighCut] = [far > 0 && low - least > far, far > 0 && most - high > far];
  return { low: isLowCut ? low : least, high: isHighCut ? high : most, cut: isLowCut || isHighCut };
}

/** @param beyond what is said of values that lie beyond the drawing */
export function curveChart(title: string, curves: readonly ReportCurve[], beyond: (least: string, most: string) => string): Html {
  const ys = curves.flatMap(({ y }) => y.filter((value) => value !== null));
  const xs = curves.flatMap(({ x }) => x);
  if (ys.length === 0) return NOTHING;
  const [lowX, highX] = [least(xs), most(xs)];
  const { low, high, cut } = reachOf(ys);
  const marks = roundMarks(low, high);
  const [lowY, highY] = [marks.values[0] ?? low, marks.values.at(-1) ?? high];
  const { width, height, left, right, top, bottom } = CHART;
  const px = (x: number): number => left + ((x - lowX) / (highX - lowX || 1)) * (width - left - right);
  const py = (y: number): number => {
    const inside = Math.min(highY, Math.max(lowY, y));
    return height - bottom - ((inside - lowY) / (highY - lowY || 1)) * (height - top - bottom);
  };
  return html`<figure><figcaption>${title}</figcaption><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${marks.values.map(
    (mark) =>
      html`<line class="grid" x1="${left}" x2="${width - right}" y1="${fixed(py(mark))}" y2="${fixed(py(mark))}"/><text x="${left - 5}" y="${fixed(py(mark) + 4)}" text-anchor="end">${marks.text(mark)}</text>`,
  )}<text x="${left}" y="${height - 8}">${number(lowX)}</text><text x="${width - right}" y="${height - 8}" text-anchor="end">${number(highX)}</text>${curves.map(
    (curve) =>
      html`<path class="c${(curve.run % COLOUR_COUNT) + 1}${curve.validation ? "" : " train"}" d="${pathOf(curve, px, py)}"/>${endOf(curve, px, py)}`,
  )}</svg>${cut ? html`<p class="muted">${beyond(number(least(ys)), number(most(ys)))}</p>` : NOTHING}</figure>`;
}

/** Round values from below the least to above the most, and how they are written: with as many decimals as each other. */
export function roundMarks(low: number, high: number): { readonly values: readonly number[]; readonly text: (value: number) => string } {
  // One value alone stands in the middle.
  const room = high > low ? 0 : Math.abs(high) / 10 || 1;
  const raw = (high - low + 2 * room) / MARKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power;
  const first = Math.floor((low - room) / step + 1e-9);
  const last = Math.ceil((high + room) / step - 1e-9);
  const values = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const isPlain = decimals <= 6 && Math.abs(values.at(-1) ?? 0) < 1e7;
  return { values, text: (value) => (isPlain ? value.toFixed(decimals) : number(value)) };
}

/** The mark of its run where the line of the rows held out ends. */
function endOf({ run, validation, x, y }: ReportCurve, px: (x: number) => number, py: (y: number) => number): Html {
  const last = y.findLastIndex((value) => value !== null);
  if (!validation || last < 0) return NOTHING;
  const at = `translate(${fixed(px(x[last] ?? 0))} ${fixed(py(y[last] ?? 0))})`;
  return html`<path class="end c${(run % COLOUR_COUNT) + 1}" transform="${at}" d="${MARK_SHAPES[shapeAt(run)]}"/>`;
}

function pathOf({ x, y }: ReportCurve, px: (x: number) => number, py: (y: number) => number): string {
  let path = "";
  let isDown = false;
  y.forEach((value, k) => {
    if (value === null) isDown = false;
    else {
      path += `${isDown ? "L" : "M"}${fixed(px(x[k] ?? 0))} ${fixed(py(value))}`;
      isDown = true;
    }
  });
  return path;
}

/** Four digits, no more than people read. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e7)) return value.toExponential(2);
  return String(Number(value.toPrecision(Number.isInteger(value) ? 10 : 4)));
}

export const fixed = (value: number): string => value.toFixed(1);
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
const clipped = (text: string): string => (text.length > 22 ? `${text.slice(0, 21)}…` : text);
