import { expect, it } from "vitest";
import { chain, node } from "../../test/engine/design.ts";
import type { Table } from "../data/table.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import { givenVectors } from "./given-vectors.ts";
import { prepareDesign } from "./prepare-design.ts";
import { vocabularyInto } from "./vocabulary.ts";

const TEXTS = ["good film", "bad film", "good book", "bad book good", "late film"];
const table: Table = {
  rowCount: 5,
  rowIds: Uint32Array.from([0, 1, 2, 3, 4]),
  columns: [
    { kind: "text", name: "a", values: TEXTS },
    { kind: "text", name: "b", values: TEXTS.map((text) => `${text} other`) },
    { kind: "number", name: "y", values: Float64Array.from([1, 2, 3, 4, 5]) },
  ],
};
const VECTORS = { hash: "0".repeat(64), name: "small.vec", width: 2, words: 2 };

function design(columns: readonly string[], steps: DataDocument["steps"], vectors: typeof VECTORS | null = VECTORS): DesignDocument {
  const graph = chain(
    node("x", "input", { columns: [...columns] }),
    { ...node("words", "embedding", { input_dim: 8, output_dim: 2 }), ...(vectors === null ? {} : { vectors }) },
    node("flat", "flatten"),
    node("value", "dense", { units: 1 }),
    node("out", "output", { loss: "mse" }),
  );
  return {
    format: "neuroloom-design",
    format_version: 1,
    name: "",
    notes: "",
    train: {},
    graph,
    data: {
      source: { kind: "file", name: "t.csv" },
      columns: [
        { name: "a", type: "text", role: columns.includes("a") ? "feature" : "ignored" },
        { name: "b", type: "text", role: columns.includes("b") ? "feature" : "ignored" },
        { name: "y", type: "numeric", role: "target" },
      ],
      steps,
      split: { method: "time", validation_fraction: 0.2, seed: 1 },
      feature_count: null,
      class_count: null,
    },
  };
}
const tokens = (...columns: string[]) => ({ type: "token_sequence", columns, length: 3, vocabulary: 8 });
const read = () => ({ words: ["film", "late", "book"], values: Float32Array.from([1, 2, 3, 4, 5, 6]), width: 2 });

it("gives each index the vector of its word, and leaves padding, unknown and other words open", () => {
  const one = design(["a"], [tokens("a")]);
  const given = givenVectors(one, prepareDesign(one, table), read);
  const open = [Number.NaN, Number.NaN];
  // 0 is padding, 1 unknown; then by frequency good 3, then bad, book, film 2 each in code-point order; "late" is validated on only.
  expect([...(given["words/embeddings"] ?? [])]).toEqual([...open, ...open, ...open, ...open, 5, 6, 1, 2, ...open, ...open]);
});

it("asks for the words of all rows, and counts those of the training rows", () => {
  const { words, wanted } = vocabularyInto("words", design(["a"], [tokens("a")]), table);
  expect(words).toEqual(["good", "bad", "book", "film"]);
  expect([...wanted].sort()).toEqual(["bad", "book", "film", "good", "late"]);
});

it("refuses layers that no words reach, two vocabularies for one layer, another width, and vectors of no word", () => {
  const refusal = (one: DesignDocument, vectors = read) => {
    const prepared = prepareDesign(one, table);
    return expect(() => givenVectors(one, prepared, vectors));
  };
  const bag = design(["a"], [{ type: "bag_of_words", columns: ["a"] }]);
  refusal(bag).toThrow(expect.objectContaining({ code: "data.vectors_without_words", nodeId: "words" }));
  const two = design(["a", "b"], [tokens("a", "b")]);
  refusal(two).toThrow(expect.objectContaining({ code: "data.vectors_of_two_vocabularies" }));
  const wide = design(["a"], [tokens("a")], { ...VECTORS, width: 3 });
  refusal(wide).toThrow(
    expect.objectContaining({ code: "data.vectors_width", params: expect.objectContaining({ expected: 2, received: 3 }) }),
  );
  const one = design(["a"], [tokens("a")]);
  refusal(one, () => ({ words: ["gut"], values: Float32Array.from([1, 2]), width: 2 })).toThrow(
    expect.objectContaining({ code: "data.vectors_no_word_found" }),
  );
});
