/** Pictures of a preview: the first as it is, the others changed, the same for the same options. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { redAndBlue } from "../../../../test/picture-files.ts";
import { importFile } from "../import-file.ts";
import { augmentedPictures, type PictureSource } from "./augmented.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-augmented-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const bring = async (name: string, content: string | Uint8Array): Promise<string> => {
  writeFileSync(join(place, name), content);
  return (await importFile({ path: join(place, name), name, folder: join(place, "library") })).path;
};
async function parts(path: string, source: PictureSource, noise: number): Promise<string[]> {
  const { shape, pixels } = await augmentedPictures(path, source, { noise, seed: 3 }, 2, 16);
  const bytes = Buffer.from(pixels, "base64");
  const each = shape[0] * shape[1] * shape[2];
  return Array.from({ length: bytes.length / each }, (_, i) => bytes.subarray(i * each, (i + 1) * each).join());
}

it("changes pictures of a column, each with the original first", async () => {
  const path = await bring("shades.zip", await redAndBlue(2));
  const source: PictureSource = { kind: "pictures", pictures: [0, 3] };
  const [first, second, third, other] = await parts(path, source, 0.2);
  // One colour has no range of its own but that of its channels.
  expect(new Set([first, second, third]).size).toBe(3);
  expect(other).not.toBe(first);
  expect(await parts(path, source, 0.2)).toEqual([first, second, third, other, ...(await parts(path, source, 0.2)).slice(4)]);
  const still = await parts(path, source, 0);
  expect(still[0]).toBe(still[1]);
});

it("changes rows whose columns are pixels, in shades of their own range", async () => {
  const path = await bring("digits.csv", "a,b,c,d,label\n0,4,8,16,x\n16,0,0,16,y\n");
  const source: PictureSource = { kind: "columns", columns: ["a", "b", "c", "d"], shape: [2, 2, 1], rows: [0, 1] };
  const [first, changed] = await parts(path, source, 0.3);
  expect(first).toBe("0,64,128,255");
  expect(changed).not.toBe(first);
  await expect(parts(path, { ...source, columns: ["a", "b", "c", "label"] }, 0)).rejects.toMatchObject({ code: "data.not_a_number" });
});

it("lays the pictures over each other where mixup is asked for, by the larger share its own", async () => {
  const path = await bring("pair.csv", "a,b,c,d,label\n0,0,0,0,x\n16,16,16,16,y\n");
  const source: PictureSource = { kind: "columns", columns: ["a", "b", "c", "d"], shape: [2, 2, 1], rows: [0, 1] };
  const { pixels } = await augmentedPictures(path, source, { seed: 3, mixup: 1 }, 1, 32);
  const [dark, darkMixed, light, lightMixed] = [0, 4, 8, 12].map((start) => Buffer.from(pixels, "base64")[start] as number) as [
    number,
    number,
    number,
    number,
  ];
  expect([dark, light]).toEqual([0, 255]);
  expect(darkMixed).toBeGreaterThan(0);
  expect(darkMixed).toBeLessThanOrEqual(128);
  expect(lightMixed).toBeGreaterThanOrEqual(127);
  expect(lightMixed).toBeLessThan(255);
});
