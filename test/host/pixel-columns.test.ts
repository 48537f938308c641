/** A table of pixel columns taken as pictures: stored beside the table, shown by class, and the same from a new table of columns. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FittedPipeline } from "../../core/data/prepared.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { errorData } from "../../core/errors.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import { withStoredRows } from "../../main/host/datasets/model-table.ts";
import { testHome } from "./fixture.ts";

/** Four pictures of 4 × 4: one row of each is white. */
const NAMES = Array.from({ length: 16 }, (_, place) => `pixel_${Math.floor(place / 4)}_${place % 4}`);
const cells = (bright: number): number[] => NAMES.map((_, place) => (Math.floor(place / 4) === bright ? 16 : place % 2));
const csv = (rows: readonly number[]): string =>
  [["row", ...NAMES].join(","), ...rows.map((bright) => [["top", "upper", "lower", "bottom"][bright], ...cells(bright)].join(","))].join(
    "\n",
  );

test("pixel columns become one column of pictures, beside the table they were made of", async () => {
  await using home = testHome();
  const host = await home.open();
  const path = join(home.path, "squares.csv");
  writeFileSync(path, `${csv([0, 1, 2, 3, 3])}\n`);
  const file = host.uploads.register(path, "squares.csv");
  const table = await host.handlers["datasets.import"]({ file, name: "squares.csv", import_id: "i" });
  const asked = { id: table.dataset.id, columns: NAMES, shape: [4, 4, 1] as [number, number, number] };
  const made = await host.handlers["datasets.pictures_of_columns"](asked);
  expect(made.columns.map(({ name, type, remarks }) => [name, type, ...remarks])).toEqual([
    ["picture", "picture", "shape=4x4x1"],
    ["row", "categorical"],
  ]);
  expect(made.dataset.id).not.toBe(table.dataset.id);
  expect((await host.handlers["datasets.pictures_of_columns"](asked)).dataset.id).toBe(made.dataset.id);
  const { id } = made.dataset;
  const shown = await host.handlers["datasets.pictures"]({ id, pictures: [2], size: 128 });
  expect(shown.shape).toEqual([4, 4, 1]);
  expect([...Buffer.from(shown.pixels, "base64")]).toEqual(cells(2).map((value) => Math.round((255 * value) / 16)));
  const { classes } = await host.handlers["datasets.picture_classes"]({ id, column: "row", per_class: 4 });
  expect(classes[0]).toMatchObject({ label: "bottom", count: 2, pictures: [3, 4] });
  expect((await host.handlers["datasets.preview"]({ id, offset: 1, count: 1 })).rows).toEqual([["1", "upper"]]);

  // The same pictures from a new table, as a model reads it.
  const { data } = await host.handlers["datasets.propose"]({ id, targets: ["row"] });
  expect(data.columns[0]?.pixels).toMatchObject({ columns: NAMES, shape: [4, 4, 1], low: 0, high: 16 });
  const other = join(home.path, "new.csv");
  writeFileSync(other, `${csv([2])}\n`);
  const pipeline: FittedPipeline = { columns: data.columns, steps: [], features: [], targets: {} };
  const read = await withStoredRows(other, pipeline, {}, (stored) => loadTable(stored, columnsToRead(pipeline)));
  const [picture] = read.columns;
  expect(picture?.kind === "picture" ? [picture.shape, [...picture.pixels]] : null).toEqual([
    [4, 4, 1],
    [...Buffer.from(shown.pixels, "base64")],
  ]);
});

test("sides that do not fit, a column that is not there and one of words are refused, and nothing is kept", async () => {
  await using home = testHome();
  const host = await home.open();
  const path = join(home.path, "squares.csv");
  writeFileSync(path, `${csv([0, 1])}\n`);
  const file = host.uploads.register(path, "squares.csv");
  const { dataset } = await host.handlers["datasets.import"]({ file, name: "squares.csv", import_id: "i" });
  const refusal = (columns: string[], shape: [number, number, number]): Promise<string> =>
    host.handlers["datasets.pictures_of_columns"]({ id: dataset.id, columns, shape }).then(
      () => "made",
      (thrown: unknown) => errorData(thrown).code,
    );
  expect(await refusal(NAMES, [4, 3, 1])).toBe("data.pixels_do_not_fit");
  expect(await refusal([...NAMES.slice(1), "nowhere"], [4, 4, 1])).toBe("data.column_missing");
  expect(await refusal([...NAMES.slice(1), "row"], [4, 4, 1])).toBe("data.not_a_number");
  expect((await host.handlers["datasets.list"]({})).datasets).toHaveLength(1);
});
