import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { type ScanOptions, type ScanProgress, scanVectors } from "./scan-file.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-scan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words that nobody asks for, one with a blank, and one that stands twice. */
const VEC = "6 3\ngood 0.25 -0.5 1\nzebra 9 9 9\nof course 1 1 1\nfilm -1 0.125 0.75 \r\nbad 0.5 0.5 -2\ngood 7 7 7\n";
const WANTED = ["good", "bad", "film", "of course", "book"];

function scan(content: string | Uint8Array, options: ScanOptions = {}) {
  const path = join(folder, "f");
  writeFileSync(path, content);
  return scanVectors(path, "small.vec", WANTED, options);
}
const refused = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) });

it("keeps wanted words in the order of the file, packed or not, with a byte-order mark or not", async () => {
  const expected = {
    words: ["good", "of course", "film", "bad"],
    width: 3,
    values: Float32Array.from([0.25, -0.5, 1, 1, 1, 1, -1, 0.125, 0.75, 0.5, 0.5, -2]),
  };
  expect(await scan(VEC)).toEqual(expected);
  expect(await scan(gzipSync(VEC))).toEqual(expected);
  expect(await scan(`\uFEFF${VEC}`)).toEqual(expected);
  expect(await scan(VEC.trimEnd())).toEqual(expected);
});

it("reads words that are cut by the end of a piece whole, and holds only what is wanted of a large file", async () => {
  const other = Array.from({ length: 60_000 }, (_, row) => `ü${row} ${row} 0.5 1`).join("\n");
  const told: ScanProgress[] = [];
  const { words, values } = await scan(`${other}\nfilm 1 2 3\n${other}\nbad 4 5 6`, { onProgress: (one) => told.push(one) });
  expect([words, [...values]]).toEqual([
    ["film", "bad"],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(told.length).toBeGreaterThan(3);
  const last = told.at(-1);
  expect(last).toMatchObject({ bytes: last?.totalBytes, lines: 120_001, found: 1 });
});

it("names the line that has too few or too many numbers, or words for numbers", async () => {
  await expect(scan("good 1 2 3\nfilm 1 2\n")).rejects.toEqual(refused("data.vectors_line", { line: 2, expected: 3, received: 2 }));
  await expect(scan("good 1 2\nzebra 1 2 3\n")).rejects.toEqual(refused("data.vectors_line", { line: 2, expected: 2, received: 3 }));
  await expect(scan("good 1 x 3\n")).rejects.toEqual(refused("data.vectors_line", { line: 1, expected: 3, received: 1 }));
});

it("refuses what holds no vectors: nothing, a header alone, bytes, an archive, one endless line, a folder, a file that is gone", async () => {
  await expect(scan("")).rejects.toEqual(refused("data.vectors_none"));
  await expect(scan("6 3\n\n")).rejects.toEqual(refused("data.vectors_none"));
  await expect(scan(Uint8Array.from([1, 0, 0, 7]))).rejects.toEqual(refused("data.vectors_not_text", { file: "small.vec" }));
  await expect(scan("PK\u0003\u0004 words")).rejects.toEqual(refused("data.vectors_not_text"));
  await expect(scan("good ".repeat(600_000))).rejects.toEqual(refused("data.vectors_not_text"));
  await expect(scan(gzipSync(VEC).subarray(0, 60))).rejects.toEqual(refused("data.gzip_damaged", { file: "small.vec" }));
  await expect(scanVectors(folder, "a folder", WANTED)).rejects.toEqual(refused("data.is_a_directory"));
  await expect(scanVectors(join(folder, "nowhere"), "n.vec", WANTED)).rejects.toEqual(refused("data.file_not_found", { file: "n.vec" }));
});

it("stops between two pieces when it is cancelled", async () => {
  let pieces = 0;
  const isCancelled = (): boolean => pieces >= 2;
  await expect(scan("zebra 1 2 3\n".repeat(200_000), { onProgress: () => (pieces += 1), isCancelled })).rejects.toEqual(
    refused("data.vectors_cancelled"),
  );
  expect(pieces).toBe(2);
});
