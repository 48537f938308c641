/** Sentences that come again are told from names and opinions of several words. */
import { expect, it } from "vitest";
import { importPlaceForEachTest } from "../../../test/host/import-place.ts";

const place = importPlaceForEachTest();
const remarksOf = async (cell: (row: number) => string): Promise<readonly string[]> => {
  const rows = Array.from({ length: 240 }, (_, row) => `"${cell(row)}",${row % 2 === 0 ? "yes" : "no"}`);
  const { columns } = await place.importContent(`words,y\n${rows.join("\n")}\n`);
  return (columns[0]?.remarks ?? []).filter((remark) => remark.startsWith("sentences="));
};
const SHAPES = ["circle", "triangle", "rectangle"];
const COLOURS = ["red", "green", "blue", "black"];

it("with the words of the longest and how many different ones there are", async () => {
  const question = (row: number): string =>
    row % 2 === 0
      ? `What colour is the ${SHAPES[(row / 2) % 3]}?`
      : `does the image not contain a ${COLOURS[((row - 1) / 2) % 4]} ${SHAPES[row % 3]}`;
  // what colour is the, does image not contain a, three shapes, four colours
  expect(await remarksOf(question)).toEqual(["sentences=8,16"]);
});

it.each([
  ["places", ["New York", "Los Angeles", "San Francisco", "New Orleans", "San Diego", "Rio de Janeiro"]],
  ["opinions", ["very good", "good", "bad", "very bad", "neither good nor bad", "not very good"]],
  [
    "long names that share hardly a word",
    [
      "Bank of New South Wales",
      "The Hongkong and Shanghai Banking Corporation",
      "Deutsche Bank für Handel und Gewerbe",
      "Crédit Agricole Corporate et Investissement",
      "Banco Bilbao Vizcaya Argentaria Spain",
      "Royal Charter Society Trust Limited",
    ],
  ],
])("but not of %s", async (_, values) => {
  expect(await remarksOf((row) => values[row % values.length] as string)).toEqual([]);
});
