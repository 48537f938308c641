/**
 * Copy memory: symbols come first, then blanks, and at the end a number that asks for one of the symbols, which is the class. (In the task
 * of Hochreiter and Schmidhuber all symbols are written out again; a row of a table has one answer.)
 */
import type { CategoryColumn } from "../table.ts";
import { type Generator, numbers, pointOptions, tableOf } from "./generator.ts";

const SYMBOLS = "abcdefgh";

export default {
  name: "copy_memory",
  texts: {
    en: {
      label: "Copy memory",
      summary: "Symbols, then blanks, then the number of the symbol that is asked for: to be remembered over the blanks.",
    },
    zh: { label: "复制记忆", summary: "先是若干符号，再是空白，最后给出要求回忆的是第几个符号：需跨过空白记住。" },
  },
  options: [
    ...pointOptions(0, 1),
    { name: "shown", default: 3, min: 1, max: 10 },
    { name: "blanks", default: 10, min: 0, max: 200 },
    { name: "symbols", default: 4, min: 2, max: SYMBOLS.length },
  ],
  target: "label",
  generate: ({ count = 0, noise = 0, shown = 3, blanks = 10, symbols = 4 }, random) => {
    const rows = Array.from({ length: count }, (_, place) => {
      const asked = random.below(shown);
      // The class goes round, so that there are as many of each.
      const drawn = Array.from({ length: shown }, (_unused, step) => (step === asked ? place % symbols : random.below(symbols)));
      const steps = [...drawn.map((symbol) => symbol + 1), ...new Array<number>(blanks).fill(0)];
      return { steps: steps.map((value) => value + noise * random.normal()), asked: asked + 1, label: place % symbols };
    });
    const label: CategoryColumn = {
      kind: "category",
      name: "label",
      codes: Int32Array.from(rows, (row) => row.label),
      categories: [...SYMBOLS.slice(0, symbols)],
    };
    return tableOf(count, [
      ...Array.from({ length: shown + blanks }, (_, step) =>
        numbers(
          `s${step + 1}`,
          rows.map(({ steps }) => steps[step] as number),
        ),
      ),
      numbers(
        "ask",
        rows.map(({ asked }) => asked),
      ),
      label,
    ]);
  },
} satisfies Generator;
