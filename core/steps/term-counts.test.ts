import { expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { TermCounts } from "./term-counts.ts";

it("counts terms, and texts that have them, as a plain count of all texts does", () => {
  const texts = Array.from({ length: 3000 }, (_, row) => Array.from({ length: row % 7 }, (_, i) => `term_number_${(row * i) % 1500}`));
  const counts = new TermCounts("t");
  for (const terms of texts) counts.add(terms);
  const all = texts.flat();
  expect(counts.all()).toEqual(new Map([...new Set(all)].map((term) => [term, all.filter((other) => other === term).length])));
  const withTerm = (term: string): number => texts.filter((terms) => terms.includes(term)).length;
  for (const term of new Set(all)) expect(counts.textsWith(term)).toBe(withTerm(term));
  expect([...counts.inTexts(4).keys()]).toEqual([...new Set(all)].filter((term) => withTerm(term) >= 4));
  expect(counts.textsWith("another")).toBe(0);
});

it("refuses more different terms than there is room for, naming the column, the texts and the memory", () => {
  const counts = new TermCounts("notes", 3);
  counts.add(["a", "b", "c", "a"]);
  counts.add(["c"]);
  try {
    counts.add(["d"]);
    expect.unreachable();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect((thrown as AppError).code).toBe("data.too_many_terms");
    expect((thrown as AppError).params).toEqual({ column: "notes", terms: 3, texts: 3, megabytes: 1 });
  }
});
