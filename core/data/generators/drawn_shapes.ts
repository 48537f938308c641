/** Drawn shapes: circles, crosses, rings, squares and triangles, each a little turned, sized and moved; pixels in columns, row by row. */
import type { CategoryColumn } from "../table.ts";
import { draw, drawnOptions, type Figure, pixelColumns } from "./drawing/canvas.ts";
import { type Generator, tableOf } from "./generator.ts";

const bar = (x: number, y: number, halfWidth: number, halfHeight: number): number =>
  Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);

/** In the order of their names, as files with them are read. */
const SHAPES: Readonly<Record<string, Figure>> = {
  circle: (x, y) => Math.hypot(x, y) - 0.65,
  cross: (x, y) => Math.min(bar(x, y, 0.7, 0.18), bar(x, y, 0.18, 0.7)),
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.6) - 0.13,
  square: (x, y) => bar(x, y, 0.58, 0.58),
  // Three sides through points at the same distance from the middle, and what lies between them.
  triangle: (x, y) => Math.max(y - 0.5, 0.866 * Math.abs(x) - 0.5 * y - 0.4),
};
const FIGURES = [...Object.values(SHAPES)];
const NAMES = Object.keys(SHAPES);

export default {
  name: "drawn_shapes",
  texts: {
    en: {
      label: "Drawn shapes",
      summary: "Small grey pictures of circles, crosses, rings, squares and triangles: input shape [side, side, 1].",
    },
    zh: { label: "手绘图形", summary: "圆、十字、圆环、正方形和三角形的小灰度图：输入形状为 [边长, 边长, 1]。" },
  },
  options: drawnOptions,
  target: "label",
  generate: ({ count = 0, noise = 0, side = 16 }, random) => {
    const codes = Int32Array.from({ length: count }, (_, place) => place % FIGURES.length);
    const pictures = Array.from(codes, (code) => draw(FIGURES[code] as Figure, side, noise, random));
    const label: CategoryColumn = { kind: "category", name: "label", codes, categories: NAMES };
    return tableOf(count, [...pixelColumns(pictures, side), label]);
  },
} satisfies Generator;
