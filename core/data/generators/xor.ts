/** XOR: points of the square [-1, 1]², class "b" where exactly one coordinate is positive. */
import { type Generator, labelledPoints, pointOptions } from "./generator.ts";

const CORNERS = [-1, 1].flatMap((x1) => [-1, 1].map((x2) => ({ x1, x2 })));

export default {
  name: "xor",
  texts: {
    en: { label: "XOR", summary: "Four quadrants, opposite ones alike; with 4 points exactly the four corners." },
    zh: { label: "异或（XOR）", summary: "四个象限，相对的同类；取 4 个点时正好是四个角。" },
  },
  options: pointOptions(0, 1),
  target: "label",
  generate: ({ count = 0, noise = 0 }, random) => {
    const uniform = (): number => 2 * random.float() - 1;
    const clean = count === CORNERS.length ? CORNERS : Array.from({ length: count }, () => ({ x1: uniform(), x2: uniform() }));
    // The class is that of the point before noise moves it.
    const points = clean.map(({ x1, x2 }) => ({
      x1: x1 + noise * random.normal(),
      x2: x2 + noise * random.normal(),
      label: x1 > 0 === x2 > 0 ? 0 : 1,
    }));
    return labelledPoints(points, 2);
  },
} satisfies Generator;
