/** A series that is a sum of waves: periods 25, 11 and 6 (as many as are asked for), phases drawn, and noise. */
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

const PERIODS = [25, 11, 6, 40, 3.7];

export default {
  name: "waves",
  texts: {
    en: { label: "Sum of waves", summary: "A time series made of several waves, with noise: for windows and forecasts." },
    zh: { label: "多波叠加", summary: "由几个波叠加成的时间序列，加噪声：用于窗口和预测。" },
  },
  options: [...pointOptions(0.1, 2), { name: "waves", default: 3, min: 1, max: PERIODS.length }],
  target: "y",
  generate: ({ count = 0, noise = 0, waves = 3 }, random) => {
    const drawn = PERIODS.slice(0, waves).map((period) => ({ period, phase: 2 * Math.PI * random.float(), height: 0.5 + random.float() }));
    const steps = Array.from({ length: count }, (_, step) => step);
    const sum = (step: number): number =>
      drawn.reduce((total, { period, phase, height }) => total + height * Math.sin((2 * Math.PI * step) / period + phase), 0);
    return tableOf(count, [
      numbers("step", steps),
      numbers(
        "y",
        steps.map((step) => sum(step) + noise * random.normal()),
      ),
    ]);
  },
} satisfies Generator;
