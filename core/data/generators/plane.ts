/** A plane: x1 and x2 uniform in [-1, 1], y = 0.5 + 2·x1 − x2 + noise, so that a fitted weight can be recognised. */
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

export default {
  name: "plane",
  texts: {
    en: { label: "Plane", summary: "y = 0.5 + 2·x1 − x2, with noise: for linear regression." },
    zh: { label: "平面", summary: "y = 0.5 + 2·x1 − x2，加噪声：用于线性回归。" },
  },
  options: pointOptions(0.1, 2),
  target: "y",
  generate: ({ count = 0, noise = 0 }, random) => {
    const uniform = (): number => 2 * random.float() - 1;
    const points = Array.from({ length: count }, () => ({ x1: uniform(), x2: uniform() }));
    return tableOf(count, [
      numbers(
        "x1",
        points.map(({ x1 }) => x1),
      ),
      numbers(
        "x2",
        points.map(({ x2 }) => x2),
      ),
      numbers(
        "y",
        points.map(({ x1, x2 }) => 0.5 + 2 * x1 - x2 + noise * random.normal()),
      ),
    ]);
  },
} satisfies Generator;
