/** Columns in memory: from a stored table, and from a file for a model that exists. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Table } from "../../../core/data/table.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { importFile } from "./import-file.ts";
import { loadTable, previewTable, readFileTable } from "./load-table.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "neuroloom-load-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const fileOf = async (content: string): Promise<string> => {
  const path = join(home, "given.csv");
  await writeFile(path, content);
  return path;
};
const stored = async (content: string): Promise<string> =>
  (await importFile({ path: await fileOf(content), name: "given.csv", folder: home })).path;
const column = (name: string, type: ColumnDocument["type"], more: Partial<ColumnDocument> = {}): ColumnDocument => ({
  name,
  type,
  role: "feature",
  ...more,
});
const shown = (table: Table): unknown[] =>
  table.columns.map((one) =>
    one.kind === "number"
      ? [one.name, ...one.values]
      : "codes" in one
        ? [one.name, ...[...one.codes].map((code) => (code < 0 ? null : one.categories[code]))]
        : [one.name, ...("values" in one ? one.values : one.pixels)],
  );

const CONTENT = "n,w,d\n1.5, b ,2020-01-01\nNA,NULL,\n -2e3 ,A,1969-12-31\n.5,b,NA\n";

describe("loadTable", () => {
  it("gives numbers, categories in code-point order and dates, in the order asked for, missing ones as such", async () => {
    const table = await loadTable(await stored(CONTENT), [column("w", "categorical"), column("n", "numeric"), column("d", "date")]);
    expect(shown(table)).toEqual([
      ["w", "b", null, "A", "b"],
      ["n", 1.5, Number.NaN, -2000, 0.5],
      ["d", Date.UTC(2020, 0, 1), Number.NaN, Date.UTC(1969, 11, 31), Number.NaN],
    ]);
    expect(table.columns[0]).toMatchObject({ categories: ["A", "b"] });
    expect([table.rowCount, ...table.rowIds]).toEqual([4, 0, 1, 2, 3]);
  });

  it("leaves out ignored columns and those the table does not have", async () => {
    const table = await loadTable(await stored(CONTENT), [
      column("n", "numeric", { role: "ignored" }),
      column("other", "numeric"),
      column("w", "text"),
    ]);
    expect(table.columns.map(({ name }) => name)).toEqual(["w"]);
  });

  it("refuses a text in a column of numbers, and what is no finite number, naming row, value and count", async () => {
    const path = await stored("n,m,k\n1,2,2020-01-01\nNA,inf,x\ntwelve,3,2020-01-02\nthree,1_000,y\n");
    await expect(loadTable(path, [column("n", "numeric")])).rejects.toThrow(
      'data.not_a_number {"column":"n","value":"twelve","row":3,"count":2}',
    );
    await expect(loadTable(path, [column("m", "numeric")])).rejects.toThrow(
      'data.not_a_number {"column":"m","value":"inf","row":2,"count":2}',
    );
    await expect(loadTable(path, [column("k", "date")])).rejects.toThrow('data.not_a_date {"column":"k","value":"x","row":2,"count":2}');
  });

  it("takes a column's own missing texts, numbers among them, and then not the usual ones", async () => {
    const path = await stored("n,w\n-999,NA\n5,?\n?,x\n,\n");
    const table = await loadTable(path, [
      column("n", "numeric", { missing_tokens: ["-999", "?"] }),
      column("w", "categorical", { missing_tokens: ["?"] }),
    ]);
    expect(shown(table)).toEqual([
      ["n", Number.NaN, 5, Number.NaN, Number.NaN],
      ["w", "NA", null, "x", null],
    ]);
  });

  it("keeps the order of the rows over many chunks, words and numbers alike", async () => {
    const count = 30_000;
    const path = await stored(`n,w\n${Array.from({ length: count }, (_, row) => `${row},w${(row * 7919) % 5003}`).join("\n")}\n`);
    const [numbers, words] = (await loadTable(path, [column("n", "numeric"), column("w", "categorical")])).columns;
    if (numbers?.kind !== "number" || words?.kind !== "category") throw new Error("expected a number and a category column");
    for (let row = 0; row < count; row += 1) {
      expect(numbers.values[row]).toBe(row);
      expect(words.categories[words.codes[row] as number]).toBe(`w${(row * 7919) % 5003}`);
    }
  });

  it("reads names and cells with quotes, semicolons and any letters", async () => {
    const path = await stored(`"it's; ""x""",中文\n'a';drop table source;--,北京\n"b""",上海\n`);
    const table = await loadTable(path, [column('it\'s; "x"', "categorical"), column("中文", "categorical")]);
    expect(shown(table)).toEqual([
      [`it's; "x"`, "'a';drop table source;--", 'b"'],
      ["中文", "北京", "上海"],
    ]);
  });

  it("refuses a stored table that is damaged or gone", async () => {
    const path = join(home, "broken.parquet");
    await writeFile(path, "PAR1 this is nothing PAR1");
    await expect(loadTable(path, [column("n", "numeric")])).rejects.toThrow("data.stored_table_damaged");
    await expect(previewTable(join(home, "none.parquet"), 0, 1)).rejects.toThrow("data.stored_table_damaged");
    const altered = await stored(CONTENT);
    const bytes = await readFile(altered);
    bytes.fill(0x5a, 4, Math.floor(bytes.length / 4));
    await writeFile(altered, bytes);
    await expect(loadTable(altered, [column("n", "numeric")])).rejects.toThrow("data.stored_table_damaged");
  });
});

describe("readFileTable", () => {
  it("reads a file as the library would, and passes columns through as they are", async () => {
    const file = await fileOf(`id,${CONTENT.replaceAll("\n", "\nr,").slice(0, -2)}`);
    const read = await readFileTable(file, [column("n", "numeric"), column("w", "categorical")], ["id", "w"]);
    expect(shown(read.table)).toEqual(shown(await loadTable(await stored(CONTENT), [column("n", "numeric"), column("w", "categorical")])));
    expect([read.names, read.passThrough]).toEqual([
      ["id", "n", "w", "d"],
      [
        ["r", " b "],
        ["r", "NULL"],
        ["r", "A"],
        ["r", "b"],
      ],
    ]);
  });

  it("takes the first line for names when they are those of the model, whatever it looks like", async () => {
    const read = await readFileTable(await fileOf("2020,x\n2019,5\n2018,6\n"), [column("2020", "numeric")]);
    expect([read.table.rowCount, read.names]).toEqual([2, ["2020", "x"]]);
  });

  it("takes a file of one column, and refuses lines that do not fit: a prediction is wanted for each", async () => {
    expect((await readFileTable(await fileOf("x\n1\n2\n"), [column("x", "numeric")])).table.rowCount).toBe(2);
    const many = Array.from({ length: 50 }, () => "1,2").join("\n");
    await expect(readFileTable(await fileOf(`x,y\n${many}\n3\n`), [column("x", "numeric")])).rejects.toThrow("data.ragged_rows_refused");
  });

  it("names a column to pass through that is not there", async () => {
    await expect(readFileTable(await fileOf("x,y\n1,2\n"), [], ["id"])).rejects.toThrow('data.column_missing {"columns":"id","count":1}');
  });
});
