/** Steps for text against values worked out by hand; those of scikit-learn are in test/golden/data. */
import { describe, expect, it } from "vitest";
import { defaultsOf } from "../schema/validate.ts";
import bagOfWords from "./bag_of_words/definition.ts";
import { stepImplementation } from "./implementations.ts";
import type { TensorColumn } from "./step.ts";
import tokenSequence from "./token_sequence/definition.ts";
import { ngrams, tokenize } from "./tokens.ts";

const text = (...values: (string | null)[]) => ({ kind: "text" as const, name: "t", values });

/** Fitted on the first column, applied to the second. */
function run(type: string, config: Record<string, unknown>, fit: ReturnType<typeof text>, other = fit): TensorColumn {
  const step = stepImplementation(type);
  const [made] = step.apply([other], JSON.parse(JSON.stringify(step.fit([fit], config))), config);
  return made?.[0] as TensorColumn;
}

describe("tokens", () => {
  it("are words of two letters or digits and more, of any script", () => {
    expect(tokenize("Free entry, 2 WIN £100! café_au 中文", "words", true)).toEqual(["free", "entry", "win", "100", "café_au", "中文"]);
  });
  it("are characters, the case kept where asked", () => {
    expect(tokenize("Aé 😀b", "characters", false)).toEqual(["A", "é", "😀", "b"]);
  });
  it("are words of Chinese", () => {
    expect(tokenize("我喜欢深度学习。", "segments", true).join("|")).toMatch(/^我\|喜欢\|/);
  });
  it("of a missing text are none", () => expect(tokenize(null, "words", true)).toEqual([]));
  it("come in runs", () => expect(ngrams(["a", "b", "c"], 1, 2)).toEqual(["a", "b", "c", "a b", "b c"]));
});

describe("bag_of_words", () => {
  const config = (more: Record<string, unknown>) => ({ ...defaultsOf(bagOfWords.schema), ...more });
  const texts = text("red red blue", "blue green", null);
  it("counts, and leaves words it does not know out", () => {
    const made = run("bag_of_words", config({ weighting: "count" }), texts, text("green green black red"));
    expect(made.names).toEqual(["t=blue", "t=green", "t=red"]);
    expect([...made.values]).toEqual([0, 2, 1]);
  });
  it("keeps the most frequent words, ties in code-point order", () => {
    expect(run("bag_of_words", config({ max_words: 2 }), texts).names).toEqual(["t=blue", "t=red"]);
  });
  it("weighs rare words more and brings every text to length 1", () => {
    const { values } = run("bag_of_words", config({}), texts);
    const [blue, red] = [Math.log(4 / 3) + 1, 2 * (Math.log(4 / 2) + 1)];
    const length = Math.hypot(blue, red);
    expect([...values.subarray(0, 3)]).toEqual([Math.fround(blue / length), 0, Math.fround(red / length)]);
    expect([...values.subarray(6)]).toEqual([0, 0, 0]);
  });
  it("refuses texts without a word", () => expect(() => run("bag_of_words", config({}), text("?", null))).toThrow("data.no_words"));
});

describe("token_sequence", () => {
  const config = (more: Record<string, unknown>) => ({ ...defaultsOf(tokenSequence.schema), length: 3, ...more });
  const texts = text("bb aa bb cc", "aa bb", null);
  it("numbers words by frequency, cuts and pads at the end", () => {
    expect([...run("token_sequence", config({}), texts).values]).toEqual([2, 3, 2, 3, 2, 0, 0, 0, 0]);
  });
  it("cuts and pads at the start", () => {
    const made = run("token_sequence", config({ padding: "start", truncation: "start" }), texts);
    expect([...made.values]).toEqual([3, 2, 4, 0, 3, 2, 0, 0, 0]);
  });
  it("writes 1 for words beyond the vocabulary", () => {
    expect([...run("token_sequence", config({ vocabulary: 3 }), texts, text("aa bb zz")).values]).toEqual([1, 2, 1]);
  });
});
