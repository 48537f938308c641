/** The command line with sheets of Excel, tables of an archive, with a filter, and with rows that are kept aside for a test. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { png } from "../picture-files.ts";
import { number, text, workbook } from "../workbook-file.ts";
import { zip } from "../zip-file.ts";
import { commandIn } from "./command.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "neuroloom-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const neuroloom = (...args: readonly string[]) => commandIn(folder)(...args, "--json");

it("reads the sheet that is named, and says which there are when it is not there", () => {
  const file = join(folder, "book.xlsx");
  const cells = (head: string[], row: number[]): string[] => [
    head.map((name, place) => text(`${"AB"[place]}1`, name)).join(""),
    row.map((value, place) => number(`${"AB"[place]}2`, value)).join(""),
  ];
  writeFileSync(file, workbook({ first: cells(["a", "b"], [1, 2]), second: cells(["c", "d"], [3, 4]) }));
  const columnsOf = (...args: string[]): unknown[] =>
    neuroloom("data", file, ...args)
      .events.filter(({ event }) => event === "column")
      .map(({ name }) => name);
  expect(columnsOf()).toEqual(["a", "b"]);
  expect(columnsOf("--sheet", "second")).toEqual(["c", "d"]);
  expect(neuroloom("data", file).events[0]).toMatchObject({ event: "data", sheet: "first", sheets: ["first", "second"] });
  expect(commandIn(folder)("data", file).stdout).toMatch(/of the sheet 'first' \(there are also: second; --sheet NAME reads another\)/);
  const refused = neuroloom("data", file, "--sheet", "third");
  expect([refused.code, refused.events.at(-1)?.["code"]]).toEqual([1, "data.excel_no_sheet"]);
});

it("reads the table of an archive that is named, and says which there are", () => {
  const file = join(folder, "tables.zip");
  const rows = (count: number): string => "1,2\n".repeat(count);
  writeFileSync(
    file,
    zip([
      { name: "long.csv", content: `a,b\n${rows(9)}` },
      { name: "short.csv", content: `c,d\n${rows(2)}` },
    ]),
  );
  const first = (...args: string[]) => neuroloom("data", file, ...args).events[0];
  expect(first()).toMatchObject({ event: "data", rows: 9, sheet: "long.csv", sheets: ["long.csv", "short.csv"] });
  expect(first("--sheet", "short.csv")).toMatchObject({ rows: 2, sheet: "short.csv" });
  expect(commandIn(folder)("data", file).stdout).toContain(
    "of the table 'long.csv' (there are also: short.csv; --sheet NAME reads another)",
  );
  expect(neuroloom("data", file, "--sheet", "none.csv").events.at(-1)).toMatchObject({ event: "error", code: "data.archive_no_table" });
  const parts = ["train", "test"].map((name) => ({ name: `${name}.csv`, content: `a,b\n${rows(name.length)}` }));
  writeFileSync(file, zip(parts));
  expect(first()).toMatchObject({ rows: 9, columns: 3, sheet: "train.csv + test.csv" });
  expect(first("--sheet", "test.csv")).toMatchObject({ rows: 4, columns: 2 });
});

it("reads a folder of tables as an archive of them, and its pictures when they are asked for", async () => {
  const set = join(folder, "set");
  mkdirSync(set);
  for (const name of ["train", "test"]) writeFileSync(join(set, `${name}.csv`), "a,b\n1,2\n3,4\n");
  writeFileSync(join(set, "cover.png"), await png(1, 2, 3));
  const { events } = neuroloom("data", set);
  expect(events[0]).toMatchObject({ rows: 4, columns: 3, sheet: "train.csv + test.csv" });
  expect(events.find(({ code }) => code === "data.pictures_left_out")?.["message"]).toContain("cover.png");
  expect(neuroloom("data", set, "--sheet", "test.csv").events[0]).toMatchObject({ rows: 2, columns: 2 });
  expect(commandIn(folder)("data", set, "--sheet", "pictures").stdout).toMatch(
    /^1 rows, 2 columns, of the pictures \(there are also: test\.csv/,
  );
});

it("learns from the rows that a filter keeps, and evaluates those kept aside in the done event", () => {
  const design = JSON.parse(readFileSync(join(root, "resources/templates/softmax-regression.json"), "utf8")) as {
    data: { columns: { name: string }[]; split: object };
    train: object;
  };
  const feature = design.data.columns[0]?.name ?? "";
  const file = join(folder, "design.json");
  const changed = {
    ...design,
    data: { ...design.data, filter: `"${feature}" < 7`, split: { ...design.data.split, test_fraction: 0.25 } },
    train: { ...design.train, epochs: 3 },
  };
  writeFileSync(file, JSON.stringify(changed));
  const { code, events } = neuroloom("train", file);
  const done = events.at(-1) ?? {};
  // Of iris' 150 flowers, 137 have a shorter sepal than 7 cm.
  expect([code, done["event"], (done["test"] as { rows: number }).rows]).toEqual([0, "done", Math.round(137 / 4)]);
  expect((done["test"] as { outputs: { figures: Record<string, number> }[] }).outputs[0]?.figures["accuracy"]).toBeGreaterThan(0.3);
  writeFileSync(file, JSON.stringify({ ...changed, data: { ...changed.data, filter: "sepal > 3" } }));
  const refused = neuroloom("train", file);
  expect([refused.code, refused.events.at(-1)?.["code"]]).toEqual([1, "data.filter_unknown_column"]);
});
