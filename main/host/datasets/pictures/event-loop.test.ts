/**
 * Importing thousands of pictures leaves the host's thread free. A few pictures come first: fetching the code takes a turn of its
 * own, once.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { longestTurn } from "../../../../test/host/turns.ts";
import { idx, png } from "../../../../test/picture-files.ts";
import { zip } from "../../../../test/zip-file.ts";
import { importFile } from "../import-file.ts";

/** Far above what the longest turn takes, and far below all of the work in one. */
const LONGEST_MS = 250;

it("imports 2,000 pictures of a zip, and 60,000 of an idx file, without blocking its thread", async () => {
  const place = mkdtempSync(join(tmpdir(), "neuroloom-turns-"));
  try {
    const shades = await Promise.all(Array.from({ length: 20 }, (_, shade) => png(10 * shade, 40, 90, 64, 64)));
    const entries = Array.from({ length: 2000 }, (_, place) => ({
      name: `c${place % 4}/${place}.png`,
      content: shades[place % 20] as Buffer,
    }));
    const packed = join(place, "many.zip");
    writeFileSync(packed, zip(entries));
    const few = join(place, "few.zip");
    writeFileSync(few, zip(entries.slice(0, 8)));
    writeFileSync(
      join(place, "t-images-idx3-ubyte"),
      Buffer.concat([idx([60_000, 28, 28], []), Buffer.alloc(60_000 * 28 * 28, "strokes")]),
    );
    writeFileSync(
      join(place, "t-labels-idx1-ubyte"),
      idx(
        [60_000],
        Uint8Array.from({ length: 60_000 }, (_, i) => i % 10),
      ),
    );
    const folder = join(place, "library");
    let rows = 0;
    const bring = async (path: string): Promise<void> => {
      rows = (await importFile({ path, name: "many", folder })).rowCount;
    };
    await bring(few);
    expect(await longestTurn(() => bring(packed))).toBeLessThan(LONGEST_MS);
    expect(rows).toBe(2000);
    expect(await longestTurn(() => bring(join(place, "t-images-idx3-ubyte")))).toBeLessThan(LONGEST_MS);
    expect(rows).toBe(60_000);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
