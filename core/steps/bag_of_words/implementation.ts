/**
 * Bag of words as scikit-learn's CountVectorizer and TfidfTransformer (smooth idf, l2): the vocabulary is in code-point
 * order; where max_words cuts among words that are equally frequent, the first in that order stay.
 */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { compareCodePoints } from "../order.ts";
import { rowMemory } from "../row-memory.ts";
import { columnByColumn, textsOf } from "../step.ts";
import { TermCounts } from "../term-counts.ts";
import { byFrequency, ngrams, tokenize } from "../tokens.ts";
import definition from "./definition.ts";

type Config = ConfigOf<typeof definition.schema>;
interface State {
  readonly words: readonly string[];
  /** ln((1 + texts) / (1 + texts with the word)) + 1 */
  readonly idf: readonly number[];
}

const termsOf = (text: string | null, { tokenizer, lowercase, ngram_from, ngram_to }: Config): string[] =>
  ngrams(tokenize(text, tokenizer, lowercase), ngram_from, Math.max(ngram_from, ngram_to));

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: {
    inPieces: (name, config) => {
      const counts = new TermCounts(name);
      return {
        add: (column) => {
          for (const text of textsOf(column)) counts.add(termsOf(text, config));
        },
        finish: () => {
          const counted = counts.inTexts(config.min_texts);
          if (counted.size === 0) throw new AppError("data.no_words", { column: name });
          const words = byFrequency(counted).slice(0, config.max_words).sort(compareCodePoints);
          return { words, idf: words.map((word) => Math.log((1 + counts.texts) / (1 + counts.textsWith(word))) + 1) };
        },
      };
    },
  },
  apply: (column, state, config) => {
    const places = placesOf(state);
    const texts = textsOf(column);
    const width = state.words.length;
    const values = rowMemory(texts.length, width, column.name);
    texts.forEach((text, row) => {
      const counts = new Map<number, number>();
      for (const term of termsOf(text, config)) {
        const place = places.get(term);
        if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      writeRow(values.subarray(row * width, (row + 1) * width), counts, state, config);
    });
    return { kind: "tensor", name: column.name, shape: [width], values, names: state.words.map((word) => `${column.name}=${word}`) };
  },
});

/** Rows come in pieces: the table of a vocabulary is made once. */
const known = new WeakMap<State, ReadonlyMap<string, number>>();

function placesOf(state: State): ReadonlyMap<string, number> {
  const found = known.get(state) ?? new Map(state.words.map((word, place) => [word, place]));
  known.set(state, found);
  return found;
}

function writeRow(row: Float32Array, counts: ReadonlyMap<number, number>, { idf }: State, { weighting }: Config): void {
  if (weighting !== "tf_idf") {
    for (const [place, count] of counts) row[place] = weighting === "binary" ? 1 : count;
    return;
  }
  // In the order of the vocabulary, so that the sum does not depend on the order of the words in the text.
  const weighted = [...counts].sort(([a], [b]) => a - b).map(([place, count]) => [place, count * (idf[place] ?? 0)] as const);
  const length = Math.sqrt(weighted.reduce((sum, [, value]) => sum + value * value, 0));
  for (const [place, value] of weighted) row[place] = value / length;
}
