/** Token sequence: as Keras's TextVectorization numbers words (0 padding, 1 unknown, then by frequency), ties in code-point order. */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { BytePairTokenizer, bytePairWords, learnBytePairs } from "../byte-pair.ts";
import { rowMemory } from "../row-memory.ts";
import { columnByColumn, textsOf } from "../step.ts";
import { TermCounts } from "../term-counts.ts";
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
  fit: {
    inPieces: (name, { tokenizer, lowercase, vocabulary }) => {
      const counts = new TermCounts(name);
      const cut = caseOf(lowercase);
      const termsOf = (text: string | null): string[] =>
        tokenizer === "byte_pair" ? bytePairWords(cut(text) ?? "") : tokenize(text, tokenizer, lowercase);
      return {
        add: (column) => {
          for (const text of textsOf(column)) counts.add(termsOf(text));
        },
        finish: () => {
          const counted = counts.all();
          if (counted.size === 0) throw new AppError("data.no_words", { column: name });
          if (tokenizer !== "byte_pair") return { words: byFrequency(counted).slice(0, vocabulary - FIRST_WORD) };
          const { tokens, merges } = learnBytePairs(counted, vocabulary - FIRST_WORD);
          return { words: tokens, merges };
        },
      };
    },
  },
  apply: (column, state, config) => {
    const { length, padding, truncation } = config;
    const numbersOf = knownNumbering(state, config);
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

/** Rows come in pieces: the table of a vocabulary is made once. */
const known = new WeakMap<State, (text: string | null) => number[]>();

function knownNumbering(state: State, config: ConfigOf<typeof definition.schema>): (text: string | null) => number[] {
  const found = known.get(state) ?? numbering(state, config);
  known.set(state, found);
  return found;
}

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
