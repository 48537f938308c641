/** Two half circles that reach into each other (the curves of scikit-learn's make_moons). */
import { type Generator, labelledPoints, pointOptions } from "./generator.ts";

export default {
  name: "two_moons",
  texts: {
    en: { label: "Two moons", summary: "Two half moons that reach into each other." },
    zh: { label: "两个月牙", summary: "两个互相嵌入的半月形。" },
  },
  options: pointOptions(0.1, 1),
  target: "label",
  generate: ({ count = 0, noise = 0 }, random) => {
    const points = Array.from({ length: count }, (_, place) => {
      const label = place % 2;
      const angle = Math.PI * random.float();
      const x1 = label === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
      const x2 = label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
      return { x1: x1 + noise * random.normal(), x2: x2 + noise * random.normal(), label };
    });
    return labelledPoints(points, 2);
  },
} satisfies Generator;
