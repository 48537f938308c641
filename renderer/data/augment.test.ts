import { describe, expect, it } from "vitest";
import { augmentSchema, type DataDocument, type GraphDocument } from "../../core/graph/document.ts";
import { previewSource, RANGES, withAugment, withSampling } from "./augment.ts";

const data: DataDocument = {
  source: { kind: "file", name: "t" },
  columns: [
    ...["a", "b", "c", "d"].map((name) => ({ name, type: "numeric" as const, role: "feature" as const })),
    { name: "y", type: "categorical", role: "target" },
  ],
  steps: [],
  split: { method: "none", validation_fraction: 0.2, seed: null },
  feature_count: null,
  class_count: null,
};
const graph = (shape: number[]): GraphDocument => ({
  nodes: [{ id: "x", type: "t", name: "x", config: { shape }, position: { x: 0, y: 0 }, shared_with: null, bypassed: false }],
  edges: [],
  groups: [],
});

describe("augmentation in the data section", () => {
  it("keeps what is asked for and is gone when nothing is", () => {
    const asked = withAugment(withAugment(data, { rotate: 10 }), { flip_horizontal: true, shift: 0 });
    expect(asked.augment).toEqual({ rotate: 10, flip_horizontal: true, seed: null });
    expect(withAugment(withAugment(asked, { rotate: 0 }), { flip_horizontal: false })).toEqual(data);
    expect(withAugment(data, { seed: 4 }).augment).toEqual({ seed: 4 });
  });

  it("has the ranges of the design's schema", () => {
    for (const { name, most } of RANGES) {
      expect(augmentSchema.safeParse({ [name]: most, seed: null }).success, name).toBe(true);
      expect(augmentSchema.safeParse({ [name]: most * 1.01, seed: null }).success, name).toBe(false);
    }
  });

  it("sampling is put in and taken out", () => {
    expect(withSampling(data, "over").sampling).toEqual({ method: "over", seed: null });
    expect(withSampling(withSampling(data, "under"), null)).toEqual(data);
  });

  it("shows pictures of a column, or rows whose columns are the pixels of an input", () => {
    const pictures: DataDocument = { ...data, columns: [{ name: "p", type: "picture", role: "feature" }] };
    expect(previewSource(pictures, graph([4]), new Map(), 8, 4)).toEqual({ kind: "pictures", pictures: [0, 2, 4, 6] });
    expect(previewSource(data, graph([2, 2, 1]), new Map(), 3, 4)).toEqual({
      kind: "columns",
      columns: ["a", "b", "c", "d"],
      shape: [2, 2, 1],
      rows: [0, 1, 2],
    });
    expect(previewSource(data, graph([3, 3, 1]), new Map(), 3, 4)).toBeNull();
    expect(previewSource(data, graph([4]), new Map(), 3, 4)).toBeNull();
  });
});
