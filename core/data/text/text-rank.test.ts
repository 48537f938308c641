/** TextRank: scores solve its equation, and what is central comes first. */
import { describe, expect, it } from "vitest";
import { generate } from "../generators/generator.ts";
import topicTexts from "../generators/topic_texts.ts";
import { describeTexts } from "./describe-texts.ts";
import { keySentences, keywords, rankNodes } from "./text-rank.ts";

describe("scores", () => {
  it("solve 0.15 + 0.85 · Σ score · weight / Σ weights", () => {
    const edges: [number, number, number][] = [
      [0, 1, 2],
      [1, 2, 1],
      [2, 3, 4],
      [3, 0, 0.5],
      [1, 3, 3],
    ];
    const scores = rankNodes(5, edges);
    const sum = (node: number): number =>
      edges.filter((edge) => edge.slice(0, 2).includes(node)).reduce((all, [, , weight]) => all + weight, 0);
    for (let node = 0; node < 5; node += 1) {
      const arriving = edges
        .filter(([one, other]) => one === node || other === node)
        .reduce((all, [one, other, weight]) => {
          const neighbour = one === node ? other : one;
          return all + ((scores[neighbour] as number) * weight) / sum(neighbour);
        }, 0);
      expect(scores[node]).toBeCloseTo(0.15 + 0.85 * arriving, 8);
    }
    // A node that nothing leads to.
    expect(scores[4]).toBeCloseTo(0.15, 12);
  });
});

const TEXT =
  "Compatibility of systems of linear constraints over the set of natural numbers. Criteria of compatibility of a system of linear equations are considered. Upper bounds for components of a minimal set of solutions of linear systems are given. The weather was fine.";

describe("key words and sentences", () => {
  it("of the paper's kind of abstract are those it is about, without words that only hold it together", () => {
    const found = keywords([TEXT], "words", 4).map(({ text }) => text);
    expect(found).toContain("linear");
    expect(found).toContain("systems");
    expect(found.some((word) => ["of", "the", "are"].includes(word))).toBe(false);
    const sentences = keySentences([TEXT], "words", 4).map(({ text }) => text);
    expect(sentences.at(-1)).toBe("The weather was fine.");
  });

  it("of Chinese are words and sentences too", () => {
    const text = "深度学习需要数据。神经网络学习数据。今天天气很好。";
    expect(keywords([text], "segments", 3).map(({ text: word }) => word)).toContain("数据");
    expect(keySentences([text], "segments", 3).at(-1)?.text).toBe("今天天气很好。");
  });

  it("of no text are none", () => {
    expect([keywords([], "words", 3), keySentences([""], "words", 3)]).toEqual([[], []]);
  });
});

describe("pairs of words", () => {
  const texts = generate(topicTexts, { count: 200, noise: 0 }).columns[0];
  const values = texts?.kind === "text" ? texts.values.map((text) => text ?? "") : [];
  const found = describeTexts([...values, ...Array.from({ length: 8 }, () => "quantum entanglement")], "words", 10);

  it("that are never apart have the most information, and frequent ones the most windows", () => {
    expect(found.information[0]?.words).toEqual(["quantum", "entanglement"]);
    expect(found.together[0]?.together).toBeGreaterThan(8);
    for (const [place, pair] of found.together.slice(1).entries())
      expect(pair.together).toBeLessThanOrEqual(found.together[place]?.together ?? 0);
    expect(found.information.every(({ together }) => together >= 5)).toBe(true);
  });
});
