/** A random walk: each value is the one before and a normal step; nothing but the last value helps to foretell the next. */
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

export default {
  name: "random_walk",
  texts: {
    en: {
      label: "Random walk",
      summary: "A time series whose best forecast is its last value: a network that claims more has learnt noise.",
    },
    zh: { label: "随机游走", summary: "最佳预测就是前一个值的时间序列：若网络声称更好，学到的只是噪声。" },
  },
  // The noise is the size of a step.
  options: pointOptions(1, 10),
  target: "y",
  generate: ({ count = 0, noise = 0 }, random) => {
    let place = random.normal();
    const y = Array.from({ length: count }, () => {
      place += noise * random.normal();
      return place;
    });
    return tableOf(count, [
      numbers(
        "step",
        y.map((_, step) => step),
      ),
      numbers("y", y),
    ]);
  },
} satisfies Generator;
