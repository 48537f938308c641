/** Spirals from the origin to radius 1, one arm of 1¾ turns a class. */
import { type Generator, labelledPoints, pointOptions } from "./generator.ts";

const TURNS = 1.75;

export default {
  name: "spiral",
  texts: {
    en: { label: "Spiral", summary: "Arms wound about each other, one a class." },
    zh: { label: "螺旋", summary: "互相缠绕的旋臂，每条一类。" },
  },
  options: [...pointOptions(0.02, 0.5), { name: "classes", default: 2, min: 2, max: 10 }],
  target: "label",
  generate: ({ count = 0, noise = 0, classes = 2 }, random) => {
    const points = Array.from({ length: count }, (_, place) => {
      const label = place % classes;
      const radius = random.float();
      const angle = 2 * Math.PI * (TURNS * radius + label / classes);
      return { x1: radius * Math.sin(angle) + noise * random.normal(), x2: radius * Math.cos(angle) + noise * random.normal(), label };
    });
    return labelledPoints(points, classes);
  },
} satisfies Generator;
