/**
 * What an answer hangs on, asked by changing what was typed: each column taken from other rows of the data, and each word of a text left
 * out. Only rows are made here; the network is asked of all of them at once.
 */
import type { Values } from "./typed-table.ts";

/** Words of one text that are left out in turn; the rest of a longer text stays. */
const MOST_WORDS = 60;
const FEWEST_WORDS = 2;

export interface Changed {
  /** The rows to be asked, none of them as it was typed. */
  readonly lines: readonly Values[];
  /** From the scores of those rows and that of the typed one to the effects. */
  readonly effects: (here: number, scores: readonly number[]) => { column: string; effect: number }[];
}

/** How far the answer moves, on average, with each column taken from other rows. */
export function withOtherColumns(values: Values, names: readonly string[], others: readonly Values[]): Changed {
  if (others.length === 0) return { lines: [], effects: () => [] };
  return {
    lines: names.flatMap((name) => others.map((other) => ({ ...values, [name]: other[name] ?? null }))),
    effects: (here, scores) =>
      names.map((column, place) => {
        const moved = scores.slice(place * others.length, (place + 1) * others.length);
        return { column, effect: moved.reduce((sum, score) => sum + Math.abs(score - here), 0) / others.length };
      }),
  };
}

export interface ChangedWords {
  readonly lines: readonly Values[];
  readonly effects: (here: number, scores: readonly number[]) => { column: string; word: string; effect: number }[];
}

/** What each word speaks for: how much higher the score of the answer is with it than without it, wherever it stands in the text. */
export function withoutWords(values: Values, columns: readonly string[]): ChangedWords {
  const asked = columns.flatMap((column) => {
    const words = wordsOf(values[column] ?? "");
    return words.length < FEWEST_WORDS ? [] : words.slice(0, MOST_WORDS).map((word) => ({ column, word }));
  });
  return {
    lines: asked.map(({ column, word }) => ({ ...values, [column]: withoutWord(values[column] ?? "", word) })),
    effects: (here, scores) => asked.map(({ column, word }, place) => ({ column, word, effect: here - (scores[place] ?? here) })),
  };
}

const segments = new Intl.Segmenter(undefined, { granularity: "word" });

/** Each once, as it stands where it comes first. */
function wordsOf(text: string): string[] {
  const words = new Map<string, string>();
  for (const { segment, isWordLike } of segments.segment(text))
    if (isWordLike === true && !words.has(segment.toLowerCase())) words.set(segment.toLowerCase(), segment);
  return [...words.values()];
}

function withoutWord(text: string, word: string): string {
  const gone = word.toLowerCase();
  return [...segments.segment(text)]
    .map(({ segment }) => (segment.toLowerCase() === gone ? "" : segment))
    .join("")
    .trim();
}
