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

  /** @param first and @param second not negative @param times how often they were together @throws AppError data.too_many_pairs */
  add(first: number, second: number, times = 1): void {
    const [low, high] = first < second ? [first, second] : [second, first];
    const at = this.placeOf(low, high);
    if (this.firsts[at] === -1) {
      this.firsts[at] = low;
      this.seconds[at] = high;
      this.used += 1;
      if (this.used > this.most)
        throw new AppError("data.too_many_pairs", { pairs: this.most, megabytes: Math.ceil((this.most * BYTES_A_PAIR) / 2 ** 20) });
    }
    this.counts[at] = (this.counts[at] as number) + times;
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

/** Between two words on how far the counting is. */
export const DOCUMENTS_BETWEEN = 64;

export interface WindowCounts {
  readonly windows: number;
  /** By word: windows that it is in. */
  readonly ofWord: Float64Array;
  /** Windows that two different words are both in. */
  readonly ofPair: PairCounts;
}

/**
 * Two words are together in the windows from where both are in until one leaves: only then are they counted, not in every window.
 * @param documents words by number, in order
 * @param wordCount how many different words there are
 * @param length    words in a window, 2 or more
 * @param tell is given how many documents are done, now and then
 * @throws AppError data.too_many_pairs
 */
export function countWindows(
  documents: readonly ArrayLike<number>[],
  wordCount: number,
  length: number,
  tell?: (done: number) => void,
): WindowCounts {
  const ofWord = new Float64Array(wordCount);
  const ofPair = new PairCounts();
  const inside = new WordsInside(wordCount, length);
  let windows = 0;
  const leave = (word: number): void => {
    if (!inside.takeOut(word)) return;
    const since = inside.since(word);
    ofWord[word] = (ofWord[word] as number) + windows - since;
    inside.forEach((other) => {
      ofPair.add(word, other, windows - Math.max(since, inside.since(other)));
    });
  };
  for (const [document, words] of documents.entries()) {
    if (document % DOCUMENTS_BETWEEN === 0) tell?.(document);
    if (words.length === 0) continue;
    for (let at = 0; at < words.length; at += 1) {
      if (at >= length) {
        windows += 1;
        // A word that comes in as the same one goes out was never away.
        if (words[at] === words[at - length]) continue;
        leave(words[at - length] as number);
      }
      inside.putIn(words[at] as number, windows);
    }
    windows += 1;
    for (let at = Math.max(0, words.length - length); at < words.length; at += 1) leave(words[at] as number);
  }
  return { windows, ofWord, ofPair };
}

/** The different words in a window, how often each is there, and since which window. */
class WordsInside {
  private readonly times: Int32Array;
  private readonly first: Float64Array;
  private readonly place: Int32Array;
  private readonly words: Int32Array;
  private count = 0;

  constructor(wordCount: number, length: number) {
    this.times = new Int32Array(wordCount);
    this.first = new Float64Array(wordCount);
    this.place = new Int32Array(wordCount);
    this.words = new Int32Array(length);
  }

  since(word: number): number {
    return this.first[word] as number;
  }

  putIn(word: number, window: number): void {
    this.times[word] = (this.times[word] as number) + 1;
    if (this.times[word] !== 1) return;
    this.first[word] = window;
    this.place[word] = this.count;
    this.words[this.count++] = word;
  }

  /** @returns whether it is not in the window any more */
  takeOut(word: number): boolean {
    this.times[word] = (this.times[word] as number) - 1;
    if (this.times[word] !== 0) return false;
    const last = this.words[--this.count] as number;
    this.words[this.place[word] as number] = last;
    this.place[last] = this.place[word] as number;
    return true;
  }

  forEach(act: (word: number) => void): void {
    for (let i = 0; i < this.count; i += 1) act(this.words[i] as number);
  }
}

/** Pointwise mutual information, ln(p(i, j) / (p(i)·p(j))); −∞ for words that are never together. */
export function mutualInformation({ windows, ofWord }: WindowCounts, first: number, second: number, together: number): number {
  return Math.log((together * windows) / ((ofWord[first] as number) * (ofWord[second] as number)));
}
