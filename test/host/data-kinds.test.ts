/** What the data screen asks of the host for pictures and series: two files at once, a few pixels, classes, a thinned curve. */
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { errorData } from "../../core/errors.ts";
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { idx, redAndBlue } from "../picture-files.ts";
import { tar } from "../tar-file.ts";
import { testHome } from "./fixture.ts";

async function bring(host: OpenedHost, folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<DatasetProfile> {
  const tokens = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return host.uploads.register(path, name);
  });
  const [file = "", ...further] = tokens;
  return host.handlers["datasets.import"]({ file, name: Object.keys(files)[0] ?? "", import_id: "i", further });
}
async function refusal(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => "no error",
    (thrown: unknown) => errorData(thrown).code,
  );
}

const IMAGES = idx([4, 2, 2], [0, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30, 40, 1, 2, 3, 4]);
const LABELS = idx([4], [3, 7, 3, 3]);

test("pictures and labels are taken in either order, though their names say nothing", async () => {
  await using home = testHome();
  const host = await home.open();
  const one = await bring(host, home.path, { first: IMAGES, second: LABELS });
  const other = await bring(host, home.path, { first: LABELS, second: IMAGES });
  expect(one.columns.map(({ name, type }) => [name, type])).toEqual([
    ["picture", "picture"],
    ["label", "numeric"],
  ]);
  expect(other.dataset.fingerprint).toBe(one.dataset.fingerprint);
  expect(other.dataset.name).toBe("second");
});

test("pictures without their labels are taken with a warning that names the file that would give them", async () => {
  await using home = testHome();
  const host = await home.open();
  const warned = async (name: string): Promise<unknown> => (await bring(host, home.path, { [name]: IMAGES })).warnings;
  expect(await warned("t10k-images-idx3-ubyte")).toEqual([
    {
      code: "data.pictures_without_labels",
      params: { file: "t10k-images-idx3-ubyte", count: 4, labels: "t10k-labels-idx1-ubyte" },
    },
  ]);
  expect((await bring(host, home.path, { first: IMAGES, second: LABELS })).warnings).toEqual([]);
});

test("a table of the library is joined with a file as if its own file were given again, and stays as it is", async () => {
  await using home = testHome();
  const host = await home.open();
  const sales = `day,shop,sold\n${Array.from({ length: 30 }, (_, day) => `${day},${"AB"[day % 2]},"1,${100 + day}"`).join("\n")}\n`;
  const shops = 'shop,city,motto\nA,Köln,"so, ""ja"""\nB,,x\n';
  const kept = await bring(host, home.path, { "shops.csv": shops });
  const upload = (name: string, content: string): { file: string; name: string } => {
    const path = join(home.path, name);
    writeFileSync(path, content);
    return { file: host.uploads.register(path, name), name };
  };
  const partnerOf = async (table: { file: string; name: string }): Promise<DatasetProfile> => {
    const main = upload("sales.csv", sales);
    const { matches } = await host.handlers["datasets.look_at_files"]({ files: [main, table] });
    expect(matches[0]).toMatchObject({ table: 0, partner: 1, column: "shop", partner_column: "shop", matched: 2, of: 2 });
    return host.handlers["datasets.import"]({ ...main, import_id: "j", partners: [{ ...table, key: "shop", partner_key: "shop" }] });
  };
  const fromLibrary = await partnerOf(await host.handlers["datasets.as_file"]({ id: kept.dataset.id }));
  const fromFile = await partnerOf(upload("again.csv", shops));
  expect(fromLibrary.columns).toEqual(fromFile.columns);
  expect(fromLibrary.columns.map(({ name }) => name)).toEqual(["day", "shop", "sold", "city", "motto"]);
  const rows = await host.handlers["datasets.preview"]({ id: fromLibrary.dataset.id, offset: 0, count: 2 });
  expect(rows.rows).toEqual([
    ["0", "A", "1,100", "Köln", 'so, "ja"'],
    ["1", "B", "1,101", null, "x"],
  ]);
  expect((await host.handlers["datasets.profile"]({ id: kept.dataset.id })).dataset).toEqual(kept.dataset);
  const pictures = await bring(host, home.path, { a: IMAGES, b: LABELS });
  expect(await refusal(host.handlers["datasets.as_file"]({ id: pictures.dataset.id }))).toBe("data.library_pictures");
});

