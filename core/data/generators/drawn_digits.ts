/** Drawn digits: 0 to 9 in strokes of a pen, each a little turned, sized and moved; pixels in columns, row by row. */
import { arc, draw, drawnOptions, type Figure, pixelColumns, stroke } from "./drawing/canvas.ts";
import { type Generator, numbers, tableOf } from "./generator.ts";

type Points = readonly (readonly [x: number, y: number])[];
const PEN = 0.13;

const LINES: readonly Points[] = [
  arc(0, 0, 0.5, 0.8, 0, 360),
  [
    [-0.3, -0.5],
    [0.05, -0.8],
    [0.05, 0.8],
  ],
  [...arc(0, -0.35, 0.48, 0.45, 180, 390), [-0.5, 0.8], [0.55, 0.8]],
  [...arc(-0.05, -0.4, 0.5, 0.4, 200, 450), ...arc(-0.05, 0.4, 0.55, 0.4, 270, 520)],
  [
    [0.25, 0.8],
    [0.25, -0.8],
    [-0.55, 0.3],
    [0.6, 0.3],
  ],
  [[0.5, -0.8], [-0.4, -0.8], [-0.45, -0.1], ...arc(-0.05, 0.3, 0.55, 0.5, 230, 520)],
  [[0.35, -0.8], ...arc(0, 0.35, 0.5, 0.45, 200, 560)],
  [
    [-0.5, -0.8],
    [0.55, -0.8],
    [-0.1, 0.8],
  ],
  [...arc(0, -0.4, 0.42, 0.4, 90, 450), ...arc(0, 0.4, 0.5, 0.4, 270, 630)],
  [...arc(0, -0.35, 0.5, 0.45, 20, 380), [0.35, 0.8]],
];
const FIGURES: readonly Figure[] = LINES.map((points) => stroke(points, PEN));

export default {
  name: "drawn_digits",
  texts: {
    en: { label: "Drawn digits", summary: "Small grey pictures of 0 to 9: input shape [side, side, 1]. Nothing needs to be downloaded." },
    zh: { label: "手绘数字", summary: "0 到 9 的小灰度图：输入形状为 [边长, 边长, 1]。无需下载。" },
  },
  options: drawnOptions,
  target: "label",
  generate: ({ count = 0, noise = 0, side = 16 }, random) => {
    const labels = Array.from({ length: count }, (_, place) => place % FIGURES.length);
    const pictures = labels.map((label) => draw(FIGURES[label] as Figure, side, noise, random));
    return tableOf(count, [...pixelColumns(pictures, side), numbers("label", labels)]);
  },
} satisfies Generator;
