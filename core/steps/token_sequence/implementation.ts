/** Token sequence: as Keras's TextVectorization numbers words (0 padding, 1 unknown, then by frequency), ties in code-point order. */
import { AppError } from "../../errors.ts";
import { columnByColumn, textsOf } from "../step.ts";
import { byFrequency, tokenize } from "../tokens.ts";
import definition from "./definition.ts";

const UNKNOWN = 1;
const FIRST_WORD = 2;

interface State {
  /** The word with number 2, 3 … */
  readonly words: readonly string[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { tokenizer, lowercase, vocabulary }) => {
    const counts = new Map<string, number>();
    for (const text of textsOf(column))
      for (const token of tokenize(text, tokenizer, lowercase)) counts.set(token, (counts.get(token) ?? 0) + 1);
    if (counts.size === 0) throw new AppError("data.no_words", { column: column.name });
    return { words: byFrequency(counts).slice(0, vocabulary - FIRST_WORD) };
  },
  apply: (column, { words }, { tokenizer, lowercase, length, padding, truncation }) => {
    const numbers = new Map(words.map((word, place) => [word, place + FIRST_WORD]));
    const texts = textsOf(column);
    const values = new Float32Array(texts.length * length);
    texts.forEach((text, row) => {
      const tokens = tokenize(text, tokenizer, lowercase);
      const kept = tokens.length <= length ? tokens : truncation === "end" ? tokens.slice(0, length) : tokens.slice(-length);
      const start = row * length + (padding === "end" ? 0 : length - kept.length);
      kept.forEach((token, place) => {
        values[start + place] = numbers.get(token) ?? UNKNOWN;
      });
    });
    return { kind: "tensor", name: column.name, shape: [length], values, names: [] };
  },
});
