/** The points of a line as a chart has drawn it, in the units of its axes: what a person with a ruler would read off. */
import type { Locator } from "@playwright/test";
import { PLOT } from "../../renderer/training/line-look.ts";

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * @param chart a chart with a linear value axis
 * @param line the place of the line in the chart, in the order of drawing
 */
export async function drawnPoints(chart: Locator, line: number): Promise<readonly DrawnPoint[]> {
  const { path, width, high, marks } = await chart.evaluate((figure, place) => {
    const svg = figure.querySelector("svg.plot-lines");
    const texts = [...figure.querySelectorAll<SVGTextElement>(".recharts-yAxis-tick-labels text")];
    return {
      path: svg?.querySelectorAll("g > path")[place]?.getAttribute("d") ?? "",
      width: Number(svg?.getAttribute("width")),
      high: Number(figure.querySelector("[role=slider]")?.getAttribute("aria-valuemax")),
      marks: texts.map((text) => ({ pixel: Number(text.getAttribute("y")), value: Number(text.textContent) })),
    };
  }, line);
  const [low, top] = [marks[0], marks.at(-1)];
  if (low === undefined || top === undefined || low.pixel === top.pixel) return [];
  const left = PLOT.axisWidth + PLOT.margin.left;
  const unitsPerPixel = high / (width - PLOT.margin.right - left);
  const valuesPerPixel = (top.value - low.value) / (top.pixel - low.pixel);
  return [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({
    x: (Number(x) - left) * unitsPerPixel,
    y: low.value + (Number(y) - low.pixel) * valuesPerPixel,
  }));
}
