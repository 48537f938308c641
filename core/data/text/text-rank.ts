/**
 * TextRank (Mihalcea & Tarau 2004): words that stand near many words that matter, and sentences that share their words with many others,
 * matter. The score of a node is 0.15 + 0.85 · Σ score(neighbour) · weight / Σ weights of the neighbour, until it no longer changes.
 */
import { compareCodePoints } from "../../steps/order.ts";
import { type Tokenizer, tokenize } from "../../steps/tokens.ts";
import { functionWords } from "./function-words.ts";
import { PairCounts } from "./word-windows.ts";

const DAMPING = 0.85;
const TOLERANCE = 1e-9;
const MOST_ROUNDS = 500;

export interface Ranked {
  readonly text: string;
  readonly score: number;
}

/** @param weights of undirected edges, not negative */
export function rankNodes(
  nodeCount: number,
  weights: PairCounts | readonly (readonly [one: number, other: number, weight: number])[],
): Float64Array {
  const edges: [number, number, number][] = [];
  if (weights instanceof PairCounts) weights.forEach((one, other, count) => edges.push([one, other, count]));
  else for (const [one, other, weight] of weights) edges.push([one, other, weight]);
  const sums = new Float64Array(nodeCount);
  for (const [one, other, weight] of edges) {
    sums[one] = (sums[one] as number) + weight;
    sums[other] = (sums[other] as number) + weight;
  }
  let scores = new Float64Array(nodeCount).fill(1);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = new Float64Array(nodeCount).fill(1 - DAMPING);
    for (const [one, other, weight] of edges) {
      if (weight === 0) continue;
      next[one] = (next[one] as number) + (DAMPING * weight * (scores[other] as number)) / (sums[other] as number);
      next[other] = (next[other] as number) + (DAMPING * weight * (scores[one] as number)) / (sums[one] as number);
    }
    const change = next.reduce((most, score, node) => Math.max(most, Math.abs(score - (scores[node] as number))), 0);
    scores = next;
    if (change < TOLERANCE) break;
  }
  return scores;
}

/** Words of the texts that carry meaning, by number; function words and single letters are left out. */
export function contentWords(texts: readonly string[], tokenizer: Tokenizer): { words: string[]; documents: number[][] } {
  const numbers = new Map<string, number>();
  const documents = texts.map((text) =>
    tokenize(text, tokenizer, true)
      .filter((word) => !functionWords.has(word) && (tokenizer === "characters" || !/^[\p{Script=Latin}\d]$/u.test(word)))
      .map((word) => {
        const number = numbers.get(word) ?? numbers.size;
        numbers.set(word, number);
        return number;
      }),
  );
  return { words: [...numbers.keys()], documents };
}

/** @param window words that count as near, as the paper has 2 to 10 */
export function keywords(texts: readonly string[], tokenizer: Tokenizer, count: number, window = 4): Ranked[] {
  const { words, documents } = contentWords(texts, tokenizer);
  const near = new PairCounts();
  for (const document of documents)
    document.forEach((word, place) => {
      for (const other of document.slice(place + 1, place + window)) if (other !== word) near.add(word, other);
    });
  return best(words, rankNodes(words.length, near), count);
}

/** Ends of sentences of English, Chinese and the like. */
const SENTENCE = /[^.!?。！？\n]+[.!?。！？]*/gu;
const FEWEST_WORDS = 3;

/** @param most sentences that are compared with each other: time grows with the square */
export function keySentences(texts: readonly string[], tokenizer: Tokenizer, count: number, most = 400): Ranked[] {
  const sentences = texts
    .flatMap((text) => text.match(SENTENCE) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => tokenize(sentence, tokenizer, true).length >= FEWEST_WORDS)
    .slice(0, most);
  const { documents } = contentWords(sentences, tokenizer);
  const sets = documents.map((words) => new Set(words));
  const edges: [number, number, number][] = [];
  sets.forEach((one, i) => {
    for (let j = 0; j < i; j += 1) {
      const other = sets[j] as Set<number>;
      const shared = [...one].reduce((sum, word) => sum + (other.has(word) ? 1 : 0), 0);
      const lengths = Math.log((documents[i] as number[]).length) + Math.log((documents[j] as number[]).length);
      if (shared > 0 && lengths > 0) edges.push([i, j, shared / lengths]);
    }
  });
  return best(sentences, rankNodes(sentences.length, edges), count);
}

function best(texts: readonly string[], scores: Float64Array, count: number): Ranked[] {
  const ranked = texts.map((text, node) => ({ text, score: scores[node] as number }));
  const sorted = ranked.sort((a, b) => b.score - a.score || compareCodePoints(a.text, b.text));
  return sorted.filter(({ text }, place) => sorted.findIndex((one) => one.text === text) === place || place > 4 * count).slice(0, count);
}
