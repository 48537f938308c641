/** A small chart with logarithmic axes as SVG: lines of measured points, so that what is linear is straight and rises by one. */
import type { Point } from "./fit.ts";

export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

const WIDTH = 640;
const HEIGHT = 400;
const LEFT = 70;
const BOTTOM = 50;
const TOP = 40;
const RIGHT = 190;
const COLOURS = ["#1f77b4", "#d95f02", "#2a9d4a", "#8e44ad", "#7f7f7f", "#b8860b"];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const short = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(2))));

export function logarithmicChart(title: string, xName: string, yName: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const range = (of: (point: Point) => number): [number, number] => {
    const values = all.map((point) => Math.log10(of(point)));
    return [Math.floor(Math.min(...values) * 2) / 2, Math.ceil(Math.max(...values) * 2) / 2];
  };
  const [xLow, xHigh] = range((p) => p.x);
  const [yLow, yHigh] = range((p) => p.y);
  const px = (x: number): number => LEFT + ((Math.log10(x) - xLow) / (xHigh - xLow)) * (WIDTH - LEFT - RIGHT);
  const py = (y: number): number => HEIGHT - BOTTOM - ((Math.log10(y) - yLow) / (yHigh - yLow)) * (HEIGHT - TOP - BOTTOM);
  const at = (n: number): string => n.toFixed(1);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15">${escaped(title)}</text>`,
  ];
  for (let power = Math.ceil(xLow); power <= xHigh; power++)
    out.push(
      `<path d="M${at(px(10 ** power))} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`,
      `<text x="${at(px(10 ** power))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${short(10 ** power)}</text>`,
    );
  for (let power = Math.ceil(yLow); power <= yHigh; power++)
    out.push(
      `<path d="M${LEFT} ${at(py(10 ** power))}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      `<text x="${LEFT - 8}" y="${at(py(10 ** power) + 4)}" text-anchor="end">${short(10 ** power)}</text>`,
    );
  out.push(
    `<rect x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}" fill="none" stroke="#555"/>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(xName)}</text>`,
    `<text transform="translate(18 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">${escaped(yName)}</text>`,
  );
  lines.forEach(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? "#000";
    const path = points.map(({ x, y }, k) => `${k === 0 ? "M" : "L"}${at(px(x))} ${at(py(y))}`).join("");
    out.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const { x, y } of points) out.push(`<circle cx="${at(px(x))}" cy="${at(py(y))}" r="3" fill="${colour}"/>`);
    out.push(`<text x="${WIDTH - RIGHT + 10}" y="${TOP + 14 + i * 18}" fill="${colour}">${escaped(name)}</text>`);
  });
  out.push("</svg>");
  return `${out.join("\n")}\n`;
}
