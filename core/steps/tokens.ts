/**
 * Tokens of a text. `words` is scikit-learn's pattern (letters, digits and underscores, two or more), `characters` every
 * character but white space, `segments` the words that the language's own rules find (Intl.Segmenter), for Chinese and
 * other writing without spaces: it follows the Unicode data of the machine, the other two are the same everywhere.
 */
import { bool, choice } from "../schema/fields.ts";
import { compareCodePoints } from "./order.ts";

export const TOKENIZERS = ["words", "characters", "segments"] as const;
export type Tokenizer = (typeof TOKENIZERS)[number];

export const tokenizerField = () => choice({ default: "words", values: TOKENIZERS });
export const lowercaseField = () => bool({ default: true, advanced: true });

const WORD = /[\p{L}\p{N}_]{2,}/gu;
const CHARACTER = /\S/gu;

/** A missing text has no tokens. */
export function tokenize(text: string | null, tokenizer: Tokenizer, lowercase: boolean): string[] {
  if (text === null) return [];
  const plain = lowercase ? text.toLowerCase() : text;
  if (tokenizer === "segments") return segments(plain);
  return plain.match(tokenizer === "words" ? WORD : CHARACTER) ?? [];
}

let segmenter: Intl.Segmenter | undefined;

function segments(text: string): string[] {
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const found: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) if (isWordLike === true) found.push(segment);
  return found;
}

/** Runs of `from` to `to` neighbouring tokens, joined by spaces, shorter ones first. */
export function ngrams(tokens: readonly string[], from: number, to: number): string[] {
  if (from === 1 && to === 1) return [...tokens];
  const found: string[] = [];
  for (let length = from; length <= to; length += 1)
    for (let start = 0; start + length <= tokens.length; start += 1) found.push(tokens.slice(start, start + length).join(" "));
  return found;
}

/** Words by how often they occur, the most frequent first, ties in code-point order. */
export function byFrequency(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([a, n], [b, m]) => m - n || compareCodePoints(a, b)).map(([word]) => word);
}
