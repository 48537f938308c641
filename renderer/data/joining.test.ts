import { describe, expect, it } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { joinedImport, type Looked, likelyJoining, matchOf, unusedFiles, withMain, withPartner } from "./joining.ts";
import { formatOfDesign } from "./picture-format.ts";

const table = (name: string, ...columns: string[]): Looked["files"][number] => ({
  name,
  kind: "table",
  columns: columns.map((column) => ({ name: column, examples: ["1"] })),
  pictures: 0,
  examples: [],
});
const zip: Looked["files"][number] = { name: "images.zip", kind: "pictures", columns: [], pictures: 5, examples: ["a.png"] };
const taken = (looked: Looked): { file: string; name: string }[] => looked.files.map(({ name }, place) => ({ file: `f${place}`, name }));

const vqa: Looked = {
  files: [table("test.csv", "image", "answer"), zip, table("train.csv", "image", "answer")],
  matches: [
    { table: 0, partner: 1, column: "image", partner_column: null, matched: 9, of: 9 },
    { table: 2, partner: 1, column: "image", partner_column: null, matched: 9, of: 10 },
  ],
};

const taking = (...shapes: unknown[]): DesignDocument =>
  ({ graph: { nodes: shapes.map((shape) => ({ type: "input", config: { shape } })) } }) as unknown as DesignDocument;

describe("files chosen together", () => {
  it("come in the size that the design takes, where its inputs agree", () => {
    expect(formatOfDesign(taking([32, 32, 3], [10]))).toEqual({ size: [32, 32], channels: 3 });
    expect(likelyJoining(vqa, formatOfDesign(taking([28, 20, 1])))?.pictures).toEqual({ size: [28, 20], channels: 1 });
    for (const design of [null, taking([10]), taking([32, 32, 3], [64, 64, 3]), taking([7, 7, 64]), taking([null, null, 3])])
      expect(formatOfDesign(design)).toEqual({});
  });
  it("are a table, rows held out and pictures, told by columns and names", () => {
    const joining = likelyJoining(vqa);
    expect(joining).toMatchObject({ main: 2, partner: 1, key: "image" });
    expect(joining?.parts).toEqual(new Map([[0, "validation"]]));
    if (joining === null) return;
    expect(matchOf(vqa, joining)).toEqual({ matched: 9, of: 10 });
    expect(unusedFiles(vqa, joining)).toEqual([]);
    expect(joinedImport(vqa, { ...joining, pictures: { size: [32, 32] } }, taken(vqa))).toEqual({
      file: "f2",
      name: "train.csv",
      given: [{ file: "f0", name: "test.csv", part: "validation" }],
      partner: { file: "f1", name: "images.zip", key: "image", partner_key: null },
      pictures: { size: [32, 32] },
    });
  });

  it("of three parts the one named test is kept aside", () => {
    const joining = likelyJoining({ files: ["train.csv", "test.csv", "val.csv"].map((name) => table(name, "x", "y")), matches: [] });
    expect(joining?.main).toBe(0);
    expect([...(joining?.parts ?? [])]).toEqual([
      [1, "test"],
      [2, "validation"],
    ]);
  });

  it("two tables are joined by the columns that fit, and another table or partner finds its own", () => {
    const looked: Looked = {
      files: [table("shops.csv", "name", "town"), table("orders.csv", "shop", "sum")],
      matches: [{ table: 1, partner: 0, column: "shop", partner_column: "name", matched: 3, of: 4 }],
    };
    const joining = likelyJoining(looked);
    expect(joining).toMatchObject({ main: 1, partner: 0, key: "shop", partnerKey: "name" });
    if (joining === null) return;
    expect(joinedImport(looked, joining, taken(looked)).partner).toEqual({
      file: "f0",
      name: "shops.csv",
      key: "shop",
      partner_key: "name",
    });
    const other = withMain(looked, joining, 0);
    expect(other).toMatchObject({ main: 0, partner: null });
    expect(unusedFiles(looked, other)).toEqual([1]);
    expect(matchOf(looked, withPartner(looked, other, 1))).toEqual({ matched: 0, of: 0 });
  });

  it("without a table there is nothing to join", () => {
    expect(likelyJoining({ files: [zip], matches: [] })).toBeNull();
  });
});
