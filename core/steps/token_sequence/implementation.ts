/** Token sequence: as Keras's TextVectorization numbers words (0 padding, 1 unknown, then by frequency), ties in code-point order. */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { BytePairTokenizer, learnBytePairs } from "../byte-pair.ts";
import { rowMemory } from "../row-memory.ts";
import { columnByColumn, textsOf } from "../step.ts";
import { byFrequency, tokenize } from "../tokens.ts";
import definition from "./definition.ts";

const UNKNOWN = 1;
const FIRST_WORD = 2;

interface State {
  /** The word with number 2, 3 … */
  readonly words: readonly string[];
  /** Of byte pairs: words by place in `words` that make another, in the order of learning. */
  readonly merges?: readonly (readonly [number, number])[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { tokenizer, lowercase, vocabulary }) => {
    if (tokenizer === "byte_pair") {
      const { tokens, merges } = learnBytePairs(textsOf(column).map(caseOf(lowercase)), vocabulary - FIRST_WORD);
      if (tokens.length === 0) throw new AppError("data.no_words", { column: column.name });
      return { words: tokens, merges };
    }
    const counts = new Map<string, number>();
    for (const text of textsOf(column))
      for (const token of tokenize(text, tokenizer, lowercase)) counts.set(token, (counts.get(token) ?? 0) + 1);
    if (counts.size === 0) throw new AppError("data.no_words", { column: column.name });
    return { words: byFrequency(counts).slice(0, vocabulary - FIRST_WORD) };
  },
  apply: (column, state, config) => {
    const { length, padding, truncation } = config;
    const numbersOf = numbering(state, config);
    const texts = textsOf(column);
    const values = rowMemory(texts.length, length, column.name);
    texts.forEach((text, row) => {
      const tokens = numbersOf(text);
      const kept = tokens.length <= length ? tokens : truncation === "end" ? tokens.slice(0, length) : tokens.slice(-length);
      const start = row * length + (padding === "end" ? 0 : length - kept.length);
      values.set(kept, start);
    });
    return { kind: "tensor", name: column.name, shape: [length], values, names: [] };
  },
  indexNames: ({ words }) => [...Array.from({ length: FIRST_WORD }, () => null), ...words],
});

/** Numbers of a text's tokens, in order. */
function numbering(
  { words, merges }: State,
  { tokenizer, lowercase }: ConfigOf<typeof definition.schema>,
): (text: string | null) => number[] {
  if (tokenizer === "byte_pair") {
    const pairs = new BytePairTokenizer({ tokens: words, merges: merges ?? [] });
    return (text) => pairs.numbersOf(caseOf(lowercase)(text)).map((number) => (number < 0 ? UNKNOWN : number + FIRST_WORD));
  }
  const numbers = new Map(words.map((word, place) => [word, place + FIRST_WORD]));
  return (text) => tokenize(text, tokenizer, lowercase).map((token) => numbers.get(token) ?? UNKNOWN);
}

const caseOf =
  (lowercase: boolean) =>
  (text: string | null): string | null =>
    lowercase ? (text?.toLowerCase() ?? null) : text;
