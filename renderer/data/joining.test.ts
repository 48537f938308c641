import { describe, expect, it } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import {
  type Joining,
  joinedImport,
  keyColumns,
  type Looked,
  likelyJoining,
  matchOf,
  undecidedFiles,
  unusedFiles,
  withMain,
  withoutPartner,
  withPartner,
} from "./joining.ts";
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

const matchOfFirst = (looked: Looked, joining: Joining) => {
  const [first] = joining.partners;
  return first === undefined ? null : matchOf(looked, joining, first);
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
  it("are not joined while it is open which table of one is meant; what was looked at is what is imported", () => {
    const several: Looked["files"][number] = {
      ...table("more.zip"),
      kind: "tables",
      sheet: { name: null, all: ["b.csv", "c.csv"], of: "archive" },
    };
    const open: Looked = { files: [table("a.csv", "shop"), several], matches: [] };
    expect([likelyJoining(open), undecidedFiles(open)]).toEqual([null, ["more.zip"]]);
    const book = { ...table("book.xlsx", "shop", "town"), sheet: { name: "first", all: ["first", "second"], of: "workbook" as const } };
    const match = { table: 0, partner: 1, column: "shop", partner_column: "shop", matched: 2, of: 2 };
    const looked: Looked = { files: [table("a.csv", "shop", "sold"), book], matches: [match] };
    const joining = likelyJoining(looked);
    expect(joining === null ? null : joinedImport(looked, joining, taken(looked))).toEqual({
      file: "f0",
      name: "a.csv",
      partners: [{ file: "f1", name: "book.xlsx", sheet: "first", key: "shop", partner_key: "shop" }],
    });
  });
  it("are a table, rows held out and pictures, told by columns and names", () => {
    const joining = likelyJoining(vqa);
    expect(joining).toMatchObject({ main: 2, partners: [{ place: 1, key: "image" }] });
    expect(joining?.parts).toEqual(new Map([[0, "validation"]]));
    if (joining === null) return;
    expect(matchOfFirst(vqa, joining)).toEqual({ matched: 9, of: 10 });
    expect(unusedFiles(vqa, joining)).toEqual([]);
    expect(joinedImport(vqa, { ...joining, pictures: { size: [32, 32] } }, taken(vqa))).toEqual({
      file: "f2",
      name: "train.csv",
      given: [{ file: "f0", name: "test.csv", part: "validation" }],
      partners: [{ file: "f1", name: "images.zip", key: "image", partner_key: null }],
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
    expect(joining).toMatchObject({ main: 1, partners: [{ place: 0, key: "shop", partnerKey: "name" }] });
    if (joining === null) return;
    expect(joinedImport(looked, joining, taken(looked)).partners).toEqual([
      { file: "f0", name: "shops.csv", key: "shop", partner_key: "name" },
    ]);
    const other = withMain(looked, joining, 0);
    expect(other).toMatchObject({ main: 0, partners: [] });
    expect(unusedFiles(looked, other)).toEqual([1]);
    expect(matchOfFirst(looked, withPartner(looked, other, 1))).toEqual({ matched: 0, of: 0 });
  });

  it("a table, a second table and pictures that the second one names are joined one after the other", () => {
    const looked: Looked = {
      files: [
        zip,
        table("scenes.csv", "scene", "file", "asked"),
        table("questions.csv", "asked", "scene", "answer"),
        table("odd.csv", "x", "y"),
      ],
      matches: [
        { table: 1, partner: 0, column: "file", partner_column: null, matched: 5, of: 5 },
        { table: 2, partner: 1, column: "scene", partner_column: "scene", matched: 4, of: 5 },
        { table: 2, partner: 3, column: "answer", partner_column: "x", matched: 1, of: 5 },
      ],
    };
    const joining = likelyJoining(looked);
    expect(joining).toMatchObject({
      main: 2,
      partners: [
        { place: 1, key: "scene", partnerKey: "scene" },
        { place: 0, key: "file" },
      ],
    });
    if (joining === null) return;
    expect(unusedFiles(looked, joining)).toEqual([3]);
    expect(joining.partners.map((partner) => matchOf(looked, joining, partner))).toEqual([
      { matched: 4, of: 5 },
      { matched: 5, of: 5 },
    ]);
    // What the second table calls as the first does gets another name, and its key is not brought.
    expect(keyColumns(looked, joining, 0).map(({ name, place }) => [name, place])).toEqual([
      ["asked", 2],
      ["scene", 2],
      ["answer", 2],
      ["file", 1],
    ]);
    const sent = joinedImport(looked, joining, taken(looked));
    expect(sent.partners?.map(({ name, partner_key }) => [name, partner_key])).toEqual([
      ["scenes.csv", "scene"],
      ["images.zip", null],
    ]);
    expect(sent.pictures).toEqual({});
    expect(withoutPartner(looked, joining, 1).partners).toEqual([{ place: 0, key: "asked", partnerKey: "" }]);
  });

  it("pictures are joined once: others take their place", () => {
    const looked: Looked = { ...vqa, files: [...vqa.files, { ...zip, name: "more.zip" }] };
    const joining = likelyJoining(looked);
    expect(joining?.partners.map(({ place }) => place)).toEqual([1]);
    if (joining === null) return;
    expect(withPartner(looked, joining, 3).partners.map(({ place }) => place)).toEqual([3]);
  });

  it("without a table there is nothing to join", () => {
    expect(likelyJoining({ files: [zip], matches: [] })).toBeNull();
  });
});
