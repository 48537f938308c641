/** One wave of the sine: x uniform in [-π, π], y = sin x + noise. */
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

export default {
  name: "sine",
  texts: {
    en: { label: "Sine", summary: "One wave of a sine: a curve to fit." },
    zh: { label: "正弦", summary: "一个周期的正弦：用来拟合的曲线。" },
  },
  options: pointOptions(0.1, 2),
  target: "y",
  generate: ({ count = 0, noise = 0 }, random) => {
    const x = Array.from({ length: count }, () => Math.PI * (2 * random.float() - 1));
    return tableOf(count, [
      numbers("x", x),
      numbers(
        "y",
        x.map((value) => Math.sin(value) + noise * random.normal()),
      ),
    ]);
  },
} satisfies Generator;
