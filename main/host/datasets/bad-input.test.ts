/** Files that cannot be imported, each the real thing, and what an import that ends early leaves behind: nothing. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, rmSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { importPlaceForEachTest, warningsOf } from "../../../test/host/import-place.ts";
import { importFile } from "./import-file.ts";
import { previewTable } from "./load-table.ts";

const place = importPlaceForEachTest();

describe("bad input is refused with its reason, and nothing is left behind", () => {
  it("a file that is not there, and a folder", async () => {
    expect(await place.refusal(() => importFile({ path: join(place.home, "none.csv"), name: "none.csv", folder: place.folder }))).toBe(
      'data.file_not_found {"file":"none.csv"}',
    );
    await mkdir(join(place.home, "sub"));
    expect(await place.refusal(() => importFile({ path: join(place.home, "sub"), name: "sub", folder: place.folder }))).toBe(
      'data.folder_without_data {"file":"sub","count":0,"names":""}',
    );
  });

  it("an empty file, only blank lines, an empty packed file", async () => {
    for (const content of ["", "\n\n\r\n", gzipSync("")])
      expect(await place.refusal(() => place.importContent(content))).toBe('data.file_empty {"file":"given.csv"}');
  });

  it("names and no rows", async () => {
    expect(await place.refusal(() => place.importContent("a,b,c\n"))).toBe('data.header_only {"file":"given.csv"}');
    expect(await place.refusal(() => place.importContent("a,b,c"))).toBe('data.header_only {"file":"given.csv"}');
  });

  it("a picture, other known kinds, random bytes", async () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    expect(await place.refusal(() => place.importContent(png))).toBe('data.one_picture {"file":"given.csv","kind":"PNG"}');
    expect(await place.refusal(() => place.importContent(Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(50)])))).toBe(
      'data.zip_cut_off {"file":"given.csv"}',
    );
    for (const size of [50, 5000, 400_000])
      expect(await place.refusal(() => place.importContent(randomBytes(size)))).toMatch(/^data\.(not_text|encoding_unknown|other_kind)/);
    expect(await place.refusal(() => place.importContent(gzipSync(png)))).toContain("data.one_picture");
    expect(await place.refusal(() => place.importContent(`a,b\n1,\0\n`))).toBe(
      'data.not_text {"file":"given.csv","line":2,"value":"0x00"}',
    );
    const later = `\n\na,b\n${"1,2\n".repeat(100_000)}3,\0\n`;
    expect(await place.refusal(() => place.importContent(later))).toBe('data.not_text {"file":"given.csv","line":100004,"value":"0x00"}');
  });

  it("bytes that no encoding explains, by line and place, blank lines at the start counted", async () => {
    const rows = `\n\nname,n\n${"abc,1\n".repeat(5)}`;
    const bad = Buffer.concat([Buffer.from(rows), Buffer.from([0x78, 0xff, 0x81, 0x2c, 0x31, 0x0a])]);
    expect(await place.refusal(() => place.importContent(bad))).toBe(
      `data.encoding_unknown {"file":"given.csv","encoding":"utf-8","line":9,"byte":${rows.length + 2},"value":"0xff 0x81 0x2c 0x31"}`,
    );
    expect(await place.refusal(() => place.importContent('\n\na,b\n1,"2\n'))).toContain(
      'data.quote_not_closed {"file":"given.csv","line":4}',
    );
  });

  it("a mark of UTF-16 before plain text, saying what it is", async () => {
    for (const [mark, encoding] of [
      [[0xff, 0xfe], "UTF-16LE"],
      [[0xfe, 0xff], "UTF-16BE"],
    ] as const)
      expect(await place.refusal(() => place.importContent(Buffer.concat([Buffer.from(mark), Buffer.from("a,b\n1,2\n3,4\n")])))).toBe(
        `data.mark_not_true {"file":"given.csv","encoding":"${encoding}","line":"a,b"}`,
      );
  });

  it("one column, showing its first line", async () => {
    expect(await place.refusal(() => place.importContent("a b\n1 2\n3 4\n"))).toBe('data.one_column {"file":"given.csv","line":"a b"}');
  });

  it("a packed file that is cut off", async () => {
    const packed = gzipSync(randomBytes(30_000).toString("base64"));
    expect(await place.refusal(() => place.importContent(packed.subarray(0, packed.length / 2)))).toBe(
      'data.gzip_damaged {"file":"given.csv"}',
    );
  });

  it("a packed table that is cut off, or whose bytes were changed, by the line from which it cannot be unpacked", async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `${row},w${(row * 7919) % 60_013},${row % 7}\n`).join("");
    const packed = gzipSync(`a,b,c\n${rows}`);
    const half = Math.floor(packed.length / 2);
    // What a cut-off file still holds, told in another way.
    const rest = gunzipSync(packed.subarray(0, half), { finishFlush: constants.Z_SYNC_FLUSH }).toString().split("\n").length;
    expect(await place.refusal(() => place.importContent(packed.subarray(0, half)))).toBe(
      `data.gzip_cut_off {"file":"given.csv","line":${rest}}`,
    );
    const changed = Buffer.from(packed);
    changed.fill(0xff, half, half + 64);
    const said = await place.refusal(() => place.importContent(changed));
    const [, line] = /^data\.gzip_damaged_at \{"file":"given\.csv","line":(\d+)\}$/.exec(said) ?? [];
    expect(Math.abs(Number(line) - rest), said).toBeLessThan(3000);
  });

  it("10,000 columns, at once", async () => {
    const header = Array.from({ length: 10_000 }, (_, place) => `c${place}`).join(",");
    const row = Array.from({ length: 10_000 }, (_, place) => place).join(",");
    expect(await place.refusal(() => place.importContent(`${header}\n${row}\n${row}\n`))).toBe(
      'data.too_many_columns {"file":"given.csv","columns":10000,"limit":4096}',
    );
  });

  it("lines with a wrong number of cells: few are left out with a warning that names line and counts, many refuse the file", async () => {
    const good = Array.from({ length: 40 }, (_, row) => `${row},${row},${row}`);
    const imported = await place.importContent(`a,b,c\n"1\n1",2,3\n4,5\n${good.join("\n")}\n6,7,8,9\n`);
    expect(imported.rowCount).toBe(41);
    expect(warningsOf(imported)).toContain('data.ragged_rows {"file":"given.csv","count":2,"line":4,"expected":3,"received":2}');
    await rm(place.folder, { recursive: true });
    expect(await place.refusal(() => place.importContent("a,b,c\n1,2,3\n4,5\n6,7,8\n9\n"))).toBe(
      'data.ragged_rows_refused {"file":"given.csv","count":2,"line":3,"expected":3,"received":2}',
    );
    // A line counts once, however many cells it lacks or has beyond.
    const far = await place.importContent(`a,b,c,d\n1,2,3,4,5,6\n${"1,2,3,4\n".repeat(40)}1,2\n`);
    expect(warningsOf(far)).toContain('data.ragged_rows {"file":"given.csv","count":2,"line":2,"expected":4,"received":6}');
    const short = await place.importContent(`a,b,c,d\n1\n${"1,2,3,4\n".repeat(40)}1,2,3,4,5,6,7\n`);
    expect(warningsOf(short)).toContain('data.ragged_rows {"file":"given.csv","count":2,"line":2,"expected":4,"received":1}');
  });

  it("a quote that is not closed", async () => {
    expect(await place.refusal(() => place.importContent('a,b\n1,2\n3,"4\n5,6\n'))).toBe(
      'data.quote_not_closed {"file":"given.csv","line":3}',
    );
    const tabs = await place.importContent('a\tb\n1\t"open\n2\tplain\n');
    expect((await previewTable(tabs.path, 0, 9)).rows).toEqual([
      ["1", '"open'],
      ["2", "plain"],
    ]);
  });

  it("a quote that opens at the start of a long file and never closes", async () => {
    const rows = Array.from({ length: 400_000 }, (_, row) => `${row},word ${row % 977},${row % 7}`).join("\n");
    expect(await place.refusal(() => place.importContent(`a,b,c\n0,"open,1\n${rows}\n`))).toBe(
      'data.quote_not_closed {"file":"given.csv","line":2}',
    );
  });

  it("a line of 40 MB among others", async () => {
    const content = `a,b\n1,2\n3,${"x".repeat(40 << 20)}\n5,6\n`;
    expect(await place.refusal(() => place.importContent(content))).toBe(
      'data.line_too_long {"file":"given.csv","line":3,"megabytes":40,"limit":32}',
    );
  });

  it("a line of 20 MB is a row like others", async () => {
    const imported = await place.importContent(`a,b\n1,2\n3,${"x".repeat(20 << 20)}\n${"5,6\n".repeat(1000)}`);
    expect(imported.rowCount).toBe(1002);
    // What is shown of it is short.
    expect(Math.max(...(imported.columns[1]?.histogram ?? []).map(({ label }) => label.length))).toBe(200);
  });

  it("a cancel, before and in the middle of every stage", async () => {
    const content = `a,b,c\n${Array.from({ length: 50_000 }, (_, row) => `${row},w${row},${row % 7}`).join("\n")}\n`;
    expect(await place.refusal(() => place.importContent(content, { signal: AbortSignal.abort() }))).toBe("data.import_cancelled {}");
    for (const stage of ["reading", "profiling", "storing"]) {
      const controller = new AbortController();
      expect(
        await place.refusal(() =>
          place.importContent(content, {
            signal: controller.signal,
            onProgress: (progress) => progress.stage === stage && controller.abort(),
          }),
        ),
        stage,
      ).toBe("data.import_cancelled {}");
    }
  });

  it("a file that disappears while it is read: what was opened is read to its end", async () => {
    const path = join(place.home, "given.csv");
    const imported = await place.importContent(`a,b\n${"1,2\n".repeat(900_000)}`, { onProgress: () => rmSync(path, { force: true }) });
    expect([imported.rowCount, existsSync(path)]).toEqual([900_000, false]);
  });

  it("a file that grows while it is read", async () => {
    const path = join(place.home, "given.csv");
    const grow = (): void => appendFileSync(path, "9,9\n");
    expect(await place.refusal(() => place.importContent("a,b\n1,2\n3,4\n", { onProgress: grow }))).toBe(
      'data.file_changed {"file":"given.csv"}',
    );
  });

  it("a full disk: a process that may write no larger file", async () => {
    const path = join(place.home, "given.csv");
    const long = `a,b\n${Array.from({ length: 60_000 }, (_, row) => `${row},word ${(row * 7919) % 60_013}`).join("\n")}\n`;
    // Of 2,000 columns and two rows the stored table, with its directory of columns, is larger than the text: DuckDB is the one that fails.
    const columns = Array.from({ length: 2000 }, (_, place) => place);
    const wide = `${columns.map((place) => `c${place}`).join(",")}\n${columns.join(",")}\n${columns.join(",")}\n`;
    for (const [content, blocks] of [
      [long, 100],
      [wide, 100],
    ] as const) {
      await writeFile(path, content);
      expect(await importUnderLimit(path, blocks)).toContain('data.disk_full {"file":"given.csv"}');
      expect(await readdir(place.folder)).toEqual([]);
    }
    expect(await importUnderLimit(path, 100_000)).toBe("imported\n");
  });
});

/** Imports in a child of a shell with `ulimit -f`; gives what the child says. */
function importUnderLimit(path: string, blocks: number): Promise<string> {
  const module = fileURLToPath(new URL("./import-file.ts", import.meta.url));
  const script = `import { importFile } from ${JSON.stringify(module)};
    await importFile({ path: ${JSON.stringify(path)}, name: "given.csv", folder: ${JSON.stringify(place.folder)} }).then(() => console.log("imported"), (error) => console.log(error.message));`;
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", `ulimit -f ${blocks}; exec "$0" --input-type=module -e "$1"`, process.execPath, script]);
    let output = "";
    child.stdout.on("data", (data) => (output += String(data)));
    child.stderr.on("data", (data) => (output += String(data)));
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}
