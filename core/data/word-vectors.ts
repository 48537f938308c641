/**
 * Pretrained word vectors from a text file, as GloVe (.txt) and fastText (.vec) write them: a word and its numbers a line, parted by
 * spaces; fastText has a first line with the number of words and of numbers. Read line by line: such files have millions of words,
 * of which only those that are asked for are kept.
 */
import { AppError } from "../errors.ts";

export interface FoundVectors {
  /** In the order of the file. */
  readonly words: readonly string[];
  /** `[words, width]` */
  readonly values: Float32Array;
  readonly width: number;
}

export interface WordVectors {
  /** `[vocabulary, width]`: rows of NaN for words that the file does not have. */
  readonly values: Float32Array;
  readonly width: number;
  /** How many words of the vocabulary were found. */
  readonly found: number;
}

const BLANK = 32;

/** Takes the lines of a file one by one. */
export class WordVectorReader {
  private readonly wanted: Set<string>;
  private readonly words: string[] = [];
  private readonly rows: Float32Array[] = [];
  private width = 0;
  private line = 0;

  /** @param wanted words that are kept; of one that stands twice the first vector */
  constructor(wanted: Iterable<string>) {
    this.wanted = new Set(wanted);
  }

  /** How many words were found so far. */
  get found(): number {
    return this.words.length;
  }

  /** Lines that were taken so far. */
  get lines(): number {
    return this.line;
  }

  /**
   * @param given without its line end
   * @throws AppError data.vectors_line
   */
  add(given: string): void {
    this.line += 1;
    const text = given.trimEnd();
    if (text === "" || (this.line === 1 && /^\d+ \d+$/.test(text))) return;
    const blanks = blanksIn(text);
    if (this.width === 0) {
      if (blanks === 0) this.refuse(1, 0);
      this.width = blanks;
    }
    if (blanks < this.width) this.refuse(this.width, blanks);
    // A few words of GloVe's files hold blanks: the numbers are the last ones.
    const end = blanks === this.width ? text.indexOf(" ") : startOfNumbers(text, this.width);
    const word = text.slice(0, end);
    if (blanks > this.width && Number.isFinite(Number(word.slice(word.lastIndexOf(" ") + 1) || Number.NaN)))
      this.refuse(this.width, blanks);
    if (this.wanted.delete(word)) this.keep(word, text.slice(end + 1).split(" "));
  }

  private keep(word: string, parts: readonly string[]): void {
    const row = new Float32Array(this.width);
    for (let k = 0; k < this.width; k++) {
      const value = Number(parts[k] || Number.NaN);
      if (!Number.isFinite(value)) this.refuse(this.width, k);
      row[k] = value;
    }
    this.words.push(word);
    this.rows.push(row);
  }

  private refuse(expected: number, received: number): never {
    throw new AppError("data.vectors_line", { line: this.line, expected, received });
  }

  /** @throws AppError data.vectors_none when no line held a vector */
  finish(): FoundVectors {
    const { words, rows, width } = this;
    if (width === 0) throw new AppError("data.vectors_none");
    const values = new Float32Array(words.length * width);
    rows.forEach((row, place) => values.set(row, place * width));
    return { words, values, width };
  }
}

function blanksIn(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === BLANK) count += 1;
  return count;
}

/** Place of the blank before the last `count` parts. */
function startOfNumbers(text: string, count: number): number {
  let end = text.length;
  for (let k = 0; k < count; k++) end = text.lastIndexOf(" ", end - 1);
  return end;
}

/**
 * Vectors by the index of a vocabulary.
 * @param vocabulary words by index; null is no word (padding). A word that stands twice has its vector twice.
 */
export function vectorsByIndex({ words, values, width }: FoundVectors, vocabulary: readonly (string | null)[]): WordVectors {
  const places = new Map(words.map((word, place) => [word, place]));
  const rows = new Float32Array(vocabulary.length * width).fill(Number.NaN);
  let found = 0;
  vocabulary.forEach((word, index) => {
    const place = word === null ? undefined : places.get(word);
    if (place === undefined) return;
    found += 1;
    rows.set(values.subarray(place * width, (place + 1) * width), index * width);
  });
  return { values: rows, width, found };
}

/**
 * @param lines      of the file, without line ends
 * @param vocabulary words by index; other words of the file are left out
 * @throws AppError data.vectors_line, data.vectors_none
 */
export function readWordVectors(lines: Iterable<string>, vocabulary: readonly string[]): WordVectors {
  const reader = new WordVectorReader(vocabulary);
  for (const line of lines) reader.add(line);
  return vectorsByIndex(reader.finish(), vocabulary);
}
