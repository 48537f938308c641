/** Choices about single rows: made, taken back, counted, and undone as any other act of the document. */
import { describe, expect, it } from "vitest";
import { dataFingerprint } from "../spec/hash.ts";
import { applyCommand } from "./commands.ts";
import { type DataDocument, type DesignDocument, dataSchema, designSchema } from "./document.ts";
import { choicesOf, countChoices, withExcluded, withLabel } from "./row-choices.ts";

const DATA: DataDocument = dataSchema.parse({
  source: { kind: "file", name: "rows.csv" },
  columns: [],
  steps: [],
  split: { method: "none", validation_fraction: 0.2, seed: null },
});
const at = (row: number, fingerprint = "f") => ({ fingerprint, row });

describe("choices about rows", () => {
  it("are kept in order and leave nothing behind when they are taken back", () => {
    const some = withLabel(withExcluded(withExcluded(DATA, at(9), true), at(2), true), at(4), "kind", "cat");
    expect(some.row_choices).toEqual({ fingerprint: "f", excluded: [2, 9], relabelled: [{ row: 4, column: "kind", value: "cat" }] });
    expect(countChoices(some)).toEqual({ excluded: 2, relabelled: 1 });
    const renamed = withLabel(some, at(4), "kind", "dog");
    expect(renamed.row_choices?.relabelled).toEqual([{ row: 4, column: "kind", value: "dog" }]);
    const none = withLabel(withExcluded(withExcluded(renamed, at(2), false), at(9), false), at(4), "kind", null);
    expect(none).toEqual(DATA);
    expect(withExcluded(DATA, at(2), false)).toBe(DATA);
    expect(withLabel(DATA, at(2), "kind", null)).toBe(DATA);
  });

  it("begin anew where the data are others", () => {
    const some = withExcluded(DATA, at(3), true);
    expect(choicesOf(some, "g").excluded).toEqual([]);
    expect(withExcluded(some, at(1, "g"), true).row_choices).toEqual({ fingerprint: "g", excluded: [1], relabelled: [] });
  });

  it("give what is learnt from a fingerprint of its own, and the old one when they are gone", () => {
    const some = withExcluded(DATA, at(3), true);
    expect(dataFingerprint(DATA, "f")).toBe("f");
    expect(dataFingerprint(some, "f")).toMatch(/^[0-9a-f]{64}$/);
    expect(dataFingerprint(withLabel(some, at(1), "kind", "cat"), "f")).not.toBe(dataFingerprint(some, "f"));
    expect(dataFingerprint(withExcluded(some, at(3), false), "f")).toBe("f");
  });

  it("are undone as one act", () => {
    const design: DesignDocument = designSchema.parse({
      format: "neuroloom-design",
      format_version: 1,
      name: "d",
      graph: { nodes: [], edges: [] },
      train: {},
      data: DATA,
    });
    const done = applyCommand(design, { type: "set_data", data: withExcluded(DATA, at(3), true) });
    expect(countChoices(done.design.data).excluded).toBe(1);
    expect(applyCommand(done.design, done.inverse).design).toEqual(design);
  });
});
