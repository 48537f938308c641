import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError, errorData } from "../../../../core/errors.ts";
import { errorText } from "../../../../renderer/ui/error-text.ts";
import { zip } from "../../../../test/zip-file.ts";
import { archiveError } from "./archive-errors.ts";
import { openZip } from "./picture-files.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "neuroloom-archive-errors-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CONTENT = new TextEncoder().encode("a,b\n1,2\n".repeat(100));
/** What each entry of the list at the end of an archive begins with. */
const LIST = Buffer.from("PK\x01\x02", "latin1");
const whole = (): Buffer => Buffer.from(zip([{ name: "cats/rows.csv", content: CONTENT }]));

/** Opens the archive and reads all that is in it. */
async function refusal(bytes: Uint8Array): Promise<AppError> {
  const path = join(folder, "given.zip");
  writeFileSync(path, bytes);
  try {
    const opened = await openZip(path, "given.zip");
    try {
      for (const file of opened.files) await file.bytes();
    } finally {
      opened.close();
    }
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error("it was read");
}

/** Changes bytes of the entry where it stands in the list at the end of the archive, and before its content. */
function changed(atLocal: number, atList: number, bytes: readonly number[]): Buffer {
  const archive = whole();
  const list = archive.lastIndexOf(LIST);
  archive.set(bytes, atLocal);
  archive.set(bytes, list + atList);
  return archive;
}

describe("a zip is refused in our own words", () => {
  it.each([
    ["its end is missing", () => whole().subarray(0, 200), "data.zip_cut_off", {}],
    [
      "a path climbs out",
      () => Buffer.from(zip([{ name: "../../evil.csv", content: CONTENT }])),
      "data.zip_climbs",
      { entry: "../../evil.csv" },
    ],
    [
      "it has a password",
      () => {
        const archive = changed(6, 8, [1, 0]);
        // Twelve bytes of the password's check stand before the content.
        archive.writeUInt32LE(CONTENT.length + 12, archive.lastIndexOf(LIST) + 20);
        return archive;
      },
      "data.zip_locked",
      {},
    ],
    ["it is packed in another way", () => changed(8, 10, [99, 0]), "data.zip_packing", { entry: "cats/rows.csv" }],
    [
      "the list is damaged",
      () => {
        const archive = whole();
        archive.set([9, 9], archive.lastIndexOf(LIST));
        return archive;
      },
      "data.zip_damaged",
      {},
    ],
    [
      "what is packed is damaged",
      () => {
        const archive = whole();
        archive.fill(0xff, 30 + "cats/rows.csv".length, 30 + "cats/rows.csv".length + 20);
        archive.set([0x50, 0x4b, 9, 9], 0);
        return archive;
      },
      "data.zip_entry_damaged",
      { entry: "cats/rows.csv" },
    ],
    [
      "a bit of what is not packed has flipped",
      () => {
        const archive = whole();
        const place = 30 + "cats/rows.csv".length + 100;
        archive[place] = (archive[place] ?? 0) ^ 4;
        return archive;
      },
      "data.zip_entry_damaged",
      { entry: "cats/rows.csv" },
    ],
  ] as const)("%s", async (_, make, code, params) => {
    const error = await refusal(make());
    expect([error.code, error.params]).toEqual([code, { file: "given.zip", ...params }]);
    for (const language of ["en", "zh"] as const) {
      const said = errorText(errorData(error), language);
      expect(said).toContain("given.zip");
      expect(said).not.toContain(error.cause instanceof Error ? error.cause.message : "–");
    }
  });

  it("one part of several, and what nobody thought of", () => {
    expect(archiveError(new Error("multi-disk zip files are not supported: found disk number: 3"), "a.zip").code).toBe("data.zip_in_parts");
    expect(archiveError(new Error("something else"), "a.zip")).toMatchObject({ code: "data.zip_damaged", params: { file: "a.zip" } });
  });
});
