import { expect, test } from "vitest";
import type { DataDocument } from "../../core/graph/document.ts";
import {
  contentStepOf,
  contentSteps,
  optionsOf,
  stepsFor,
  withContentOption,
  withContentStep,
  withStepAdded,
  withStepColumns,
  withStepMoved,
  withStepOption,
  withStepRemoved,
} from "./steps.ts";

const data: DataDocument = {
  source: { kind: "file", name: "t.csv" },
  columns: [
    { name: "size", type: "numeric", role: "feature" },
    { name: "title", type: "text", role: "feature" },
    { name: "body", type: "text", role: "feature" },
    { name: "price", type: "numeric", role: "target" },
  ],
  steps: [
    { type: "impute", columns: ["size"], strategy: "mean" },
    { type: "standardise", columns: ["size"] },
    { type: "bag_of_words", columns: ["title", "body"], max_words: 100 },
  ],
  split: { method: "random", validation_fraction: 0.2, seed: null },
  feature_count: null,
  class_count: null,
};
const types = ({ steps }: DataDocument): string[] => steps.map(({ type }) => type);

test("a step moves up and down, and nowhere beyond the ends", () => {
  expect(types(withStepMoved(data, 0, 2))).toEqual(["standardise", "bag_of_words", "impute"]);
  expect(types(withStepMoved(data, 2, 0))).toEqual(["bag_of_words", "impute", "standardise"]);
  expect(withStepMoved(data, 0, -1)).toBe(data);
  expect(withStepMoved(data, 0, 3)).toBe(data);
});

test("a step is added with all its options, changed and removed", () => {
  const added = withStepAdded(data, "clip_outliers", ["size"]);
  const index = added.steps.length - 1;
  expect(added.steps[index]).toMatchObject({ type: "clip_outliers", columns: ["size"] });
  expect(Object.keys(optionsOf(added.steps[index] ?? { type: "", columns: [] })).length).toBeGreaterThan(0);
  expect(withStepOption(data, 0, "strategy", "median").steps[0]).toEqual({ type: "impute", columns: ["size"], strategy: "median" });
  expect(withStepRemoved(added, index)).toEqual(data);
  expect(withStepColumns(data, 2, ["body", "title"]).steps[2]?.columns).toEqual(["title", "body"]);
});

test("steps that cannot take a column are not on offer for it", () => {
  const [size, title, , price] = data.columns;
  expect(stepsFor(size === undefined ? [] : [size])).toEqual(expect.arrayContaining(["robust", "bins", "yeo_johnson"]));
  expect(stepsFor(title === undefined ? [] : [title])).toEqual(["bag_of_words", "token_sequence"]);
  expect(stepsFor(price === undefined ? [] : [price])).not.toContain("bins");
  expect(contentSteps("picture")).toEqual(["picture"]);
});

test("one of two texts gets another step, or another option, and the other keeps its own", () => {
  const sequence = withContentStep(data, ["title"], "text", "token_sequence");
  expect(contentStepOf(sequence, { name: "title", type: "text" })?.type).toBe("token_sequence");
  expect(contentStepOf(sequence, { name: "body", type: "text" })).toMatchObject({ type: "bag_of_words", max_words: 100 });
  const shorter = withContentOption(data, ["title"], "text", "max_words", 7);
  expect(contentStepOf(shorter, { name: "title", type: "text" })).toMatchObject({ max_words: 7, columns: ["title"] });
  expect(contentStepOf(shorter, { name: "body", type: "text" })).toMatchObject({ max_words: 100, columns: ["body"] });
  expect(withContentOption(data, ["title", "body"], "text", "max_words", 7).steps).toHaveLength(3);
  expect(types(withContentStep(data, ["title", "body"], "text", null))).toEqual(["impute", "standardise"]);
});

test("columns that come to have the same options share a step again", () => {
  const apart = withContentOption(data, ["title"], "text", "max_words", 7);
  const both = withContentStep(withContentStep(apart, ["title"], "text", "bag_of_words"), ["body"], "text", "bag_of_words");
  expect(both.steps.filter(({ type }) => type === "bag_of_words")).toHaveLength(1);
});
