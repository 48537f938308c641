/**
 * Pretrained word vectors from a text file, as GloVe (.txt) and fastText (.vec) write them: a word and its numbers a line, parted by
 * spaces; fastText has a first line with the number of words and of numbers. Read line by line: such files have millions of words.
 */
import { AppError } from "../errors.ts";

export interface WordVectors {
  /** `[vocabulary, width]`: rows of NaN for words that the file does not have. */
  readonly values: Float32Array;
  readonly width: number;
  /** How many words of the vocabulary were found. */
  readonly found: number;
}

/**
 * @param lines      of the file, without line ends
 * @param vocabulary words by index; other words of the file are left out. A word that stands twice has its first vector.
 * @throws AppError data.vectors_line, data.vectors_none
 */
export function readWordVectors(lines: Iterable<string>, vocabulary: readonly string[]): WordVectors {
  const places = new Map(vocabulary.map((word, index) => [word, index]));
  let values = new Float32Array(0);
  let width = 0;
  let number = 0;
  let found = 0;
  for (const line of lines) {
    number += 1;
    const text = line.trimEnd();
    if (text === "" || (number === 1 && /^\d+ \d+$/.test(text))) continue;
    const parts = text.split(" ");
    if (width === 0) {
      width = parts.length - 1;
      if (width === 0) throw new AppError("data.vectors_line", { line: number, expected: 1, received: 0 });
      values = new Float32Array(vocabulary.length * width).fill(Number.NaN);
    }
    // A few words of GloVe's files hold spaces: the numbers are the last ones.
    const count = parts.length - width;
    if (count < 1) throw new AppError("data.vectors_line", { line: number, expected: width, received: parts.length - 1 });
    const place = places.get(parts.slice(0, count).join(" "));
    if (place === undefined) continue;
    places.delete(parts.slice(0, count).join(" "));
    found += 1;
    for (let k = 0; k < width; k++) {
      const value = Number(parts[count + k] || Number.NaN);
      if (!Number.isFinite(value)) throw new AppError("data.vectors_line", { line: number, expected: width, received: k });
      values[place * width + k] = value;
    }
  }
  if (width === 0) throw new AppError("data.vectors_none");
  return { values, width, found };
}
