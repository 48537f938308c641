/**
 * Which words stand near each other: every document is looked at through a window that slides word by word (a shorter document is one
 * window), and it is counted in how many windows a word is, and two words are together. From that follow co-occurrence and pointwise
 * mutual information (Church & Hanks 1990; as Yao et al. 2019 use it).
 */

import { AppError } from "../../errors.ts";

/** Different pairs that are counted at most: their table then takes a gigabyte, and a graph of them as much again. */
const MOST_PAIRS = 2 ** 25;
const BYTES_A_PAIR = 32;

/** Counts of unordered pairs of numbers; a hash table of plain arrays, since a corpus has millions of pairs. */
export class PairCounts {
  private readonly most: number;
  private firsts = new Int32Array(1024).fill(-1);
  private seconds = new Int32Array(1024);
  private counts = new Float64Array(1024);
  private used = 0;

  constructor(most = MOST_PAIRS) {
    this.most = most;
  }

  get size(): number {
    return this.used;
  }

  /** @param first and @param second not negative @throws AppError data.too_many_pairs */
  add(first: number, second: number): void {
    const [low, high] = first < second ? [first, second] : [second, first];
    const at = this.placeOf(low, high);
    if (this.firsts[at] === -1) {
      this.firsts[at] = low;
      this.seconds[at] = high;
      this.used += 1;
      if (this.used > this.most)
        throw new AppError("data.too_many_pairs", { pairs: this.most, megabytes: Math.ceil((this.most * BYTES_A_PAIR) / 2 ** 20) });
    }
    this.counts[at] = (this.counts[at] as number) + 1;
    if (this.used * 2 > this.firsts.length) this.grow();
  }

  get(first: number, second: number): number {
    return this.counts[this.placeOf(Math.min(first, second), Math.max(first, second))] as number;
  }

  /** Every pair with its count, the smaller number first; in an order that depends on nothing but what was added. */
  forEach(act: (low: number, high: number, count: number) => void): void {
    for (let at = 0; at < this.firsts.length; at += 1)
      if (this.firsts[at] !== -1) act(this.firsts[at] as number, this.seconds[at] as number, this.counts[at] as number);
  }

  private placeOf(low: number, high: number): number {
    const mask = this.firsts.length - 1;
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let at = (hash ^ (hash >>> 13)) & mask;
    while (this.firsts[at] !== -1 && !(this.firsts[at] === low && this.seconds[at] === high)) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { firsts, seconds, counts } = this;
    this.firsts = new Int32Array(firsts.length * 2).fill(-1);
    this.seconds = new Int32Array(firsts.length * 2);
    this.counts = new Float64Array(firsts.length * 2);
    for (let old = 0; old < firsts.length; old += 1) {
      if (firsts[old] === -1) continue;
      const at = this.placeOf(firsts[old] as number, seconds[old] as number);
      this.firsts[at] = firsts[old] as number;
      this.seconds[at] = seconds[old] as number;
      this.counts[at] = counts[old] as number;
    }
  }
}

export interface WindowCounts {
  readonly windows: number;
  /** By word: windows that it is in. */
  readonly ofWord: Float64Array;
  /** Windows that two different words are both in. */
  readonly ofPair: PairCounts;
}

/**
 * @param documents words by number, in order
 * @param wordCount how many different words there are
 * @param length    words in a window, 2 or more
 * @throws AppError data.too_many_pairs
 */
export function countWindows(documents: readonly ArrayLike<number>[], wordCount: number, length: number): WindowCounts {
  const ofWord = new Float64Array(wordCount);
  const ofPair = new PairCounts();
  /** Last window in which a word was seen, so that a word counts once in each. */
  const seen = new Float64Array(wordCount).fill(-1);
  const inWindow = new Int32Array(length);
  let windows = 0;
  for (const words of documents) {
    const last = Math.max(0, words.length - length);
    for (let start = 0; start <= last && words.length > 0; start += 1) {
      let count = 0;
      for (let at = start; at < Math.min(words.length, start + length); at += 1) {
        const word = words[at] as number;
        if (seen[word] === windows) continue;
        seen[word] = windows;
        inWindow[count++] = word;
      }
      for (let i = 0; i < count; i += 1) {
        const word = inWindow[i] as number;
        ofWord[word] = (ofWord[word] as number) + 1;
        for (let j = 0; j < i; j += 1) ofPair.add(word, inWindow[j] as number);
      }
      windows += 1;
    }
  }
  return { windows, ofWord, ofPair };
}

/** Pointwise mutual information, ln(p(i, j) / (p(i)·p(j))); −∞ for words that are never together. */
export function mutualInformation({ windows, ofWord }: WindowCounts, first: number, second: number, together: number): number {
  return Math.log((together * windows) / ((ofWord[first] as number) * (ofWord[second] as number)));
}
