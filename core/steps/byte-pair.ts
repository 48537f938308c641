/**
 * Byte-pair encoding (Sennrich, Haddow & Birch 2016), learnt and applied as the package `tokenizers` does it with BpeTrainer and Metaspace:
 * words are parted by white space and begin with ▁, the most frequent pair of neighbours becomes a new token until the vocabulary is
 * full, ties go to the pair that was known first. test/golden/data/byte_pair.json holds its answers.
 */
import { compareCodePoints } from "./order.ts";

export interface BytePairs {
  /** Single characters first, in code-point order, then every merged token in the order of learning. */
  readonly tokens: readonly string[];
  /** The two tokens, by number, that make one, the first learnt first. */
  readonly merges: readonly (readonly [left: number, right: number])[];
}

const MARK = "▁";

export const bytePairWords = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => `${MARK}${word}`);

/** How often each word occurs, in the order in which they are met. */
export function countBytePairWords(texts: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of bytePairWords(text ?? "")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * @param counts how often each word occurs, in the order in which they were met
 * @param size   tokens at most; where there are more characters than that, the most frequent are kept and nothing is merged
 */
export function learnBytePairs(counts: ReadonlyMap<string, number>, size: number): BytePairs {
  const alphabet = alphabetOf(counts, size);
  const numbers = new Map(alphabet.map((character, number) => [character, number]));
  const words = [...counts].map(([word, count]) => ({ count, symbols: [...word].flatMap((character) => numbers.get(character) ?? []) }));
  const pairs = new PairTable();
  words.forEach(({ symbols, count }, word) => {
    for (let i = 0; i + 1 < symbols.length; i += 1) pairs.change(symbols[i] as number, symbols[i + 1] as number, count, word);
  });
  pairs.offer();
  const tokens = [...alphabet];
  const merges: [number, number][] = [];
  while (tokens.length < size) {
    const best = pairs.take();
    if (best === null) break;
    const { left, right, at } = best;
    const merged = `${tokens[left]}${tokens[right]}`;
    const number = numbers.get(merged) ?? tokens.length;
    if (number === tokens.length) {
      tokens.push(merged);
      numbers.set(merged, number);
    }
    merges.push([left, right]);
    for (const word of at) {
      const { symbols, count } = words[word] as (typeof words)[number];
      mergeIn(symbols, left, right, number, (one, other, change) => pairs.change(one, other, change * count, word));
    }
    pairs.offer();
  }
  return { tokens, merges };
}

function alphabetOf(counts: ReadonlyMap<string, number>, size: number): string[] {
  const characters = new Map<string, number>();
  for (const [word, count] of counts) for (const one of word) characters.set(one, (characters.get(one) ?? 0) + count);
  const all = [...characters];
  if (all.length > size) all.sort(([a, n], [b, m]) => m - n || compareCodePoints(a, b)).length = size;
  return all.map(([character]) => character).sort(compareCodePoints);
}

/** Puts `merged` in the place of every pair, left to right, and tells which pairs came and went. */
function mergeIn(
  symbols: number[],
  left: number,
  right: number,
  merged: number,
  tell: (one: number, other: number, change: number) => void,
): void {
  for (let i = 0; i + 1 < symbols.length; i += 1) {
    if (symbols[i] !== left || symbols[i + 1] !== right) continue;
    const [before, after] = [symbols[i - 1], symbols[i + 2]];
    symbols.splice(i, 2, merged);
    if (before !== undefined) {
      tell(before, left, -1);
      tell(before, merged, 1);
    }
    if (after !== undefined) {
      tell(right, after, -1);
      tell(merged, after, 1);
    }
  }
}

interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly count: number;
  readonly at: ReadonlySet<number>;
}

/** How often pairs occur, and the most frequent of them; what has become rarer since it was offered is put back where it belongs. */
class PairTable {
  private readonly counts = new Map<number, number>();
  private fresh = new Map<number, Set<number>>();
  private readonly heap: Candidate[] = [];

  change(left: number, right: number, by: number, word: number): void {
    const key = left * 2 ** 24 + right;
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
    if (by <= 0) return;
    const known = this.fresh.get(key);
    if (known === undefined) this.fresh.set(key, new Set([word]));
    else known.add(word);
  }

  /** Pairs that came since the last time may be taken. */
  offer(): void {
    for (const [key, at] of this.fresh) {
      const count = this.counts.get(key) ?? 0;
      if (count > 0) this.push({ left: Math.floor(key / 2 ** 24), right: key % 2 ** 24, count, at });
    }
    this.fresh = new Map();
  }

  take(): Candidate | null {
    for (let top = this.pop(); top !== null; top = this.pop()) {
      const count = this.counts.get(top.left * 2 ** 24 + top.right) ?? 0;
      if (count === top.count) return top;
      if (count > 0) this.push({ ...top, count });
    }
    return null;
  }

  private push(candidate: Candidate): void {
    const { heap } = this;
    let at = heap.push(candidate) - 1;
    for (let up = (at - 1) >> 1; at > 0 && comesBefore(candidate, heap[up] as Candidate); up = (at - 1) >> 1) {
      heap[at] = heap[up] as Candidate;
      at = up;
    }
    heap[at] = candidate;
  }

  private pop(): Candidate | null {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return null;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && comesBefore(heap[child + 1] as Candidate, heap[child] as Candidate)) child += 1;
      if (!comesBefore(heap[child] as Candidate, last)) break;
      heap[at] = heap[child] as Candidate;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

const comesBefore = (a: Candidate, b: Candidate): boolean =>
  a.count !== b.count ? a.count > b.count : a.left !== b.left ? a.left < b.left : a.right < b.right;

/** Cuts texts into the tokens that were learnt, by number; −1 is a character that was not seen. */
export class BytePairTokenizer {
  private readonly tokens: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly ranks: ReadonlyMap<number, number>;
  private readonly merged: readonly number[];
  private readonly known = new Map<string, readonly number[]>();

  constructor({ tokens, merges }: BytePairs) {
    this.tokens = tokens;
    this.numbers = new Map(tokens.map((token, number) => [token, number]));
    this.ranks = new Map(merges.map(([left, right], rank) => [left * 2 ** 24 + right, rank]));
    this.merged = merges.map(([left, right]) => this.numbers.get(`${tokens[left]}${tokens[right]}`) ?? -1);
  }

  numbersOf(text: string | null): number[] {
    return bytePairWords(text ?? "").flatMap((word) => this.ofWord(word));
  }

  /** As they are read: without the mark of a word's beginning. */
  tokensOf(text: string): string[] {
    return this.numbersOf(text).flatMap((number) => {
      const token = (this.tokens[number] ?? "").replace(MARK, "");
      return token === "" ? [] : [token];
    });
  }

  private ofWord(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known !== undefined) return known;
    const symbols = [...word].map((character) => this.numbers.get(character) ?? -1);
    for (;;) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let i = 0; i + 1 < symbols.length; i += 1) {
        const rank = this.ranks.get((symbols[i] as number) * 2 ** 24 + (symbols[i + 1] as number));
        if (rank !== undefined && rank < best) [best, at] = [rank, i];
      }
      if (at < 0) break;
      symbols.splice(at, 2, this.merged[best] as number);
    }
    this.known.set(word, symbols);
    return symbols;
  }
}
