import { expect, test } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, DatasetProfile } from "../../core/protocol/methods.ts";
import type { Translate } from "../ui/texts.ts";
import { typeWords } from "./column-words.ts";
import {
  carriedOver,
  fits,
  looksLikeClasses,
  manyValuedTarget,
  missingSplitColumn,
  withLabels,
  withMissingTokens,
  withOnly,
  withRole,
  withType,
} from "./columns.ts";
import { preparationOf } from "./preparation.ts";
import { withStepAdded } from "./steps.ts";

function profileOf(name: string, type: ColumnProfile["type"], own: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name,
    type,
    remarks: [],
    missing: 0,
    distinct: 100,
    mean: null,
    deviation: null,
    min: null,
    max: null,
    quantiles: null,
    histogram: [],
    ...own,
  };
}
const columns = [
  profileOf("size", "numeric"),
  profileOf("colour", "categorical", { distinct: 4 }),
  profileOf("day", "date", { remarks: ["date_format=%d/%m/%Y"] }),
  profileOf("comment", "text"),
  profileOf("sold", "numeric", { distinct: 2, remarks: ["whole_numbers"] }),
];
const profiles = new Map(columns.map((column) => [column.name, column]));
const data = proposeData({ kind: "file", name: "t.csv" }, columns, ["sold"]);
const roles = (all: readonly ColumnDocument[]): Record<string, string> => Object.fromEntries(all.map(({ name, role }) => [name, role]));

test("a feature that becomes a target loses its preparation, and gets the usual one when it is a feature again", () => {
  const target = withRole(data, ["size"], "target");
  expect(preparationOf(target, "size")).toMatchObject({ missing: "none", scaling: "none" });
  expect(withRole(target, ["size"], "feature")).toEqual(data);
});

test("weights of the rows are one numeric column, without preparation; the one before is ignored then", () => {
  const weighted = withRole(data, ["size", "colour"], "weight");
  expect(roles(weighted.columns)).toMatchObject({ size: "weight", colour: "feature" });
  expect(preparationOf(weighted, "size")).toMatchObject({ missing: "none", scaling: "none" });
  expect(withRole(weighted, ["size"], "feature")).toEqual(data);
  expect(withRole(data, ["colour"], "weight")).toBe(data);
  expect(roles(withRole(weighted, ["sold"], "weight").columns)).toMatchObject({ size: "ignored", sold: "weight" });
  expect(roles(withType(weighted, ["size"], "categorical", profiles).columns)["size"]).toBe("ignored");
});

test("an ignored column keeps its preparation for the day it is used again", () => {
  const ignored = withRole(data, ["colour"], "ignored");
  expect(roles(ignored.columns)["colour"]).toBe("ignored");
  expect(ignored.steps).toEqual(data.steps);
  expect(withRole(ignored, ["colour"], "feature")).toEqual(data);
});

test("texts are left out beside other columns; as a feature they become a bag of words, as a target classes", () => {
  expect(roles(data.columns)["comment"]).toBe("ignored");
  const used = withRole(data, ["comment"], "feature");
  expect(used.columns.find(({ name }) => name === "comment")).toMatchObject({ type: "text", role: "feature" });
  expect(preparationOf(used, "comment")).toMatchObject({ encoding: "none", others: ["bag_of_words"] });
  const words = withType(used, ["comment"], "categorical", profiles);
  expect(preparationOf(words, "comment")).toMatchObject({ missing: "category", encoding: "one_hot", others: [] });
  expect(withType(words, ["comment"], "text", profiles)).toEqual(used);
  const target = withRole(used, ["comment"], "target");
  expect(target.columns.find(({ name }) => name === "comment")).toMatchObject({ type: "categorical", role: "target" });
  expect(preparationOf(target, "comment").others).toEqual([]);
});

test("another type brings the usual preparation of that type and nothing of the old one", () => {
  const words = withType(data, ["size"], "categorical", profiles);
  expect(preparationOf(words, "size")).toMatchObject({ missing: "category", encoding: "one_hot", scaling: "none" });
  expect(withType(words, ["size"], "numeric", profiles)).toEqual(data);
});

