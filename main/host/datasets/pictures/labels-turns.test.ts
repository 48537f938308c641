/**
 * Tables of labels, and keys that name pictures, are matched in pieces: the longest turn is a small part of all that the thread
 * computes, and a cancel is heard between two of them.
 */
import { expect, it } from "vitest";
import { longestTurn, ownMs } from "../../../../test/host/turns.ts";
import { matchPictures } from "../join/match-pictures.ts";
import { Turns } from "../turns.ts";
import { labelsFor } from "./labels.ts";
import type { PictureFile } from "./picture-files.ts";

const MANY = 100_000;
/** Of all that is computed; in one turn it is 1. */
const LARGEST_SHARE = 0.25;

const picture = (place: number): string => `images/train/${place}.png`;
const pictures = Array.from({ length: MANY }, (_, place): PictureFile => ({ name: picture(place), bytes: async () => new Uint8Array() }));
const rows = (make: (place: number) => string): string => `${Array.from({ length: MANY }, (_, place) => make(place)).join("\n")}\n`;
const table = (name: string, text: string): PictureFile => ({ name, bytes: async () => Buffer.from(text) });
const tables = [
  table("kinds.csv", `file,kind\n${rows((place) => `train/${place}.png,kind-${place % 7}`)}`),
  table("sizes.csv", `file,size\n${rows((place) => `${place}.png,${place % 90}`)}`),
];

async function largestShare(act: () => Promise<unknown>): Promise<number> {
  const before = ownMs();
  const longest = await longestTurn(act);
  return longest / (ownMs() - before);
}

it("unites two tables of 100,000 labels in many turns", async () => {
  let cells: readonly string[] = [];
  const unite = async (): Promise<void> => {
    const { cellsOf, table } = await labelsFor([...pictures, ...tables], pictures);
    cells = cellsOf(picture(MANY - 1));
    expect(await table?.warningsFor(pictures.map(({ name }) => name))).toMatchObject([{ code: "data.label_tables_united" }]);
  };
  expect(await largestShare(unite)).toBeLessThan(LARGEST_SHARE);
  expect(cells).toEqual([`kind-${(MANY - 1) % 7}`, String((MANY - 1) % 90)]);
});

it("finds the pictures of 100,000 keys in many turns", async () => {
  const keys = Array.from({ length: MANY }, (_, place) => String(place));
  const names = pictures.map(({ name }) => name);
  const match = async (): Promise<void> => {
    expect((await matchPictures(keys, names, "p.zip", new Turns()))?.size).toBe(MANY);
  };
  expect(await largestShare(match)).toBeLessThan(LARGEST_SHARE);
});

it("hears a cancel within a table, between two rows", async () => {
  const controller = new AbortController();
  const labels = labelsFor([...pictures, tables[0] as PictureFile], pictures, { signal: controller.signal });
  setTimeout(() => controller.abort());
  await expect(labels).rejects.toMatchObject({ code: "data.import_cancelled" });
});
