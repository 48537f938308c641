/** Two circles about the origin: class "a" of radius 1, class "b" of radius 0.5 (as scikit-learn's make_circles with factor 0.5). */
import { type Generator, labelledPoints, pointOptions } from "./generator.ts";

export default {
  name: "two_circles",
  texts: {
    en: { label: "Two circles", summary: "One circle inside another: no line separates them." },
    zh: { label: "两个圆", summary: "一个圆在另一个圆内：没有直线能把它们分开。" },
  },
  options: pointOptions(0.1, 1),
  target: "label",
  generate: ({ count = 0, noise = 0 }, random) => {
    const points = Array.from({ length: count }, (_, place) => {
      const label = place % 2;
      const radius = label === 0 ? 1 : 0.5;
      const angle = 2 * Math.PI * random.float();
      return { x1: radius * Math.cos(angle) + noise * random.normal(), x2: radius * Math.sin(angle) + noise * random.normal(), label };
    });
    return labelledPoints(points, 2);
  },
} satisfies Generator;