test("a date carries how it is written, another type does not", () => {
  const find = (changed: typeof data) => changed.columns.find(({ name }) => name === "day");
  expect(find(data)?.date_format).toBe("%d/%m/%Y");
  const words = withType(data, ["day"], "categorical", profiles);
  expect(find(words)).toEqual({ name: "day", type: "categorical", role: "feature" });
  expect(find(withType(words, ["day"], "date", profiles))?.date_format).toBe("%d/%m/%Y");
});

test("'use only these' makes them the features and leaves the targets", () => {
  expect(roles(withOnly(data, ["colour", "sold"]).columns)).toEqual({
    size: "ignored",
    colour: "feature",
    day: "ignored",
    comment: "ignored",
    sold: "target",
  });
});

test("a design's own preparation is carried over to data with the same columns", () => {
  const profile: DatasetProfile = {
    dataset: { id: "1", name: "other.csv", kind: "file", row_count: 9, column_count: 6, size_bytes: 1, created_at: 0, fingerprint: "f" },
    columns: [profileOf("new", "numeric"), ...columns.toReversed()],
    warnings: [],
  };
  const own = withOnly(data, ["size"]);
  expect(fits(own, profile)).toBe(true);
  const proposed = proposeData({ kind: "file", name: "other.csv" }, profile.columns, []);
  const carried = carriedOver(own, proposed);
  expect(carried.source).toEqual({ kind: "file", name: "other.csv" });
  expect(carried.columns.map(({ name }) => name)).toEqual(["size", "colour", "day", "comment", "sold", "new"]);
  expect(roles(carried.columns)).toMatchObject({ size: "feature", sold: "target", new: "ignored", colour: "ignored" });
  expect(fits(own, { ...profile, columns: profile.columns.filter(({ name }) => name !== "size") })).toBe(false);
});

test("a column that is ignored and gone is left out when the design is carried over, from the steps too", () => {
  const own = withRole(data, ["colour"], "ignored");
  const proposed = proposeData(
    { kind: "file", name: "o.csv" },
    columns.filter(({ name }) => name !== "colour"),
    ["sold"],
  );
  const carried = carriedOver(own, proposed);
  expect(carried.steps.flatMap((step) => step.columns)).not.toContain("colour");
});

test("a split by a column that is not there is not carried over: it would hold nothing out", () => {
  const split = { method: "column", column: "part", validation_fraction: 0.2, seed: null } as const;
  const proposed = proposeData({ kind: "file", name: "o.csv" }, columns, ["sold"]);
  const own = { ...data, split };
  expect(missingSplitColumn(own, proposed)).toBe("part");
  expect(carriedOver(own, proposed).split).toEqual(proposed.split);
  const withPart = proposeData({ kind: "file", name: "o.csv" }, [...columns, profileOf("part", "categorical", { distinct: 2 })], ["sold"]);
  expect(missingSplitColumn(own, withPart)).toBeNull();
  expect(carriedOver(own, withPart).split).toEqual(split);
  expect(missingSplitColumn(data, proposed)).toBeNull();
  const byTime = (order_by: string): typeof data => ({ ...data, split: { ...data.split, method: "time", order_by } });
  expect(missingSplitColumn(byTime("when"), proposed)).toBe("when");
  expect(missingSplitColumn(byTime("size"), proposed)).toBeNull();
});

test("few whole numbers are classes, prices are not; a split by class on prices is noticed", () => {
  expect(looksLikeClasses({ type: "numeric" }, profiles.get("sold"))).toBe(true);
  expect(looksLikeClasses({ type: "numeric" }, profiles.get("size"))).toBe(false);
  expect(manyValuedTarget(data, profiles)).toBeNull();
  expect(manyValuedTarget(withRole(data, ["size"], "target"), profiles)).toBe("size");
});

test("texts that mean missing are written into the column, and taken out again", () => {
  const own = withMissingTokens(data, ["size"], ["?"]);
  expect(own.columns[0]?.missing_tokens).toEqual(["?"]);
  expect(withMissingTokens(own, ["size"], null)).toEqual(data);
});

