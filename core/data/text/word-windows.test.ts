/** Windows over words, against counting them one by one. */
import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { countWindows, mutualInformation, PairCounts } from "./word-windows.ts";

const random = new Random(5, 0);
const WORDS = 30;
const documents = Array.from({ length: 40 }, () => Array.from({ length: random.below(25) }, () => random.below(WORDS)));

/** Every window as a set. */
function windowsOf(length: number): Set<number>[] {
  return documents.flatMap((words) => {
    if (words.length === 0) return [];
    const starts = Math.max(1, words.length - length + 1);
    return Array.from({ length: starts }, (_, start) => new Set(words.slice(start, start + length)));
  });
}

describe.each([2, 5, 20, 100])("windows of %i words", (length) => {
  const counts = countWindows(documents, WORDS, length);
  const all = windowsOf(length);

  it("count the windows that a word and a pair of words are in", () => {
    expect(counts.windows).toBe(all.length);
    let pairs = 0;
    for (let one = 0; one < WORDS; one += 1) {
      expect(counts.ofWord[one]).toBe(all.filter((window) => window.has(one)).length);
      for (let other = one + 1; other < WORDS; other += 1) {
        const together = all.filter((window) => window.has(one) && window.has(other)).length;
        expect(counts.ofPair.get(other, one)).toBe(together);
        if (together > 0) pairs += 1;
      }
    }
    expect(counts.ofPair.size).toBe(pairs);
  });

  it("give the mutual information of probabilities", () => {
    const share = (test: (window: Set<number>) => boolean): number => all.filter(test).length / all.length;
    counts.ofPair.forEach((one, other, together) => {
      const both = share((window) => window.has(one) && window.has(other));
      const apart = share((window) => window.has(one)) * share((window) => window.has(other));
      expect(mutualInformation(counts, one, other, together)).toBeCloseTo(Math.log(both / apart), 10);
    });
  });
});

describe("counts of pairs", () => {
  it("grow without losing any, whichever comes first", () => {
    const pairs = new PairCounts();
    for (let one = 0; one < 120; one += 1)
      for (let other = one + 1; other < 120; other += 1)
        for (let n = 0; n <= (one + other) % 3; n += 1) pairs.add(n % 2 === 0 ? one : other, n % 2 === 0 ? other : one);
    expect(pairs.size).toBe((120 * 119) / 2);
    pairs.forEach((low, high, count) => expect([low < high, count]).toEqual([true, ((low + high) % 3) + 1]));
  });
});

it("refuses more pairs than memory is given for, in words that name it", () => {
  const pairs = new PairCounts(3);
  for (let other = 1; other < 4; other += 1) pairs.add(0, other);
  pairs.add(0, 1);
  expect(pairs.size).toBe(3);
  expect(() => pairs.add(0, 4)).toThrow(expect.objectContaining({ code: "data.too_many_pairs", params: { pairs: 3, megabytes: 1 } }));
});
