/** The graph of documents and words, by the formulas of the paper. */
import { describe, expect, it } from "vitest";
import { documentGraph, documentRows, readDocuments, type TextsCounted } from "./document-words.ts";

const OPTIONS = {
  kind: "document_words",
  column: "text",
  tokenizer: "words",
  lowercase: true,
  min_count: 1,
  max_words: 100,
  window: 3,
} as const;
const texts = ["Wheat and corn and wheat", "oil and ships", "corn prices", null];
const read = readDocuments(texts, OPTIONS);
const graph = documentGraph(read, OPTIONS);
const word = (name: string): number => read.words.indexOf(name);
const weight = (source: number, target: number): number | undefined => {
  for (let i = 0; i < graph.edges.length; i += 3) if (graph.edges[i] === source && graph.edges[i + 1] === target) return graph.edges[i + 2];
  return undefined;
};

describe("the graph of documents and words", () => {
  it("has words in code-point order first, then every document, one without words too", () => {
    expect(read.words).toEqual(["and", "corn", "oil", "prices", "ships", "wheat"]);
    expect(read.documents.map((document) => document.map((n) => read.words[n]))).toEqual([
      ["wheat", "and", "corn", "and", "wheat"],
      ["oil", "and", "ships"],
      ["corn", "prices"],
      [],
    ]);
    expect(graph.nodeCount).toBe(10);
  });

  it("tells how far its counting is, in both passes, and is the same graph", () => {
    const many = Array.from({ length: 300 }, (_, row) => texts[row % texts.length] ?? null);
    const told: TextsCounted[] = [];
    const counted = readDocuments(many, OPTIONS, (one) => told.push(one));
    expect(documentGraph(counted, OPTIONS, (one) => told.push(one))).toEqual(documentGraph(readDocuments(many, OPTIONS), OPTIONS));
    const pass = (number: 1 | 2) => [0, 64, 128, 192, 256].map((done) => ({ pass: number, passes: 2, done, total: 300 }));
    expect(told).toEqual([...pass(1), ...pass(2)]);
  });

  it("joins a document and its words by TF-IDF, both ways", () => {
    expect(weight(6, word("wheat"))).toBeCloseTo(2 * Math.log(4 / 1), 6);
    expect(weight(word("wheat"), 6)).toBeCloseTo(2 * Math.log(4 / 1), 6);
    expect(weight(8, word("corn"))).toBeCloseTo(Math.log(4 / 2), 6);
    expect(weight(8, word("wheat"))).toBeUndefined();
  });

  it("joins two words by their mutual information where it is positive", () => {
    // Windows: wheat and corn | and corn and | corn and wheat | oil and ships | corn prices.
    expect(weight(word("oil"), word("ships"))).toBeCloseTo(Math.log((1 * 5) / (1 * 1)), 6);
    expect(weight(word("corn"), word("wheat"))).toBeCloseTo(Math.log((2 * 5) / (4 * 2)), 6);
    // corn and "and": ln(3 · 5 / (4 · 4)) is negative.
    expect(weight(word("corn"), word("and"))).toBeUndefined();
  });

  it("lays edges out by target, then by source", () => {
    const keys = Array.from(
      { length: graph.edges.length / 3 },
      (_, i) => (graph.edges[3 * i + 1] as number) * 1000 + (graph.edges[3 * i] as number),
    );
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("leaves out rare words and those that are named, and keeps the most frequent", () => {
    expect(readDocuments(texts, { ...OPTIONS, min_count: 2 }).words).toEqual(["and", "corn", "wheat"]);
    expect(readDocuments(texts, { ...OPTIONS, min_count: 2, left_out: ["and"] }).words).toEqual(["corn", "wheat"]);
    expect(readDocuments(texts, { ...OPTIONS, max_words: 1 }).words).toEqual(["and"]);
    expect(() => readDocuments(texts, { ...OPTIONS, min_count: 9 })).toThrow(expect.objectContaining({ code: "data.no_words" }));
  });

  it("knows a document that reads the same, and leads the known words of another into it", () => {
    const rows = documentRows(read, OPTIONS, ["OIL and ships!", "ships and barley", "barley"]);
    expect([...rows.nodes]).toEqual([7, -1, 9]);
    const [, incoming] = rows.incoming;
    expect([incoming?.[0], incoming?.[2]]).toEqual([word("and"), word("ships")]);
    expect(incoming?.[1]).toBeCloseTo(Math.log(4 / 2), 6);
    expect(incoming?.[3]).toBeCloseTo(Math.log(4 / 1), 6);
  });
});
