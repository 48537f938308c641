/** Whether two groups differ by more than chance: against scipy 1.17 (ttest_ind with equal_var=False), the corrected paired test by its formula. */
import { describe, expect, it } from "vitest";
import { type DataDocument, type DesignDocument, dataSchema, designSchema } from "../../core/graph/document.ts";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import { type ComparedGroup, differenceOf } from "./group-figures.ts";

const DATA = dataSchema.parse({
  source: { kind: "file", name: "rows.csv" },
  columns: [{ name: "kind", type: "categorical", role: "target" }],
  steps: [],
  split: { method: "random", validation_fraction: 0.2, seed: null },
});

const designOf = (data: Partial<DataDocument> = {}): DesignDocument =>
  designSchema.parse({
    format: "neuroloom-design",
    format_version: 1,
    name: "made up",
    graph: { nodes: [], edges: [], groups: [] },
    train: {},
    data: { ...DATA, ...data },
  });

const FOLDS: GroupPlan = { kind: "folds", folds: 5 };
const SEEDS: GroupPlan = { kind: "seeds", seeds: [1, 2, 3, 4, 5] };

function groupOf(plan: GroupPlan, values: readonly (number | null)[], { design = designOf(), seed = 7, fingerprint = "f" } = {}) {
  const runs = values.map((accuracy, place) => ({
    status: "done" as const,
    has_model: true,
    metrics: { accuracy },
    data_fingerprint: fingerprint,
    seed: plan.kind === "seeds" ? seed + place : seed,
    group_index: place,
  }));
  return { group: { plan }, runs, design: design as DesignDocument | null } satisfies ComparedGroup;
}

const FIRST = [0.81, 0.84, 0.79, 0.86, 0.83];
const SECOND = [0.78, 0.8, 0.77, 0.79, 0.82];
const WELCH = { test: "welch", p: expect.closeTo(0.05447947876092021, 10) };

describe("groups of seeds", () => {
  it("are two independent samples", () => {
    const found = differenceOf(groupOf(SEEDS, FIRST), groupOf(SEEDS, SECOND), "accuracy");
    expect(found).toMatchObject({ ...WELCH, t: expect.closeTo(2.2922795323750202, 10), freedom: expect.closeTo(7.226037623171096, 10) });
  });
  it("may be of unlike counts; a run without the figure does not count", () => {
    const found = differenceOf(groupOf(SEEDS, FIRST), groupOf(SEEDS, [...SECOND.slice(0, 4), null]), "accuracy");
    expect(found).toMatchObject({
      test: "welch",
      difference: expect.closeTo(0.041, 10),
      t: expect.closeTo(2.9928867712590206, 10),
      freedom: expect.closeTo(5.961500363618132, 10),
      p: expect.closeTo(0.024420323096662946, 10),
    });
  });
  it("that are the same do not differ; of one seed nothing is said", () => {
    expect(differenceOf(groupOf(SEEDS, [0.8, 0.8]), groupOf(SEEDS, [0.8, 0.8, 0.8]), "accuracy")).toMatchObject({
      difference: 0,
      t: 0,
      p: 1,
    });
    expect(differenceOf(groupOf(SEEDS, [0.8]), groupOf(SEEDS, SECOND), "accuracy")).toBeNull();
    expect(differenceOf(groupOf(SEEDS, []), groupOf(SEEDS, SECOND), "accuracy")).toBeNull();
  });
});

describe("groups of folds", () => {
  const against = (other: ComparedGroup, mine: ComparedGroup = groupOf(FOLDS, FIRST)) => differenceOf(mine, other, "accuracy");

  it("of the same rows are compared pair by pair, with the correction for the rows that they share", () => {
    expect(against(groupOf(FOLDS, SECOND))).toMatchObject({
      test: "paired_corrected",
      difference: expect.closeTo(0.034, 10),
      t: expect.closeTo(2.201581288009801, 10),
      freedom: 4,
      p: expect.closeTo(0.09248949114346468, 10),
    });
  });
  it("are paired by their folds, whatever order they are in", () => {
    const other = groupOf(FOLDS, SECOND);
    expect(against({ ...other, runs: [...other.runs].reverse() })?.p).toBeCloseTo(0.09248949114346468, 10);
  });
  it("are not paired where the rows are others: data, filter, left-out rows, way of splitting, its seed, what is told", () => {
    const split = DATA.split;
    const unlike = [
      groupOf(FOLDS, SECOND, { fingerprint: "g" }),
      groupOf(FOLDS, SECOND, { seed: 8 }),
      groupOf(FOLDS, SECOND, { design: designOf({ filter: "age > 30" }) }),
      groupOf(FOLDS, SECOND, { design: designOf({ row_choices: { fingerprint: "f", excluded: [1], relabelled: [] } }) }),
      groupOf(FOLDS, SECOND, { design: designOf({ split: { ...split, method: "stratified" } }) }),
      groupOf(FOLDS, SECOND, { design: designOf({ split: { ...split, seed: 3 } }) }),
      groupOf(FOLDS, SECOND, { design: designOf({ columns: [{ name: "size", type: "categorical", role: "target" }] }) }),
    ];
    for (const other of unlike) expect(against(other)).toMatchObject(WELCH);
  });
  it("are paired where only the fold, or how the seed is written, is another", () => {
    const split = { ...DATA.split, folds: 5, fold: 2, seed: 7, column: null };
    expect(against(groupOf(FOLDS, SECOND, { design: designOf({ split }) }))?.test).toBe("paired_corrected");
    const drawn = { ...DATA.split, seed: 3 };
    const mine = groupOf(FOLDS, FIRST, { design: designOf({ split: drawn }), seed: 1 });
    expect(against(groupOf(FOLDS, SECOND, { design: designOf({ split: drawn }), seed: 2 }), mine)?.test).toBe("paired_corrected");
  });
  it("say nothing until their designs are there", () => {
    expect(against({ ...groupOf(FOLDS, SECOND), design: null })).toBeNull();
  });
});
