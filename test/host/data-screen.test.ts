/** What the data screen asks of the host besides importing: sketches, layouts without a network, columns that give the target away. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { defaultTraining, writeTraining } from "../../core/spec/training.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { testHome } from "./fixture.ts";

async function imported(host: OpenedHost, folder: string, text: string): Promise<MethodOutput<"datasets.import">> {
  const path = join(folder, "table.csv");
  writeFileSync(path, text);
  return host.handlers["datasets.import"]({ file: host.uploads.register(path, "table.csv"), name: "table.csv", import_id: "i" });
}

test("a sketch shows the rows that the built-in set then has, and keeps nothing", async () => {
  await using home = testHome();
  const { handlers } = await home.open();
  const options = { count: 40, noise: 0.2, seed: 3 };
  const sketch = await handlers["datasets.sketch"]({ name: "two_moons", options });
  expect((await handlers["datasets.list"]({})).datasets).toEqual([]);
  const { dataset } = await handlers["datasets.builtin"]({ name: "two_moons", options });
  const { columns, rows } = await handlers["datasets.preview"]({ id: dataset.id, offset: 0, count: 100 });
  expect(sketch.columns).toEqual(columns);
  expect(sketch.rows.map((row) => row.map(String))).toEqual(rows);
});

test("built-in sets have words in both languages and options with their ranges", async () => {
  await using home = testHome();
  const { handlers } = await home.open();
  const { builtins } = await handlers["datasets.builtins"]({});
  expect(builtins.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["xor", "two_circles", "two_moons", "spiral", "gaussian_blobs", "sine", "plane", "iris", "digits_8x8"]),
  );
  for (const { title, summary, options } of builtins) {
    for (const language of ["en", "zh"]) expect([title[language], summary[language]].every((text) => (text ?? "").length > 0)).toBe(true);
    for (const option of options) expect(option.default >= option.min && option.default <= option.max).toBe(true);
  }
});

test("a column that tells the target is named, one that does not is not", async () => {
  await using home = testHome();
  const host = await home.open();
  const rows = Array.from({ length: 200 }, (_, row) => [row % 7, row % 2 === 0 ? "kept" : "gone", row % 2].join(","));
  const { dataset } = await imported(host, home.path, `size,status,left\n${rows.join("\n")}\n`);
  const { warnings } = await host.handlers["datasets.leaks"]({ id: dataset.id, targets: ["left"] });
  expect(warnings.map(({ code, params }) => [code, params["column"], params["target"]])).toEqual([
    ["data.leak_suspected", "status", "left"],
  ]);
});

test("what was proposed is laid out on an empty canvas", async () => {
  await using home = testHome();
  const host = await home.open();
  const rows = Array.from({ length: 60 }, (_, row) => [row / 3, ["red", "green", "blue"][row % 3], row % 2].join(","));
  const { dataset } = await imported(host, home.path, `size,colour,sold\n${rows.join("\n")}\n`);
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["sold"] });
  const design = {
    format: "neuroloom-design" as const,
    format_version: 1,
    name: "d",
    graph: { nodes: [], edges: [], groups: [] },
    train: { ...writeTraining(defaultTraining()) },
    data,
    notes: "",
  };
  const layout = await host.handlers["datasets.layout"]({ id: dataset.id, design });
  expect(layout).toMatchObject({ feature_count: 4, class_count: 2, training_rows: 48, validation_rows: 12 });
});

test("a preparation that is cancelled ends at once, and what was asked beside it is answered", async () => {
  await using home = testHome();
  const host = await home.open();
  const words = (row: number): string => Array.from({ length: 80 }, (_, k) => `w${(row * 131 + k * k * 17 + k * row) % 3001}`).join(" ");
  const rows = Array.from({ length: 4000 }, (_, row) => `${row % 2 === 0 ? "yes" : "no"},${words(row)} end of text ${row}`);
  const { dataset } = await imported(host, home.path, `label,text\n${rows.join("\n")}\n`);
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["label"] });
  const graph = {
    kind: "document_words",
    column: "text",
    tokenizer: "words",
    lowercase: true,
    min_count: 2,
    max_words: 5000,
    window: 20,
  } as const;
  const design = { ...emptyDesign(""), data: { ...data, steps: [], graph } };
  const answer = host.handlers["datasets.layout"]({ id: dataset.id, design, task_id: "asked" });
  const refused = expect(answer).rejects.toMatchObject({ code: "data.layout_cancelled" });
  const beside = host.handlers["tables.correlations"]({ id: dataset.id, columns: data.columns, target: "label" });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await host.handlers["datasets.cancel_layout"]({ task_id: "asked" });
  await refused;
  expect((await beside).columns.length).toBeGreaterThan(0);
  const { graph: size } = await host.handlers["datasets.layout"]({ id: dataset.id, design, task_id: "again" });
  expect(size?.node_count).toBeGreaterThan(4000);
});

test("a data set that is deleted while its columns are looked at again stays deleted", async () => {
  await using home = testHome();
  const host = await home.open();
  const { id } = (await imported(host, home.path, "a,b\n1,x\n2,y\n")).dataset;
  const looking = host.handlers["datasets.look_again"]({ id });
  await host.handlers["datasets.delete"]({ id });
  await looking;
  expect(await host.handlers["datasets.list"]({})).toEqual({ datasets: [] });
});

test("looking again at columns is cancelled, and nothing is changed", async () => {
  await using home = testHome();
  const host = await home.open();
  const { id } = (await imported(host, home.path, "a,b\n1,x\n2,y\n")).dataset;
  const before = await host.handlers["datasets.profile"]({ id });
  const looking = host.handlers["datasets.look_again"]({ id, look_id: "l" });
  const refused = expect(looking).rejects.toMatchObject({ code: "data.look_cancelled" });
  await host.handlers["datasets.cancel_look"]({ look_id: "l" });
  await refused;
  expect(await host.handlers["datasets.profile"]({ id })).toEqual(before);
  // Nothing goes on under this id any more.
  await host.handlers["datasets.cancel_look"]({ look_id: "l" });
  expect((await host.handlers["datasets.look_again"]({ id, look_id: "l" })).dataset.id).toBe(id);
});

test("columns that an older version told less of are told anew from the stored table; what was said of the file stays", async () => {
  await using home = testHome();
  const first = await home.open();
  const { encoding: _read, ...before } = await imported(first, home.path, "a,a,told\n1,x,yes\n2,y,no\n3,x,yes\n");
  const { id, name } = before.dataset;
  expect(await first.handlers["datasets.profile"]({ id })).toEqual(before);
  await first.shutdown({ checkpoint: false });
  // As a version wrote it that knew no booleans, nor how far it had looked.
  const columns = before.columns.map((column) => ({ ...column, remarks: column.name === "told" ? ["joined_by"] : [] }));
  const lists = { code: "data.column_lists", params: { column: "told", separator: "|", parts: 2, example: "x|y" } };
  const profile = JSON.stringify({ columns, warnings: [...before.warnings, lists] });
  const connection = await openConnection({ path: join(home.path, "library.sqlite") });
  connection.run("UPDATE datasets SET source_json = ?, profile_json = ? WHERE id = ?", JSON.stringify({ name }), profile, id);
  connection.database.close();
  const host = await home.open();
  expect(await host.handlers["datasets.profile"]({ id })).toMatchObject({ outdated: true, columns });
  const again = await host.handlers["datasets.look_again"]({ id });
  expect(again.columns.map((column) => [column.name, column.remarks])).toEqual([
    ["a", ["whole_numbers"]],
    ["a_2", []],
    ["told", ["boolean=no,yes", "joined_by"]],
  ]);
  expect(again.warnings.map(({ code }) => code)).toEqual(["data.duplicate_headers"]);
  expect([again.dataset, await host.handlers["datasets.profile"]({ id })]).toEqual([before.dataset, again]);
});
