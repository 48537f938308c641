/** Round clouds of points, one a class, their centres evenly on the circle of radius 2; `noise` is their deviation. */
import { type Generator, labelledPoints, pointOptions } from "./generator.ts";

export default {
  name: "gaussian_blobs",
  texts: {
    en: { label: "Gaussian blobs", summary: "Round clouds of points, one a class." },
    zh: { label: "高斯团", summary: "圆形的点团，每团一类。" },
  },
  options: [...pointOptions(0.5, 5), { name: "classes", default: 3, min: 2, max: 10 }],
  target: "label",
  generate: ({ count = 0, noise = 0, classes = 3 }, random) => {
    const points = Array.from({ length: count }, (_, place) => {
      const label = place % classes;
      const angle = (2 * Math.PI * label) / classes;
      return { x1: 2 * Math.cos(angle) + noise * random.normal(), x2: 2 * Math.sin(angle) + noise * random.normal(), label };
    });
    return labelledPoints(points, classes);
  },
} satisfies Generator;
