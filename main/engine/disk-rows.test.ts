/** What rows would take in memory, by what their columns are made of. */
import { expect, it } from "vitest";
import type { ColumnDocument } from "../../core/graph/document.ts";
import { importPlaceForEachTest } from "../../test/host/import-place.ts";
import { sizeOfRows } from "./disk-rows.ts";

const place = importPlaceForEachTest();

it("counts the pixels of pictures that are made of columns, not one cell for each picture", async () => {
  const names = Array.from({ length: 64 }, (_, pixel) => `p${pixel}`);
  const rows = Array.from({ length: 50 }, (_, row) => names.map((_name, pixel) => (row * pixel) % 256).join(","));
  const { path } = await place.importContent(`${names.join(",")}\n${rows.join("\n")}\n`);
  const numbers = names.map((name): ColumnDocument => ({ name, type: "numeric", role: "feature" }));
  const pixels = { columns: names, shape: [8, 8, 1] as [number, number, number], low: 0, high: 255 };
  const asNumbers = await sizeOfRows(path, numbers, null);
  const asPictures = await sizeOfRows(path, [{ name: "picture", type: "picture", role: "feature", pixels }], null);
  expect(asNumbers.bytes).toBe(50 * 64 * 16);
  expect(asPictures.bytes).toBeGreaterThan(asNumbers.bytes);
  expect(asPictures.bytes).toBeLessThan(1.5 * asNumbers.bytes);
});
