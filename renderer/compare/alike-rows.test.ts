import { describe, expect, test } from "vitest";
import { textIn } from "../ui/translators.ts";
import { mergeAlike } from "./alike-rows.ts";
import type { CompareRow } from "./compare-runs.ts";
import { rowTitle, type Words } from "./compare-words.ts";

const words: Words = { t: textIn("en"), language: "en" };

const row = (owner: string, field: string, values: readonly unknown[], group: CompareRow["group"] = "layers"): CompareRow => ({
  key: JSON.stringify([group, owner, field]),
  group,
  owner,
  field,
  type: group === "layers" ? "dense" : "",
  values,
  differs: true,
  best: [],
});

const titles = (rows: readonly CompareRow[]): readonly string[] => mergeAlike(rows).map((found) => rowTitle(found, words));

describe("one change made to many layers", () => {
  test("is one row, in the place of the first, that names them", () => {
    const changed = ["a", "b", "c", "d"].map((owner) => row(owner, "activation", ["relu", "sigmoid"]));
    const units = row("b", "units", [8, 16]);
    expect(titles([...changed.slice(0, 2), units, ...changed.slice(2)])).toEqual(["a, b … d (4 layers) · Activation", "b · Units"]);
    expect(titles(changed.slice(0, 3))).toEqual(["a, b, c · Activation"]);
    expect(mergeAlike(changed)[0]?.key).toBe(changed[0]?.key);
  });

  test("is not one with another change, nor with what a run lacks", () => {
    const rows = [
      row("a", "activation", ["relu", "sigmoid"]),
      row("b", "activation", ["sigmoid", "relu"]),
      row("c", "activation", ["relu", undefined]),
      row("d", "activation", ["relu", null]),
      row("e", "units", ["relu", "sigmoid"]),
    ];
    expect(mergeAlike(rows)).toEqual(rows);
  });

  test("figures and options of training stand for themselves", () => {
    const rows = [row("", "loss", [1, 2], "figures"), row("", "val_loss", [1, 2], "figures"), row("", "seed", [1, 2], "training")];
    expect(mergeAlike(rows)).toEqual(rows);
  });
});
