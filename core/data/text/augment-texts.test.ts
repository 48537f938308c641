/** Changed copies of texts: what each act does, that they are seeded, and that only the training part has them. */
import { describe, expect, it } from "vitest";
import type { DataDocument } from "../../graph/document.ts";
import { generate } from "../generators/generator.ts";
import topicTexts from "../generators/topic_texts.ts";
import type { ColumnGroups } from "../pipeline.ts";
import { prepare } from "../prepare.ts";
import { Random } from "../random.ts";
import { changedText, readSynonyms, textCopies } from "./augment-texts.ts";

const TEXT = "the good film was not bad at all but a little long for my taste";
const synonyms = readSynonyms(["good, fine,great", "film，movie", "", "Long, lengthy"]);
const changed = (options: object, seed: number, text = TEXT): string =>
  changedText(text, { copies: 1, seed: null, ...options }, synonyms, new Random(seed, 0));
const sorted = (text: string): string => text.split(" ").sort().join(" ");

describe("a changed text", () => {
  it("has synonyms of the list in the place of words, whatever their case", () => {
    expect(changed({ replace: 1 }, 1)).toMatch(/^the (fine|great) movie was not bad at all but a little lengthy for my taste$/);
    expect(changed({ replace: 1 }, 1, "LONG unknown")).toBe("lengthy unknown");
    const found = new Set(Array.from({ length: 40 }, (_, seed) => changed({ replace: 1 }, seed).split(" ")[1]));
    expect(found).toEqual(new Set(["fine", "great"]));
  });

  it("has words more, in another order, or fewer, and never none", () => {
    expect(changed({ insert: 0.2 }, 3).split(" ").length).toBeGreaterThan(15);
    const swapped = changed({ swap: 0.3 }, 3);
    expect([swapped === TEXT, sorted(swapped)]).toEqual([false, sorted(TEXT)]);
    const words = TEXT.split(" ");
    const shorter = changed({ leave_out: 0.4 }, 3).split(" ");
    expect(shorter.length).toBeLessThan(words.length);
    expect(shorter.every((word) => words.includes(word))).toBe(true);
    expect(changed({ leave_out: 1 }, 3).split(" ")).toHaveLength(1);
    expect(changed({}, 3)).toBe(TEXT);
  });

  it("of Chinese is changed word by word", () => {
    const text = "我喜欢深度学习";
    const list = readSynonyms(["喜欢,热爱"]);
    expect(changedText(text, { copies: 1, replace: 1, seed: null }, list, new Random(1, 0))).toBe("我热爱深度学习");
  });

  it("needs two words in a line of synonyms", () => {
    expect(() => readSynonyms(["a, b", "alone"])).toThrow(
      expect.objectContaining({ code: "data.synonyms_line", params: { line: 2, value: "alone" } }),
    );
  });
});

describe("copies", () => {
  const table = generate(topicTexts, { count: 80 });
  const document = (more: Partial<DataDocument>): DataDocument => ({
    source: { kind: "file", name: "" },
    columns: [
      { name: "text", type: "text", role: "feature" },
      { name: "topic", type: "categorical", role: "target" },
    ],
    steps: [{ type: "token_sequence", columns: ["text"], length: 30, vocabulary: 500 }],
    split: { method: "stratified", validation_fraction: 0.25, seed: 1 },
    feature_count: null,
    class_count: null,
    ...more,
  });
  const needs = {
    inputs: [{ nodeId: "x", columns: [], shape: null }],
    outputs: [{ nodeId: "y", columns: [], targetInput: null, encodings: ["class_index" as const], width: 0 }],
  };
  const prepared = (more: Partial<DataDocument>, seed = 7) => prepare(table, document(more), needs, seed);
  const asked = { augment_text: { copies: 2, swap: 0.5, seed: null } };
  const [plain, copied] = [prepared({}), prepared(asked)];
  const row = (data: typeof plain, place: number): number[] => [
    ...(data.training.inputs["x"]?.values.subarray(30 * place, 30 * place + 30) ?? []),
  ];

  it("stand behind each training row, with its target and its words; validation and what was learnt are as before", () => {
    expect([plain.training.rowCount, copied.training.rowCount]).toEqual([60, 180]);
    for (const place of [0, 7, 59]) {
      expect(row(copied, 3 * place)).toEqual(row(plain, place));
      for (const copy of [1, 2]) {
        expect(row(copied, 3 * place + copy)).not.toEqual(row(plain, place));
        expect(row(copied, 3 * place + copy).sort()).toEqual(row(plain, place).sort());
        expect(copied.training.targets["y"]?.values[3 * place + copy]).toBe(plain.training.targets["y"]?.values[place]);
        expect(copied.training.rowIds[3 * place + copy]).toBe(plain.training.rowIds[place]);
      }
    }
    expect(copied.validation).toEqual(plain.validation);
    expect(copied.pipeline).toEqual(plain.pipeline);
  });

  it("are the same for the same seed, and others for another", () => {
    expect(prepared(asked)).toEqual(copied);
    expect(prepared(asked, 8).training.inputs).not.toEqual(copied.training.inputs);
  });

  it("are drawn anew in every epoch, from seed and epoch alone, and the rows as they were stay", () => {
    const [one, other] = [prepared(asked), prepared(asked)];
    const inputs = one.training.inputs;
    const first = Float32Array.from(inputs["x"]?.values ?? []);
    one.training.redraw?.forEpoch(1, inputs);
    expect(inputs["x"]?.values).toEqual(first);
    one.training.redraw?.forEpoch(2, inputs);
    const second = Float32Array.from(inputs["x"]?.values ?? []);
    const changedRows = Array.from({ length: 180 }, (_, place) => place).filter((place) =>
      second.subarray(30 * place, 30 * place + 30).some((value, k) => value !== first[30 * place + k]),
    );
    expect(changedRows.every((place) => place % 3 !== 0)).toBe(true);
    expect(changedRows.length).toBeGreaterThan(100);
    // The words of a copy are still those of its row.
    expect(row(one, 1).sort()).toEqual(row(plain, 0).sort());
    one.training.redraw?.forEpoch(3, inputs);
    one.training.redraw?.forEpoch(2, inputs);
    expect(inputs["x"]?.values).toEqual(second);
    // A run that is resumed in the second epoch sees the same.
    other.training.redraw?.forEpoch(2, other.training.inputs);
    expect(other.training.inputs["x"]?.values).toEqual(second);
    expect(one.validation).toEqual(plain.validation);
  });

  it("are refused without a text, and beside what looks at neighbours or at the target", () => {
    const texts = new Map([["text", [{ kind: "text" as const, name: "text", values: ["a b"] }]]]);
    const refused = (more: Partial<DataDocument>, groups: ColumnGroups = texts) => {
      return () => textCopies(document({ ...asked, ...more }), groups, Uint32Array.of(0), 1);
    };
    expect(refused({}, new Map())).toThrow(expect.objectContaining({ code: "data.augment_needs_texts" }));
    const window = { columns: ["text"], length: 1, horizon: 1, order_by: null };
    expect(refused({ window })).toThrow(expect.objectContaining({ code: "data.augment_texts_with", params: { option: "window" } }));
    const step = { type: "target_encoder", columns: ["other"] };
    expect(refused({ steps: [step] })).toThrow(
      expect.objectContaining({ code: "data.augment_texts_with", params: { option: "target_encoder" } }),
    );
    expect(refused({})()?.rows).toEqual(Uint32Array.of(0, 0, 0));
  });
});