test("times of day are called so, have hour and minute, and steps that are added ask for nothing else of them", () => {
  const known = new Map(
    [
      profileOf("at", "date", { remarks: ["date_format=%H:%M"] }),
      profileOf("or", "categorical", { remarks: ["date_unclear=%H:%M"] }),
      profileOf("day", "date"),
      ...columns,
    ].map((column) => [column.name, column]),
  );
  const all = proposeData({ kind: "file", name: "t.csv" }, [...known.values()], ["sold"]);
  expect(preparationOf(all, "at").dateParts).toEqual(["hour", "minute"]);
  const told = withType(all, ["or"], "date", known);
  expect(told.columns.find(({ name }) => name === "or")?.date_format).toBe("%H:%M");
  expect(preparationOf(told, "or")).toEqual(preparationOf(all, "at"));
  const say = ((key: string) => key) as unknown as Translate;
  const types = [["at"], ["or"], ["day"], ["at", "day"]].map((names) => names.map((name) => known.get(name)));
  expect(types.map((profiles) => typeWords("date", profiles, say))).toEqual([
    "data.type.time",
    "data.type.time",
    "data.type.date",
    "data.type.date",
  ]);
  const cycles = withStepAdded(all, "date_cycles", ["at"]).steps.at(-1);
  expect(cycles).toMatchObject({ columns: ["at"], year: false, month: false, week: false, day: true });
  expect(withStepAdded(all, "date_cycles", ["at", "day"]).steps.at(-1)).toMatchObject({ year: true, day: false });
});

test("yes and no become 0 and 1 when they are used again, and are called booleans; a form of dates that was unclear is that of years", () => {
  const known = new Map(
    [
      profileOf("told", "categorical", { distinct: 2, remarks: ["boolean=no,yes"] }),
      profileOf("asked", "categorical", { distinct: 2, missing: 4, remarks: ["boolean=no,yes"] }),
      profileOf("month", "categorical", { remarks: ["date_unclear=%b-%y"] }),
      ...columns,
    ].map((column) => [column.name, column]),
  );
  const all = proposeData({ kind: "file", name: "t.csv" }, [...known.values()], ["sold"]);
  expect(preparationOf(all, "told")).toMatchObject({ missing: "most_frequent", encoding: "ordinal" });
  const again = withType(withType(all, ["told"], "text", known), ["told"], "categorical", known);
  expect(preparationOf(again, "told")).toEqual(preparationOf(all, "told"));
  expect(preparationOf(all, "asked")).toMatchObject({ missing: "category", encoding: "one_hot" });
  const say = ((key: string) => key) as unknown as Translate;
  expect([typeWords("categorical", [known.get("told")], say), typeWords("text", [known.get("told")], say)]).toEqual([
    "data.type.boolean",
    "data.type.text",
  ]);
  expect(typeWords("categorical", [known.get("told"), known.get("colour")], say)).toBe("data.type.categorical");
  expect(withType(all, ["month"], "date", known).columns.find(({ name }) => name === "month")?.date_format).toBe("%b-%y");
});

test("cells that are lists become multi-hot when they are used again, and labels or classes when they are the target", () => {
  const listed = [profileOf("tags", "categorical", { distinct: 9, remarks: ["lists=|"] }), ...columns];
  const known = new Map(listed.map((column) => [column.name, column]));
  const all = proposeData({ kind: "file", name: "t.csv" }, listed, ["sold"]);
  const unused = { ...withRole(all, ["tags"], "ignored"), steps: all.steps.filter((step) => !step.columns.includes("tags")) };
  expect(withRole(unused, ["tags"], "feature", known).steps.filter((step) => step.columns.includes("tags"))).toEqual([
    { type: "multi_hot", columns: ["tags"], separator: "|" },
  ]);
  expect(withOnly(unused, ["tags"], known).steps.at(-1)).toEqual({ type: "multi_hot", columns: ["tags"], separator: "|" });

  const asTarget = { ...withRole(withRole(all, ["sold"], "ignored"), ["tags"], "target", known) };
  const labels = withLabels(asTarget, "tags", "|");
  expect([labels.columns[0]?.lists, labels.split.method, labels.steps.some((step) => step.columns.includes("tags"))]).toEqual([
    "|",
    "random",
    false,
  ]);
  expect(withLabels(labels, "tags", null).columns[0]).toEqual({ name: "tags", type: "categorical", role: "target" });
});
