/**
 * The adding problem (Hochreiter and Schmidhuber 1997): numbers of [0, 1), two of them marked, one in each half; the target is the sum of
 * the marked ones. Columns stand in pairs v1, m1, v2, m2 …, so that an input of the shape [length, 2] takes them as they are.
 */
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

export default {
  name: "adding_problem",
  texts: {
    en: {
      label: "Adding problem",
      summary: "A sequence of numbers, two of them marked: the target is their sum. Input shape [length, 2], for recurrent networks.",
    },
    zh: { label: "加法问题", summary: "一列数，其中两个被标记：目标是二者之和。输入形状为 [长度, 2]，用于循环网络。" },
  },
  options: [...pointOptions(0, 1), { name: "length", default: 20, min: 2, max: 500 }],
  target: "sum",
  generate: ({ count = 0, noise = 0, length = 20 }, random) => {
    const half = length >> 1;
    const rows = Array.from({ length: count }, () => {
      const values = Array.from({ length }, () => random.float());
      const marked = [random.below(half), half + random.below(length - half)] as const;
      const sum = (values[marked[0]] as number) + (values[marked[1]] as number) + noise * random.normal();
      return { values, marked, sum };
    });
    const columns = Array.from({ length }, (_, step) => [
      numbers(
        `v${step + 1}`,
        rows.map(({ values }) => values[step] as number),
      ),
      numbers(
        `m${step + 1}`,
        rows.map(({ marked }) => (marked.includes(step) ? 1 : 0)),
      ),
    ]);
    return tableOf(count, [
      ...columns.flat(),
      numbers(
        "sum",
        rows.map(({ sum }) => sum),
      ),
    ]);
  },
} satisfies Generator;
