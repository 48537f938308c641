/** A data set of pictures keeps the fingerprint that runs and models name, however its pixels come to the disk. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idx, png } from "../../../../test/picture-files.ts";
import { zip } from "../../../../test/zip-file.ts";
import { importFile } from "../import-file.ts";
import type { ImportedTable, ImportRequest } from "../import-request.ts";
import { picturesOfColumns } from "./from-columns.ts";

const place = mkdtempSync(join(tmpdir(), "neuroloom-fingerprints-"));
const folder = join(place, "library");
afterAll(() => rmSync(place, { recursive: true, force: true }));

const put = (name: string, content: Uint8Array | string): string => {
  const path = join(place, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};

const archive = async (): Promise<Buffer> => {
  const content: { name: string; content: Uint8Array }[] = [
    { name: "labels.csv", content: Buffer.from("name,kind\n0.png,cat\n1.png,dog\n2.png,cat\n3.png,dog\n4.png,cat\n") },
  ];
  for (let picture = 0; picture < 5; picture += 1)
    content.push({ name: `photos/${picture}.png`, content: await png(picture, 50 * picture, 9) });
  return zip(content);
};

const bring = (path: string, more: Partial<ImportRequest> = {}): Promise<ImportedTable> =>
  importFile({ path, name: "given", folder, ...more });

/** Of the data set, and of the bytes of its pictures as they lie beside it. */
const bits = ({ fingerprint, path }: ImportedTable): string[] => [
  fingerprint.slice(0, 16),
  createHash("sha256")
    .update(readFileSync(path.replace(/\.parquet$/, ".pictures")))
    .digest("hex")
    .slice(0, 16),
];

beforeAll(async () => {
  for (let picture = 0; picture < 7; picture += 1) put(`set/${picture % 2 === 0 ? "a" : "b"}/${picture}.png`, await png(picture, 2, 3));
  put("set/a/cut.png", (await png(1, 2, 3, 90, 90)).subarray(0, 60));
  put("set.zip", await archive());
  put(
    "t-images-idx3",
    idx(
      [4, 2, 3],
      Uint8Array.from({ length: 24 }, (_, i) => 7 * i),
    ),
  );
  put("t-labels-idx1", idx([4], [3, 1, 3, 1]));
  put("asked.csv", "image,question,answer\n1,what,dog\n3,who,dog\n1,where,here\n");
  put("digits.csv", `a,b,c,d,digit\n0,8,16,4,1\n16,0,0,2,2\n3,3,9,9,1\n`);
});

it("of a folder, an archive and idx files", async () => {
  expect(bits(await bring(join(place, "set")))).toEqual(["6c4903028e0ae955", "e6f47d37957e7380"]);
  expect(bits(await bring(join(place, "set.zip")))).toEqual(["d6150ca9dc42f2eb", "abc446e90da95042"]);
  expect(bits(await bring(join(place, "t-images-idx3")))).toEqual(["e019b4456608e4ec", "761d7905abf94785"]);
});

it("of a table with its pictures", async () => {
  const partner = (name: string) => ({ partners: [{ path: join(place, name), name, key: "image" }] });
  expect(bits(await bring(join(place, "asked.csv"), partner("set.zip")))).toEqual(["2573b74a6e6d2a1c", "d93b62558ed04869"]);
  expect(bits(await bring(join(place, "asked.csv"), partner("t-images-idx3")))).toEqual(["2a231caf80dbe47a", "39eb5f9445422fa3"]);
});

it("of pictures that columns of numbers become", async () => {
  const { path, columns, warnings, name, rowCount, sizeBytes, fingerprint } = await bring(join(place, "digits.csv"));
  const dataset = { name, row_count: rowCount, size_bytes: sizeBytes, fingerprint };
  const made = await picturesOfColumns({
    path,
    profile: { columns, warnings, dataset },
    columns: ["a", "b", "c", "d"],
    shape: [2, 2, 1],
    folder,
  });
  expect(bits(made)).toEqual(["f713ab1214182aca", "222d271648b242f1"]);
  const cancelled = { path, profile: { columns, warnings, dataset }, columns: ["a", "b", "c", "d"], shape: [2, 2, 1] as const, folder };
  await expect(picturesOfColumns({ ...cancelled, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "data.import_cancelled" });
});
