/** Charts of an evaluation as SVG in the page itself: shares against shares, numbers against numbers, bars. Colours and shapes are those of the runs. */
import { COLOUR_COUNT, MARK_SHAPES, shapeAt } from "../../resources/mark-shapes.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { fixed, number, roundMarks } from "./pictures.ts";

export const colourOf = (run: number): string => `c${(run % COLOUR_COUNT) + 1}`;

const UNIT = { size: 230, edge: 38, end: 10 };
const UNIT_MARKS = [0, 0.5, 1];
const unitX = (share: number): number => UNIT.edge + (UNIT.size - UNIT.edge - UNIT.end) * share;
const unitY = (share: number): number => UNIT.size - unitX(share);

export interface UnitCurve {
  /** Index of its run. */
  readonly run: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Rows behind each point, which are drawn where they are given: the more, the larger. */
  readonly rows?: readonly number[];
}

interface UnitTitles {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  /** Draws what chance, or a perfect calibration, would give. */
  readonly diagonal: boolean;
}

/** Two shares against each other, each from 0 to 1. */
export function unitChart({ title, across, up, diagonal }: UnitTitles, curves: readonly UnitCurve[], below: Html = NOTHING): Html {
  const { size, edge, end } = UNIT;
  return html`<figure class="unit"><figcaption>${title}</figcaption><svg class="chart" viewBox="0 0 ${size} ${size}" role="img" aria-label="${title}">${UNIT_MARKS.map(
    (mark) =>
      html`<line class="grid" x1="${edge}" x2="${size - end}" y1="${fixed(unitY(mark))}" y2="${fixed(unitY(mark))}"/><text x="${edge - 5}" y="${fixed(unitY(mark) + 4)}" text-anchor="end">${mark}</text><text x="${fixed(unitX(mark))}" y="${size - edge + 14}" text-anchor="middle">${mark}</text>`,
  )}${diagonal ? html`<line class="chance" x1="${fixed(unitX(0))}" y1="${fixed(unitY(0))}" x2="${fixed(unitX(1))}" y2="${fixed(unitY(1))}"/>` : NOTHING}${curves.map((curve, place) => html`${unitCurve(curve)}${curves.length > 1 && curve.rows === undefined ? markOn(curve, (place + 1) / (curves.length + 1)) : NOTHING}`)}<text x="${fixed(unitX(0.5))}" y="${size - 6}" text-anchor="middle">${across}</text><text transform="translate(11 ${fixed(unitY(0.5))}) rotate(-90)" text-anchor="middle">${up}</text></svg>${below}</figure>`;
}

function unitCurve({ run, x, y, rows }: UnitCurve): Html {
  const colour = colourOf(run);
  const path = x.map((share, k) => `${k === 0 ? "M" : "L"}${fixed(unitX(share))} ${fixed(unitY(y[k] ?? 0))}`).join("");
  const most = Math.max(1, ...(rows ?? []));
  const points = (rows ?? []).map((count, k) => {
    const at = `translate(${fixed(unitX(x[k] ?? 0))} ${fixed(unitY(y[k] ?? 0))}) scale(${(0.35 + 0.65 * Math.sqrt(count / most)).toFixed(2)})`;
    return html`<path class="end ${colour}" transform="${at}" d="${MARK_SHAPES[shapeAt(run)]}"/>`;
  });
  return html`<path class="${colour}" d="${path}"/>${points}`;
}

/** Curves over each other end in the same corner: each has its mark at another place on its way. */
function markOn({ run, x, y }: UnitCurve, share: number): Html {
  const k = Math.round(share * (x.length - 1));
  const at = `translate(${fixed(unitX(x[k] ?? 0))} ${fixed(unitY(y[k] ?? 0))})`;
  return html`<path class="end ${colourOf(run)}" transform="${at}" d="${MARK_SHAPES[shapeAt(run)]}"/>`;
}

const PLOT = { width: 360, height: 230, left: 56, right: 10, top: 10, bottom: 38 };

