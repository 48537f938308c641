import { describe, expect, it } from "vitest";
import { dataSchema } from "../graph/document.ts";
import { type ProfiledColumn, proposeData } from "./propose.ts";

const column = (name: string, type: ProfiledColumn["type"], remarks: string[] = [], distinct = 30): ProfiledColumn => ({
  name,
  type,
  remarks,
  missing: 0,
  distinct,
});
const SOURCE = { kind: "file", name: "a.csv" } as const;
const COLUMNS = [
  column("id", "numeric", ["id", "whole_numbers"]),
  column("age", "numeric"),
  column("when", "date", ["date_format=%d/%m/%Y"]),
  column("note", "text"),
  column("same", "categorical", ["constant"], 1),
  column("city", "categorical"),
  column("street", "categorical", ["many_values"]),
  column("price", "numeric", [], 900),
];

describe("proposeData", () => {
  it("takes the last column for the target and leaves out ids, constants, texts and columns of very many words", () => {
    const data = proposeData(SOURCE, COLUMNS, []);
    const byRole = (role: string): string[] => data.columns.filter((one) => one.role === role).map(({ name }) => name);
    expect(byRole("target")).toEqual(["price"]);
    expect(byRole("feature")).toEqual(["age", "when", "city"]);
    expect(byRole("ignored")).toEqual(["id", "note", "same", "street"]);
    expect(data.columns.find(({ name }) => name === "when")?.date_format).toBe("%d/%m/%Y");
    expect(data.split).toEqual({ method: "random", validation_fraction: 0.2, seed: null });
  });

  it("takes for the target what is named so, then what answers yes or no, then the last column that is no date, id or text", () => {
    const target = (...columns: ProfiledColumn[]): string[] =>
      proposeData(SOURCE, columns, [])
        .columns.filter(({ role }) => role === "target")
        .map(({ name }) => name);
    const status = column("status", "categorical", [], 3);
    const day = column("status_date", "date", ["date_format=%Y-%m-%d"], 900);
    expect(target(column("hotel", "categorical", [], 2), column("is_canceled", "numeric", [], 2), status, day)).toEqual(["is_canceled"]);
    expect(target(column("Label", "categorical", [], 2), column("is_new", "numeric", [], 2), status)).toEqual(["Label"]);
    expect(target(column("age", "numeric"), status, day, column("key", "numeric", ["id"]), column("note", "text"))).toEqual(["status"]);
    expect(target(column("note", "text"), day)).toEqual(["status_date"]);
    const picture = column("picture", "picture");
    expect(target(picture, column("file", "categorical", ["id"]))).toEqual([]);
    expect(target(picture, column("file", "categorical", ["id"]), column("kind", "categorical", [], 3))).toEqual(["kind"]);
  });

  it("makes 0 and 1 of yes and no, and one-hot where cells are empty: they are a third answer", () => {
    const truth = (name: string, missing: number) => ({ ...column(name, "categorical", ["boolean=no,yes"], 2), missing });
    const { steps } = proposeData(
      SOURCE,
      [truth("here", 0), truth("told", 3), column("city", "categorical"), column("price", "numeric")],
      [],
    );
    expect(steps.filter(({ type }) => type !== "standardise")).toMatchObject([
      { type: "impute", columns: ["told", "city"], strategy: "category" },
      { type: "one_hot", columns: ["told", "city"] },
      { type: "impute", columns: ["here"], strategy: "most_frequent" },
      { type: "ordinal", columns: ["here"] },
    ]);
  });

  it("takes sentences that come again for texts beside a picture, and for categories where there is none", () => {
    const asked = column("asked", "categorical", ["sentences=9,31", "many_values"], 200);
    const [answer, key] = [column("answer", "categorical", [], 3), column("image", "categorical", ["sentences=4,9", "joined_by"])];
    const beside = proposeData(SOURCE, [column("picture", "picture"), key, asked, answer], ["answer"]);
    expect(beside.columns.find(({ name }) => name === "asked")).toEqual({ name: "asked", type: "text", role: "feature" });
    expect(beside.columns.find(({ name }) => name === "image")?.role).toBe("ignored");
    expect(beside.steps.filter(({ columns }) => columns.includes("asked"))).toMatchObject([{ type: "bag_of_words", tokenizer: "words" }]);
    const alone = proposeData(SOURCE, [column("asked", "categorical", ["sentences=9,31"]), column("size", "numeric"), answer], ["answer"]);
    expect(alone.steps.find(({ type }) => type === "one_hot")?.columns).toEqual(["asked"]);
  });

  it("takes the hour too out of dates that have times", () => {
    const { steps } = proposeData(SOURCE, [column("day", "date"), column("at", "date", ["times"]), column("price", "numeric")], []);
    expect(steps.filter(({ type }) => type === "date_parts")).toMatchObject([
      { columns: ["day"], hour: false },
      { columns: ["at"], hour: true },
    ]);
  });

  it("is a valid data section whose steps name every feature and no target", () => {
    const data = dataSchema.parse(proposeData(SOURCE, COLUMNS, ["city"]));
    expect(data.steps.map(({ type, columns }) => [type, ...columns])).toEqual([
      ["date_parts", "when"],
      ["impute", "age", "price", "when"],
      ["standardise", "age", "price", "when"],
    ]);
    expect(data.split.method).toBe("stratified");
  });

  it("standardises a quantity that is predicted, and neither classes nor labels", () => {
    const scaled = (columns: readonly ProfiledColumn[], targets: readonly string[]): string[] =>
      proposeData(SOURCE, columns, targets)
        .steps.filter(({ type }) => type === "standardise")
        .flatMap(({ columns: names }) => names)
        .filter((name) => targets.includes(name));
    expect(scaled(COLUMNS, ["price"])).toEqual(["price"]);
    expect(scaled(COLUMNS, ["price", "age"])).toEqual(["price", "age"]);
    expect(scaled(COLUMNS, ["city"])).toEqual([]);
    const marked = [...COLUMNS, column("grade", "numeric", ["whole_numbers"], 6), column("yes", "numeric", [], 2)];
    expect(scaled(marked, ["grade"])).toEqual([]);
    expect(scaled(marked, ["yes", "grade"])).toEqual([]);
    expect(scaled(marked, ["yes"])).toEqual([]);
  });

  it("takes few whole numbers for classes, many or fractional ones for a number", () => {
    const method = (target: ProfiledColumn): string => proposeData(SOURCE, [column("x", "numeric"), target], []).split.method;
    expect(method(column("y", "numeric", ["whole_numbers"], 10))).toBe("stratified");
    expect(method(column("y", "numeric", ["whole_numbers"], 500))).toBe("random");
    expect(method(column("y", "numeric", [], 10))).toBe("random");
  });

  it("splits by several targets only where all of them are labels", () => {
    const [price, rooms] = [column("price", "numeric", [], 90), column("rooms", "numeric", ["whole_numbers"], 5)];
    const [garden, lift] = [column("garden", "numeric", ["whole_numbers"], 2), column("lift", "categorical", [], 2)];
    const method = (...targets: ProfiledColumn[]): string =>
      proposeData(
        SOURCE,
        [column("x", "numeric"), ...targets],
        targets.map(({ name }) => name),
      ).split.method;
    expect(method(garden, lift)).toBe("stratified");
    expect(method(price, rooms)).toBe("random");
    expect(method(rooms, garden)).toBe("random");
    expect(method(price, lift)).toBe("random");
  });

  it("learns from texts where there is nothing else, and does not take a text for the target", () => {
    const data = proposeData(SOURCE, [column("label", "categorical", [], 2), column("message", "text")], []);
    expect(data.columns.map(({ role }) => role)).toEqual(["target", "feature"]);
    expect(data.steps.map(({ type, columns }) => [type, ...columns])).toEqual([["bag_of_words", "message"]]);
  });

  it("refuses a target that is not there", () => {
    expect(() => proposeData(SOURCE, COLUMNS, ["rent"])).toThrow("data.column_missing");
  });
});
