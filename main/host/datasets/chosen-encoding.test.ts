/** An encoding that the person names: files that cannot be told from their bytes are read, wrong ones refused, and found ones reported. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importPlaceForEachTest } from "../../../test/host/import-place.ts";
import { previewTable, readFileTable } from "./load-table.ts";

const place = importPlaceForEachTest();

/** Of Windows-1251, the letters А to я; encoders are not part of Node. */
function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.codePointAt(0) as number;
      return code < 0x80 ? code : code - 0x410 + 0xc0;
    }),
  );
}
const RUSSIAN = "город,n\nМосква,1\nКазань,2\nМосква,3\n";

describe("an encoding that the person names", () => {
  it("reads what cannot be told from the bytes, for an import and for a model, by any of its names", async () => {
    const bytes = windows1251(RUSSIAN);
    expect(await place.refusal(() => place.importContent(bytes))).toMatch(/^data\.encoding_unknown/);
    for (const encoding of ["windows-1251", "CP1251", " Windows-1251 "]) {
      const imported = await place.importContent(bytes, { encoding });
      expect(imported.encoding).toBe("windows-1251");
      expect(imported.warnings).toEqual([]);
      expect((await previewTable(imported.path, 0, 9)).columns).toEqual(["город", "n"]);
    }
    const path = join(place.home, "later.csv");
    await writeFile(path, bytes);
    const { table } = await readFileTable(path, [{ name: "город", type: "categorical", role: "feature" }], [], {
      encoding: "windows-1251",
    });
    expect(table.columns[0]).toMatchObject({ categories: ["Казань", "Москва"] });
  });

  it("reads UTF-16 that has no mark and hardly a zero", async () => {
    const bytes = Buffer.from("城市与地区的名称,数量与单价\n北京市海淀区中关村,一二三四五六\n上海市浦东新区,七八九十\n", "utf16le");
    await expect(place.importContent(bytes)).rejects.toMatchObject({ code: expect.stringMatching(/^data\./) });
    expect((await place.importContent(bytes, { encoding: "utf-16le" })).columns.map(({ name }) => name)).toEqual([
      "城市与地区的名称",
      "数量与单价",
    ]);
  });

  it("goes before what the bytes look like, and gives another data set", async () => {
    const bytes = windows1251("name,n\nJos\u0439,1\nZo\u043b,2\nab\u0438c,3\n");
    const found = await place.importContent(bytes);
    expect([found.encoding, found.warnings[0]?.code]).toEqual(["windows-1252", "data.encoding_guessed"]);
    const chosen = await place.importContent(bytes, { encoding: "windows-1251" });
    expect(chosen.fingerprint).not.toBe(found.fingerprint);
    expect((await previewTable(chosen.path, 0, 9)).rows.map(([name]) => name)).toEqual(["Josй", "Zoл", "abиc"]);
    expect((await place.importContent("a,b\n1,2\n")).encoding).toBe("utf-8");
  });

  it("is refused where the file has bytes that it has not, or where nobody knows it", async () => {
    const bytes = windows1251(RUSSIAN);
    expect(await place.refusal(() => place.importContent(bytes, { encoding: "utf-8" }))).toBe(
      'data.wrong_encoding {"file":"given.csv","encoding":"utf-8","line":1,"byte":1,"value":"0xe3 0xee 0xf0 0xee"}',
    );
    expect(await place.refusal(() => place.importContent(bytes, { encoding: "shift_jis" }))).toMatch(
      /^data\.wrong_encoding .*"encoding":"shift_jis","line":\d/,
    );
    expect(
      await place.refusal(() => place.importContent(Buffer.from([0x61, 0x2c, 0x81, 0x8d, 0x0a]), { encoding: "windows-1252" })),
    ).toMatch(/^data\.wrong_encoding/);
    expect(await place.refusal(() => place.importContent(bytes, { encoding: "klingon" }))).toBe(
      'data.encoding_not_supported {"encoding":"klingon"}',
    );
  });
});
