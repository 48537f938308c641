/**
 * The graph of documents and words (TextGCN, Yao, Mao & Luo 2019): a node for each word and each document, edges between a document and
 * its words by TF-IDF, between two words by their positive mutual information over sliding windows. Words come first, then documents.
 * All documents are part of it, those without a label and those held out too: what is held out is labels, not texts, as in the paper.
 */
import { AppError } from "../../errors.ts";
import type { DocumentGraphDocument } from "../../graph/document.ts";
import { compareCodePoints } from "../../steps/order.ts";
import { byFrequency, tokenize } from "../../steps/tokens.ts";
import { countWindows, DOCUMENTS_BETWEEN, mutualInformation } from "../text/word-windows.ts";
import { EdgeList, type GraphRows, type NodeGraph } from "./node-graph.ts";

/** JSON; kept with the model. The graph is made of it again wherever it is needed. */
export interface DocumentWords {
  readonly words: readonly string[];
  /** Words of each document by number, in order. */
  readonly documents: readonly (readonly number[])[];
}

type Texts = readonly (string | null)[];

/** How far the graph of texts is: they are gone over twice, first for their words and then for the pairs of these. */
export interface TextsCounted {
  readonly pass: 1 | 2;
  readonly passes: 2;
  readonly done: number;
  readonly total: number;
}
export type TellCounted = (counted: TextsCounted) => void;

/** @throws AppError data.no_words */
export function readDocuments(texts: Texts, graph: DocumentGraphDocument, tell?: TellCounted): DocumentWords {
  const tokens = texts.map((text, done) => {
    if (done % DOCUMENTS_BETWEEN === 0) tell?.({ pass: 1, passes: 2, done, total: texts.length });
    return tokenize(text, graph.tokenizer, graph.lowercase);
  });
  const counts = new Map<string, number>();
  for (const document of tokens) for (const token of document) counts.set(token, (counts.get(token) ?? 0) + 1);
  const left = new Set(graph.left_out ?? []);
  for (const [word, count] of counts) if (count < graph.min_count || left.has(word)) counts.delete(word);
  if (counts.size === 0) throw new AppError("data.no_words", { column: graph.column });
  const words = byFrequency(counts).slice(0, graph.max_words).sort(compareCodePoints);
  const numbers = new Map(words.map((word, number) => [word, number]));
  return { words, documents: tokens.map((document) => known(document, numbers)) };
}

const known = (tokens: readonly string[], numbers: ReadonlyMap<string, number>): number[] =>
  tokens.flatMap((token) => numbers.get(token) ?? []);

/** Node of a document. */
export const documentNode = ({ words }: DocumentWords, document: number): number => words.length + document;

export function documentGraph(read: DocumentWords, { window }: DocumentGraphDocument, tell?: TellCounted): NodeGraph {
  const { words, documents } = read;
  const nodeCount = words.length + documents.length;
  const edges = new EdgeList();
  const idf = inverseFrequencies(read);
  documents.forEach((document, number) => {
    for (const [word, weight] of weightedWords(document, idf)) edges.addBoth(documentNode(read, number), word, weight);
  });
  const counts = countWindows(documents, words.length, window, (done) => tell?.({ pass: 2, passes: 2, done, total: documents.length }));
  counts.ofPair.forEach((one, other, together) => {
    const information = mutualInformation(counts, one, other, together);
    if (information > 0) edges.addBoth(one, other, information);
  });
  return { nodeCount, edges: edges.sorted(nodeCount), features: null };
}

/** By word: ln(documents / documents with the word). */
function inverseFrequencies({ words, documents }: DocumentWords): Float64Array {
  const documentsWith = new Float64Array(words.length);
  for (const document of documents) for (const word of new Set(document)) documentsWith[word] = (documentsWith[word] as number) + 1;
  return documentsWith.map((count) => Math.log(documents.length / count));
}

/** How often a word occurs times its inverse frequency; words of every document, which weigh nothing, are left out. */
function weightedWords(document: readonly number[], idf: Float64Array): [word: number, weight: number][] {
  const counts = new Map<number, number>();
  for (const word of document) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([word, count]): [number, number] => [word, count * (idf[word] as number)])
    .filter(([, weight]) => weight > 0);
}

const keyOf = (document: readonly number[]): string => document.join();

/**
 * Documents to predict: one that reads like a document of the graph (the same known words in the same order) is that one; any other is
 * new, and its words' edges lead into it.
 */
export function documentRows(read: DocumentWords, graph: DocumentGraphDocument, texts: Texts, asNew = false): GraphRows {
  const numbers = new Map(read.words.map((word, number) => [word, number]));
  const nodes = new Map<string, number>();
  // Of several that read the same the first counts.
  read.documents.forEach((document, number) => {
    if (!nodes.has(keyOf(document))) nodes.set(keyOf(document), documentNode(read, number));
  });
  const idf = inverseFrequencies(read);
  const documents = texts.map((text) => known(tokenize(text, graph.tokenizer, graph.lowercase), numbers));
  const found = Int32Array.from(documents, (document) => (asNew ? -1 : (nodes.get(keyOf(document)) ?? -1)));
  return {
    nodes: found,
    incoming: documents.map((document, row) => Float32Array.from(found[row] === -1 ? weightedWords(document, idf).flat() : [])),
    features: null,
  };
}
