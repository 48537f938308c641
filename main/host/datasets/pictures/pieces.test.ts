/** Pictures come to the disk a piece at a time: what is stored is the same for every size of piece, and memory holds one. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { idx, png } from "../../../../test/picture-files.ts";
import { importFile } from "../import-file.ts";
import type { ImportRequest } from "../import-request.ts";
import { loadRows } from "../load-rows.ts";
import { PixelWriter } from "./pixel-writer.ts";
import { readPicturesHead, readSomePictures } from "./stored-pictures.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-pieces-"));
const set = join(home, "set");
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Numbers that have another number of figures than those of the pictures that can be read. */
const [PICTURES, BROKEN] = [101, 3];
const SIDE = 40;

beforeAll(async () => {
  for (const name of ["a", "b"]) mkdirSync(join(set, name), { recursive: true });
  for (let picture = 0; picture < PICTURES; picture += 1) {
    const content = await png(picture, 2 * picture, 9, SIDE, SIDE);
    // Its head says a size, and its end is gone: that is found when it is decoded.
    const whole = picture % 40 === 7 ? content.subarray(0, -40) : content;
    writeFileSync(join(set, picture % 2 === 0 ? "a" : "b", `${String(picture).padStart(3, "0")}.png`), whole);
  }
});

let folders = 0;
const bring = (path: string, more: Partial<ImportRequest> = {}) =>
  importFile({ path, name: "given", folder: join(home, `library-${++folders}`), ...more });
const pixelsOf = (path: string): string => path.replace(/\.parquet$/, ".pictures");

it("of any size are the same data set, to the byte", async () => {
  const whole = await bring(set);
  expect(whole.rowCount).toBe(PICTURES - BROKEN);
  const each = 3 * SIDE * SIDE;
  for (const pieceBytes of [1, 5 * each, 17 * each + 1]) {
    const pieces = await bring(set, { pictures: { pieceBytes } });
    expect([pieceBytes, pieces.fingerprint]).toEqual([pieceBytes, whole.fingerprint]);
    expect(readFileSync(pixelsOf(pieces.path)).equals(readFileSync(pixelsOf(whole.path)))).toBe(true);
  }
  const { count } = await readPicturesHead(pixelsOf(whole.path));
  expect(count).toBe(PICTURES - BROKEN);
  const last = await loadRows(whole.path, [{ name: "picture", type: "picture", role: "feature" }], Uint32Array.of(count - 1, 0, count - 1));
  const [picture] = last.columns;
  // Of three rows with two pictures, two pictures are read.
  expect(picture?.kind === "picture" && [picture.pixels.length, [...(picture.places ?? [])]]).toEqual([2 * each, [1, 0, 1]]);
  expect(picture?.kind === "picture" && [picture.pixels[0], picture.pixels[each]]).toEqual([0, 99]);
});

it("hold no more than a piece, however many pictures there are", async () => {
  const added = vi.spyOn(PixelWriter.prototype, "add");
  const most = 10;
  await bring(set, { pictures: { pieceBytes: most * 3 * SIDE * SIDE } });
  const sizes = added.mock.calls.map(([pixels]) => pixels.length);
  added.mockRestore();
  expect(sizes.length).toBe(Math.ceil(PICTURES / most));
  expect(Math.max(...sizes)).toBe(most * 3 * SIDE * SIDE);
});

it("hold a few megabytes where 100 are stored, of files and of an idx file", { timeout: 60_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const many = join(home, "many");
  mkdirSync(many);
  const content = await sharp(await png(7, 8, 9, 250, 250))
    .png()
    .toBuffer();
  for (let picture = 0; picture < 560; picture += 1) writeFileSync(join(many, `${picture}.png`), content);
  const images = join(home, "t-images-idx3");
  writeFileSync(images, idx([1600, 250, 250], []));
  const strokes = Buffer.alloc(16 * 250 * 250, "strokes");
  for (let part = 0; part < 100; part += 1) appendFileSync(images, strokes);
  let looks = 0;
  for (const path of [many, images]) {
    // What earlier imports held is freed by then.
    collect();
    await new Promise((resolve) => setTimeout(resolve, 100));
    collect();
    const before = process.memoryUsage().arrayBuffers;
    let held = 0;
    const onProgress = (): void => {
      if (looks++ % 40 !== 0) return;
      collect();
      held = Math.max(held, process.memoryUsage().arrayBuffers - before);
    };
    const { path: stored } = await bring(path, { onProgress, pictures: { pieceBytes: 4 << 20 } });
    expect(statSync(pixelsOf(stored)).size).toBeGreaterThanOrEqual(100e6);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(25e6);
  }
});

it("are read again by ranges: a picture, a run of them, the same one twice", async () => {
  const values = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
  const images = join(home, "u-images-idx3");
  writeFileSync(images, idx([1000, 1, 5], values));
  const { path } = await bring(images);
  const head = await readPicturesHead(pixelsOf(path));
  const read = async (...places: number[]) => [...(await readSomePictures(pixelsOf(path), head, places))];
  const of = (place: number): number[] => [...values.subarray(5 * place, 5 * place + 5)];
  expect(await read(999)).toEqual(of(999));
  expect(await read(4, 5, 6, 2, 2, 3)).toEqual([4, 5, 6, 2, 2, 3].flatMap(of));
  await expect(read(1000)).rejects.toThrow("data.pictures_damaged");
});

it("tell how far they are, from the first whose size is looked at", async () => {
  const seen: { rows: number; share: number }[] = [];
  const onProgress: ImportRequest["onProgress"] = ({ stage, rows, bytes, totalBytes }) =>
    void (stage === "reading" && seen.push({ rows, share: bytes / totalBytes }));
  await bring(set, { onProgress });
  expect(seen.length).toBeGreaterThan(1.5 * PICTURES);
  expect(seen[PICTURES >> 1]).toMatchObject({ rows: 0, share: expect.closeTo(0.15, 1) });
  expect(seen.map(({ share }) => share)).toEqual(seen.map(({ share }) => share).toSorted((a, b) => a - b));
  expect(seen.at(-1)?.share).toBeCloseTo(1);
});

it("stop in the middle of an idx file, with nothing left behind", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const onProgress: ImportRequest["onProgress"] = ({ rows, bytes, totalBytes }) => {
    seen.push(bytes / totalBytes);
    if (rows > 300) controller.abort();
  };
  const folder = join(home, "stopped");
  const path = join(home, "t-images-idx3");
  const stopped = importFile({ path, name: "given", folder, onProgress, signal: controller.signal });
  await expect(stopped).rejects.toThrow("data.import_cancelled");
  expect(seen.at(-1)).toBeLessThan(0.5);
  expect(readdirSync(folder)).toEqual([]);
});
