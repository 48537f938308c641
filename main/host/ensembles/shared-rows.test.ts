/** Runs that hold out no row together are told by their designs alone: of folds of one cut, and of nothing else. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type DesignDocument, designSchema } from "../../../core/graph/document.ts";
import { requireSameData, requireSharedRows } from "./shared-rows.ts";

const file = new URL("../../../resources/templates/softmax-regression.json", import.meta.url);
const template = designSchema.parse(JSON.parse(readFileSync(file, "utf8")));

/** The template trained with another seed, or with other rows held out. */
function design(split: Record<string, unknown>, seed = 0): DesignDocument {
  const { data, train } = template;
  if (data === null) throw new Error("the template has data");
  return designSchema.parse({ ...template, train: { ...train, seed }, data: { ...data, split: { ...data.split, ...split } } });
}

function refused(...designs: readonly DesignDocument[]): unknown {
  const runs = designs.map((_, place) => ({ id: String(place), name: `#${place + 1}` }));
  const found = new Map(runs.map(({ id }, place) => [id, designs[place] as DesignDocument]));
  try {
    requireSharedRows({ runDesign: (id) => found.get(id) as DesignDocument }, runs);
    return null;
  } catch (error) {
    return error;
  }
}

const refusal = { code: "ensemble.no_common_rows", params: { first: "#1", second: "#2" } };

it("refuses two folds of one cut and names them", () => {
  expect(refused(design({ folds: 3, fold: 0 }), design({ folds: 3, fold: 1 }))).toMatchObject(refusal);
  // Without a seed of its own the cut is that of the training's seed.
  expect(refused(design({ folds: 3, fold: 0, seed: 4 }), design({ folds: 3, fold: 2, seed: null }, 4))).toMatchObject(refusal);
});

it("lets all others be asked: the same fold, other cuts, and runs that hold out a share", () => {
  expect(refused(design({ folds: 3, fold: 1 }), design({ folds: 3, fold: 1 }))).toBeNull();
  expect(refused(design({ folds: 3, fold: 0 }), design({ folds: 2, fold: 1 }))).toBeNull();
  expect(refused(design({ folds: 3, fold: 0, seed: 1 }), design({ folds: 3, fold: 1, seed: 2 }))).toBeNull();
  expect(refused(design({ folds: 3, fold: 0, seed: null }, 1), design({ folds: 3, fold: 1, seed: null }, 2))).toBeNull();
  expect(refused(design({}), design({ folds: 3, fold: 1 }), design({}, 3))).toBeNull();
});

it("finds the data of runs in any copy that is kept, and refuses runs of other data or of none", () => {
  const run = (name: string, dataset_id: string | null, data_fingerprint = "f") => ({ name, dataset_id, data_fingerprint });
  expect(requireSameData([run("#1", null), run("#2", "copy")])).toBe("copy");
  expect(() => requireSameData([run("#1", null), run("#2", null)])).toThrow("run.no_dataset");
  expect(() => requireSameData([run("#1", null), run("#2", "copy", "g")])).toThrow("ensemble.data_differs");
});
