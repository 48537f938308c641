/** A tar that is packed is unpacked once, whoever reads it and however often; that is told, can be cancelled, and leaves nothing. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { png } from "../../../test/picture-files.ts";
import { tar } from "../../../test/tar-file.ts";
import { importFile } from "./import-file.ts";
import type { ImportProgress } from "./import-request.ts";
import { lookAtFiles } from "./join/look-at-files.ts";

const counted = vi.hoisted(() => ({ bytes: 0 }));
vi.mock("node:zlib", async (importActual) => {
  const zlib = await importActual<typeof import("node:zlib")>();
  return {
    ...zlib,
    createGunzip: () => {
      const stream = zlib.createGunzip();
      const push = stream.push.bind(stream);
      stream.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
        counted.bytes += chunk?.length ?? 0;
        return push(chunk, encoding);
      };
      return stream;
    },
  };
});

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-packed-"));
  vi.stubEnv("TMPDIR", place);
  counted.bytes = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

const NOISE = "what no row holds ".repeat(250_000);
const rows = (from: number): string => `a,b\n${Array.from({ length: 400 }, (_, row) => `${from + row},${row % 7}`).join("\n")}\n`;
const KINDS: Readonly<Record<string, () => Promise<Readonly<Record<string, string | Uint8Array>>>>> = {
  table: async () => ({ "one.csv": rows(0) }),
  parts: async () => ({ "train.csv": rows(0), "test.csv": rows(1000) }),
  texts: async () => ({ "set/ham/1.txt": "see you at noon", "set/spam/1.txt": "win a prize" }),
  pictures: async () => ({ "set/a/1.png": await png(200, 0, 0), "set/b/1.png": await png(0, 0, 200) }),
};

async function packed(kind: string): Promise<{ readonly path: string; readonly length: number }> {
  const entries = { ...(await KINDS[kind]?.()), "notes.md": NOISE };
  const archive = tar(Object.entries(entries).map(([name, content]) => ({ name, content })));
  const path = join(place, "set.tar.gz");
  writeFileSync(path, gzipSync(archive));
  return { path, length: archive.length };
}

it.each(Object.keys(KINDS))("is unpacked once, with progress of its own, and gone afterwards (%s)", async (kind) => {
  const { path, length } = await packed(kind);
  const told: ImportProgress[] = [];
  const made = await importFile({ path, name: "set.tar.gz", folder: join(place, "library"), onProgress: (one) => told.push(one) });
  // By the head the kind is told, which takes a piece of it.
  expect(counted.bytes / length).toBeLessThan(1.5);
  expect([...new Set(told.map(({ stage }) => stage))].slice(0, 1)).toEqual(["unpacking"]);
  const last = told.findLast(({ stage }) => stage === "unpacking");
  expect([last?.bytes, last?.totalBytes]).toEqual([statSync(path).size, statSync(path).size]);
  if (kind === "pictures") expect(made.sizeBytes).toBe(statSync(path).size);
  expect(readdirSync(place).sort()).toEqual(["library", "set.tar.gz"]);
  expect(readdirSync(join(place, "library")).some((name) => name.startsWith("import"))).toBe(false);
});

const JOINED: Readonly<Record<string, string>> = { pictures: "file,n\nset/a/1.png,1\nset/b/1.png,2\n", table: rows(0) };

it.each(Object.keys(JOINED))("is unpacked once where it is looked into, and once where it is joined (%s)", async (kind) => {
  const { path, length } = await packed(kind);
  const main = join(place, "main.csv");
  writeFileSync(main, JOINED[kind] ?? "");
  const looked = await lookAtFiles([{ path, name: "set.tar.gz" }]);
  expect(looked.files).toMatchObject([{ kind }]);
  expect(counted.bytes / length).toBeLessThan(1.5);
  counted.bytes = 0;
  const told: ImportProgress[] = [];
  const partners = [{ path, name: "set.tar.gz", key: kind === "table" ? "a" : "file" }];
  const asked = { path: main, name: "main.csv", folder: join(place, "library"), partners };
  const made = await importFile({ ...asked, onProgress: (one) => told.push(one) });
  expect(counted.bytes / length).toBeLessThan(1.5);
  expect(told.map(({ stage }) => stage)).toContain("unpacking");
  if (kind === "pictures") expect(made.sizeBytes).toBe(statSync(path).size + statSync(main).size);
  expect(readdirSync(place).sort()).toEqual(["library", "main.csv", "set.tar.gz"]);
});

it("is not unpacked to its end where the import is cancelled, and leaves nothing", async () => {
  const { path, length } = await packed("table");
  const controller = new AbortController();
  const asked = { path, name: "set.tar.gz", folder: join(place, "library"), signal: controller.signal };
  const act = importFile({ ...asked, onProgress: ({ stage }) => stage === "unpacking" && controller.abort() });
  await expect(act).rejects.toThrow("data.import_cancelled");
  expect(counted.bytes).toBeLessThan(length);
  expect([readdirSync(place).sort(), existsSync(join(place, "library")) && readdirSync(join(place, "library"))]).toEqual([
    ["library", "set.tar.gz"],
    [],
  ]);
});