test("looking into files is cancelled in the middle of unpacking one, with nothing left of it", async () => {
  await using home = testHome();
  const host = await home.open();
  const rows = Array.from({ length: 400_000 }, (_, row) => `${row},${(row * 7919) % 1000}`).join("\n");
  const path = join(home.path, "rows.tgz");
  writeFileSync(path, gzipSync(tar([{ name: "rows.csv", content: `a,b\n${rows}\n` }]), { level: 1 }));
  const files = [{ file: host.uploads.register(path, "rows.tgz"), name: "rows.tgz" }];
  const own = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-read-${process.pid}-`));
  const before = own();
  const looking = host.handlers["datasets.look_at_files"]({ files, look_id: "l" });
  const refused = expect(looking).rejects.toMatchObject({ code: "data.look_cancelled" });
  await expect.poll(own, { interval: 1 }).not.toEqual(before);
  await host.handlers["datasets.cancel_look"]({ look_id: "l" });
  await refused;
  expect(own()).toEqual(before);
  expect((await host.handlers["datasets.look_at_files"]({ files, look_id: "l" })).files[0]).toMatchObject({ kind: "table" });
});

test("two files that do not belong together are refused and named", async () => {
  await using home = testHome();
  const host = await home.open();
  expect(await refusal(bring(host, home.path, { a: IMAGES, b: IMAGES }))).toBe("data.files_unrelated");
  expect(await refusal(bring(host, home.path, { "a.csv": "x,y\n1,2\n", "b.csv": "x,y\n1,2\n" }))).toBe("data.files_unrelated");
  expect((await host.handlers["datasets.list"]({})).datasets).toEqual([]);
});

test("a few pictures come as bytes, made smaller where they are larger than asked", async () => {
  await using home = testHome();
  const host = await home.open();
  const { dataset } = await bring(host, home.path, { a: IMAGES, b: LABELS });
  const whole = await host.handlers["datasets.pictures"]({ id: dataset.id, pictures: [2, 1], size: 4 });
  expect(whole.shape).toEqual([2, 2, 1]);
  expect([...Buffer.from(whole.pixels, "base64")]).toEqual([10, 20, 30, 40, 255, 255, 255, 255]);
  const wide = idx(
    [1, 4, 8],
    Array.from({ length: 32 }, (_, place) => place),
  );
  const large = await bring(host, home.path, { c: wide, d: idx([1], [0]) });
  const small = await host.handlers["datasets.pictures"]({ id: large.dataset.id, pictures: [0], size: 4 });
  expect(small.shape).toEqual([2, 4, 1]);
  // Means of blocks of two rows and two columns: (0 + 1 + 8 + 9) / 4 = 4.5.
  expect([...Buffer.from(small.pixels, "base64")]).toEqual([5, 7, 9, 11, 21, 23, 25, 27]);
  expect(await refusal(host.handlers["datasets.pictures"]({ id: dataset.id, pictures: [4], size: 4 }))).toBe("data.picture_unknown");
});

test("classes come with their counts and first pictures", async () => {
  await using home = testHome();
  const host = await home.open();
  const { dataset } = await bring(host, home.path, { a: IMAGES, b: LABELS });
  const ask = (column: string | null) => host.handlers["datasets.picture_classes"]({ id: dataset.id, column, per_class: 2 });
  expect(await ask("label")).toEqual({
    class_count: 2,
    classes: [
      { label: "3", count: 3, pictures: [0, 2] },
      { label: "7", count: 1, pictures: [1] },
    ],
  });
  expect((await ask(null)).classes).toEqual([{ label: null, count: 4, pictures: [0, 1] }]);
  expect(await refusal(ask("colour"))).toBe("data.column_missing");
});

test("an archive of folders is imported from an upload without an ending", async () => {
  await using home = testHome();
  const host = await home.open();
  const { dataset, columns } = await bring(host, home.path, { "shades.zip": await redAndBlue(3) });
  expect([dataset.row_count, columns.map(({ name }) => name)]).toEqual([6, ["picture", "file", "label"]]);
});

const sales = { name: "sales", type: "numeric" as const, role: "target" as const };

test("a series is put in time and thinned; gaps, repeats and missing values are counted", async () => {
  await using home = testHome();
  const host = await home.open();
  const days = ["2024-01-04", "2024-01-01", "2024-01-02", "2024-01-03", "2024-01-09", "2024-01-09"];
  const values = [4, 1, "", 3, 5, 7];
  const text = `day,sales\n${days.map((day, row) => `${day},${values[row]}`).join("\n")}\n`;
  const { dataset } = await bring(host, home.path, { "s.csv": text });
  const order_by = { name: "day", type: "date" as const, role: "ignored" as const };
  const series = await host.handlers["datasets.series"]({ id: dataset.id, column: sales, order_by, points: 3 });
  expect(series).toMatchObject({ values: [1, 3.5, 6], rows: 6, gaps: 1, repeated: 1, missing: 1, usual_step: 86_400_000 });
  const asFile = await host.handlers["datasets.series"]({ id: dataset.id, column: sales, order_by: null, points: 100 });
  expect(asFile).toMatchObject({ values: [4, 1, null, 3, 5, 7], from: null, gaps: 0 });
});

test("a series is drawn from its numbers as its column says that they are written", async () => {
  await using home = testHome();
  const host = await home.open();
  const { dataset } = await bring(host, home.path, { "s.csv": "day;sales\n2024-01-01;1,5\n2024-01-02;n/k\n2024-01-03;3,25\n" });
  const column = { ...sales, decimal_comma: true, missing_tokens: ["n/k"] };
  const series = await host.handlers["datasets.series"]({ id: dataset.id, column, order_by: null, points: 100 });
  expect(series).toMatchObject({ values: [1.5, null, 3.25], missing: 1 });
});

test("the split of a series is drawn at the row where a training makes it", async () => {
  await using home = testHome();
  const host = await home.open();
  const { dataset } = await bring(host, home.path, {
    "s.csv": `n,sales\n${Array.from({ length: 11 }, (_, row) => `${row},${2 * row}`).join("\n")}\n`,
  });
  const split = { method: "time", validation_fraction: 0.15, test_fraction: 0.15, seed: null } as const;
  const ask = { id: dataset.id, column: sales, order_by: null, points: 100 };
  // Two rows each, though three are the nearest to 30 % of eleven.
  expect(await host.handlers["datasets.series"]({ ...ask, split })).toMatchObject({ held_from: 0.7 });
  expect(await host.handlers["datasets.series"]({ ...ask, split: { ...split, method: "random" } })).toMatchObject({ held_from: 1 });
});

test("rows of a series without a date are not drawn, and counted", async () => {
  await using home = testHome();
  const host = await home.open();
  const text = "day,sales\n2024-01-04,4\n2024-01-03,3\n,100\n2024-01-02,2\n2024-01-01,1\n";
  const { dataset } = await bring(host, home.path, { "s.csv": text });
  const order_by = { name: "day", type: "date" as const, role: "ignored" as const };
  const series = await host.handlers["datasets.series"]({ id: dataset.id, column: sales, order_by, points: 100 });
  expect(series).toMatchObject({ values: [1, 2, 3, 4], rows: 4, gaps: 0, repeated: 0, missing: 0, undated: 1 });
});

test("gaps of a series are filled for the plot as they are for windows, and a mean does not see what is held out", async () => {
  await using home = testHome();
  const host = await home.open();
  const rows = ["2024-01-01,1", "2024-01-02,3", "2024-01-05,6", "2024-01-06,", "2024-01-07,8", "2024-01-08,100"];
  const { dataset } = await bring(host, home.path, { "s.csv": `day,sales\n${rows.join("\n")}\n` });
  const order_by = { name: "day", type: "date" as const, role: "ignored" as const };
  const split = { method: "time", validation_fraction: 0.2, seed: null } as const;
  const ask = (method: "linear" | "mean" | "previous") =>
    host.handlers["datasets.series"]({ id: dataset.id, column: sales, order_by, points: 100, fill: { method }, split });
  expect(await ask("linear")).toMatchObject({
    values: [1, 3, null, null, 6, null, 8, 100],
    filled: [null, null, 4, 5, null, 7, null, null],
    added: 2,
    missing: 1,
    gaps: 1,
    held_from: 1,
  });
  expect((await ask("previous")).filled).toEqual([null, null, 3, 3, null, 6, null, null]);
  expect((await ask("mean")).filled).toEqual([null, null, 4.5, 4.5, null, 4.5, null, null]);
});
