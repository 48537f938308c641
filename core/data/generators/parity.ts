/** Parity: whether the number of ones among the bits is even or odd; XOR for more bits, which no single bit gives a hint of. */
import type { CategoryColumn } from "../table.ts";
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

export default {
  name: "parity",
  texts: {
    en: { label: "Parity", summary: "Bits, and whether an even or an odd number of them is 1: XOR of many." },
    zh: { label: "奇偶校验", summary: "若干比特，判断其中 1 的个数是偶数还是奇数：多位异或。" },
  },
  options: [...pointOptions(0, 1), { name: "bits", default: 8, min: 2, max: 64 }],
  target: "label",
  generate: ({ count = 0, noise = 0, bits = 8 }, random) => {
    const rows = Array.from({ length: count }, () => {
      const drawn = Array.from({ length: bits }, () => random.below(2));
      return { odd: drawn.reduce((sum, bit) => sum + bit, 0) % 2, values: drawn.map((bit) => bit + noise * random.normal()) };
    });
    const label: CategoryColumn = {
      kind: "category",
      name: "label",
      codes: Int32Array.from(rows, ({ odd }) => odd),
      categories: ["even", "odd"],
    };
    return tableOf(count, [
      ...Array.from({ length: bits }, (_, bit) =>
        numbers(
          `b${bit + 1}`,
          rows.map(({ values }) => values[bit] as number),
        ),
      ),
      label,
    ]);
  },
} satisfies Generator;