interface Scale {
  readonly at: (value: number) => number;
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

/** Between round numbers, with both ends of the values inside. */
function scaleOf(values: readonly number[], from: number, to: number): Scale {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const marks = roundMarks(low, high);
  const [first, last] = [marks.values[0] ?? low, marks.values.at(-1) ?? high];
  const at = (value: number): number => from + ((value - first) / (last - first || 1)) * (to - from);
  return { at, marks: marks.values.map((value) => ({ at: at(value), text: marks.text(value) })) };
}

interface PlotTitles {
  readonly title: string;
  readonly across: string;
  readonly up: string;
}

function plot({ title, across, up }: PlotTitles, x: Scale, y: Scale, inside: Html): Html {
  const { width, height, left, right, top, bottom } = PLOT;
  return html`<figure><figcaption>${title}</figcaption><svg class="chart plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${y.marks.map(
    (mark) =>
      html`<line class="grid" x1="${left}" x2="${width - right}" y1="${fixed(mark.at)}" y2="${fixed(mark.at)}"/><text x="${left - 5}" y="${fixed(mark.at + 4)}" text-anchor="end">${mark.text}</text>`,
  )}${x.marks.map((mark) => html`<text x="${fixed(mark.at)}" y="${height - bottom + 14}" text-anchor="middle">${mark.text}</text>`)}${inside}<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${across}</text><text transform="translate(11 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${up}</text></svg></figure>`;
}

const acrossScale = (values: readonly number[]): Scale => scaleOf(values, PLOT.left, PLOT.width - PLOT.right);
const upScale = (values: readonly number[]): Scale => scaleOf(values, PLOT.height - PLOT.bottom, PLOT.top);

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly deviation: number | null;
}

/** Points around a line at nothing, and bands of as many rows each: their mean, with its deviation. */
export function scatterPlot(
  titles: PlotTitles,
  run: number,
  points: readonly { readonly x: number; readonly y: number }[],
  bands: readonly Band[],
): Html {
  if (points.length === 0) return NOTHING;
  const colour = colourOf(run);
  const spread = bands.flatMap(({ mean, deviation }) => [mean - (deviation ?? 0), mean + (deviation ?? 0)]);
  const x = acrossScale([...points.map((point) => point.x), ...bands.flatMap(({ from, to }) => [from, to])]);
  const y = upScale([0, ...points.map((point) => point.y), ...spread]);
  const drawn = html`${bands.map(({ from, to, mean, deviation }) => {
    const [left, right] = [x.at(from), x.at(to)];
    const [top, bottom] = [y.at(mean + (deviation ?? 0)), y.at(mean - (deviation ?? 0))];
    return html`<rect class="band ${colour}" x="${fixed(left)}" width="${fixed(Math.max(1, right - left))}" y="${fixed(top)}" height="${fixed(Math.max(1, bottom - top))}"/><path class="${colour}" d="M${fixed(left)} ${fixed(y.at(mean))}H${fixed(right)}"/>`;
  })}${points.map((point) => html`<circle class="dot ${colour}" cx="${fixed(x.at(point.x))}" cy="${fixed(y.at(point.y))}" r="1.8"/>`)}<line class="chance" x1="${PLOT.left}" x2="${PLOT.width - PLOT.right}" y1="${fixed(y.at(0))}" y2="${fixed(y.at(0))}"/>`;
  return plot(titles, x, y, drawn);
}

/** How often values lie in each stretch. */
export function barPlot(
  titles: PlotTitles,
  run: number,
  bars: readonly { readonly from: number; readonly to: number; readonly rows: number }[],
): Html {
  if (bars.length === 0) return NOTHING;
  const x = acrossScale(bars.flatMap(({ from, to }) => [from, to]));
  const y = upScale([0, ...bars.map(({ rows }) => rows)]);
  const drawn = html`${bars.map(
    ({ from, to, rows }) =>
      html`<rect class="bar ${colourOf(run)}" x="${fixed(x.at(from) + 0.5)}" width="${fixed(Math.max(1, x.at(to) - x.at(from) - 1))}" y="${fixed(y.at(rows))}" height="${fixed(y.at(0) - y.at(rows))}"/>`,
  )}`;
  return plot(titles, x, y, drawn);
}

/** "#1 0.93": one value a run, beside its mark. */
export const valueOfRun = (mark: Html, name: string, value: number | null): Html => html`<span>${mark}${name} ${number(value)}</span> `;
