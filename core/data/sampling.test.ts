/** Over- and under-sampling of classes: of training rows only, seeded, counted in the layout. */
import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import { layoutOf } from "./layout.ts";
import { prepare } from "./prepare.ts";
import { sampleRows } from "./sampling.ts";
import { category, design, needs, number, table } from "./small-tables.test-support.ts";

const CLASSES = Int32Array.from({ length: 100 }, (_, row) => (row % 10 === 0 ? 1 : row % 10 < 3 ? 2 : 0));
const counts = (rows: Uint32Array): number[] => [0, 1, 2].map((code) => [...rows].filter((row) => CLASSES[row] === code).length);

describe("sampling rows", () => {
  it("draws rare classes again until all are as many as the largest, and keeps every row", () => {
    const rows = sampleRows(CLASSES, { method: "over", seed: 1 }, 0);
    expect(counts(rows)).toEqual([70, 70, 70]);
    expect(new Set(rows).size).toBe(100);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  });

  it("leaves frequent classes out until all are as many as the smallest, with no row twice", () => {
    const rows = sampleRows(CLASSES, { method: "under", seed: 1 }, 0);
    expect(counts(rows)).toEqual([10, 10, 10]);
    expect(new Set(rows).size).toBe(30);
  });

  it("draws the same for a seed, others for another, and by the given one where it has none", () => {
    for (const method of ["over", "under"] as const) {
      const drawn = (own: number | null, seed: number): string => sampleRows(CLASSES, { method, seed: own }, seed).join();
      expect(drawn(5, 0)).toBe(drawn(5, 9));
      expect(drawn(null, 5)).toBe(drawn(5, 0));
      expect(drawn(6, 0)).not.toBe(drawn(5, 0));
    }
  });
});

describe("a preparation with sampling", () => {
  const x = number(
    "x",
    Array.from({ length: 40 }, (_, row) => row),
  );
  const kind = category(
    "kind",
    Array.from({ length: 40 }, (_, row) => (row % 5 === 0 ? "rare" : "usual")),
  );
  const plain: DataDocument = design({
    columns: { x: "numeric", kind: "categorical!" },
    steps: [{ type: "standardise", columns: ["x"] }],
    split: { method: "stratified", seed: 2 },
  });
  const run = (sampling?: NonNullable<DataDocument["sampling"]>) =>
    prepare(table(x, kind), sampling === undefined ? plain : { ...plain, sampling }, needs(["binary"], 1), 0);

  it("evens out the training part and leaves validation and what was learnt as they are", () => {
    const before = run();
    for (const [method, each] of [
      ["over", 24],
      ["under", 6],
    ] as const) {
      const after = run({ method, seed: 3 });
      const layout = layoutOf(after);
      expect(layout.class_balance.map(({ training }) => training)).toEqual([each, each]);
      expect([layout.training_rows, layout.sampled_from]).toEqual([2 * each, 30]);
      expect(after.validation).toEqual(before.validation);
      expect(after.pipeline).toEqual(before.pipeline);
      const known = new Map([...before.training.rowIds].map((id, row) => [id, before.training.inputs["in"]?.values[row]]));
      after.training.rowIds.forEach((id, row) => expect(after.training.inputs["in"]?.values[row]).toBe(known.get(id)));
    }
    expect(layoutOf(before).sampled_from).toBeUndefined();
  });

  it("is refused for a target of numbers and for windows of a series", () => {
    const numeric = { ...design({ columns: { x: "numeric", y: "numeric!" } }), sampling: { method: "over" as const, seed: null } };
    const rows = table(
      x,
      number(
        "y",
        Array.from({ length: 40 }, (_, row) => row / 3),
      ),
    );
    expect(() => prepare(rows, numeric, needs(["value"], 1), 0)).toThrow("data.sampling_needs_classes");
    const window = { columns: ["x"], length: 2, horizon: 1, order_by: null };
    expect(() => prepare(rows, { ...numeric, window }, needs(["value"], 1), 0)).toThrow("data.sampling_with_window");
  });
});
