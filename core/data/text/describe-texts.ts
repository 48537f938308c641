/** What texts are about, for the data screen: key words, key sentences, and words that stand together often or more than by chance. */
import type { Tokenizer } from "../../steps/tokens.ts";
import { contentWords, keySentences, keywords, type Ranked } from "./text-rank.ts";
import { countWindows, mutualInformation } from "./word-windows.ts";

export interface WordPair {
  readonly words: readonly [string, string];
  /** Windows that hold both. */
  readonly together: number;
  /** Pointwise mutual information, natural logarithm. */
  readonly information: number;
}

export interface TextDescription {
  readonly keywords: readonly Ranked[];
  readonly sentences: readonly Ranked[];
  /** The most frequent pairs. */
  readonly together: readonly WordPair[];
  /** The pairs that are together most beyond chance, of those that are together often enough. */
  readonly information: readonly WordPair[];
}

/** Pairs that are together in fewer windows say little: their information is a matter of chance. */
const FEWEST_WINDOWS = 5;

/** @param window words that are looked at together, for pairs */
export function describeTexts(texts: readonly string[], tokenizer: Tokenizer, count: number, window = 10): TextDescription {
  const { words, documents } = contentWords(texts, tokenizer);
  const counts = countWindows(documents, words.length, window);
  const pairs: WordPair[] = [];
  counts.ofPair.forEach((one, other, together) => {
    if (together < FEWEST_WINDOWS) return;
    pairs.push({
      words: [words[one] as string, words[other] as string],
      together,
      information: mutualInformation(counts, one, other, together),
    });
  });
  const by = (value: (pair: WordPair) => number): WordPair[] =>
    [...pairs].sort((a, b) => value(b) - value(a) || b.together - a.together || (a.words.join() < b.words.join() ? -1 : 1)).slice(0, count);
  return {
    keywords: keywords(texts, tokenizer, count),
    sentences: keySentences(texts, tokenizer, Math.min(count, 5)),
    together: by(({ together }) => together),
    information: by(({ information }) => information),
  };
}
