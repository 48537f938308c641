/** Pictures from folders, archives and idx files: what comes out, what is left out, and what is refused. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Column } from "../../../../core/data/table.ts";
import type { AppError } from "../../../../core/errors.ts";
import { allErrors } from "../../../../resources/translations/all-errors.ts";
import { translate } from "../../../../resources/translations/translate.ts";
import { idx } from "../../../../test/picture-files.ts";
import { type ZipEntry, zip as zipArchive } from "../../../../test/zip-file.ts";
import { importFile } from "../import-file.ts";
import type { ImportedTable, ImportRequest } from "../import-request.ts";
import { loadTable } from "../load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-pictures-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const put = (name: string, content: Uint8Array | string): string => {
  const path = join(place, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** One colour all over. */
const png = (red: number, green: number, blue: number, width = 4, height = 2): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer();

const zip = (entries: readonly ZipEntry[]): Buffer => zipArchive(entries, "deflated");
const bring = (path: string): Promise<ImportedTable> => importFile({ path, name: "given", folder: join(place, "library") });
async function refused(path: string, more: Partial<ImportRequest> = {}): Promise<AppError | null> {
  const error = await importFile({ path, name: "given", folder: join(place, "library"), ...more }).then(
    () => null,
    (thrown: AppError) => thrown,
  );
  // Nothing half-imported stays behind.
  const library = join(place, "library");
  expect(existsSync(library) ? readdirSync(library) : []).toEqual([]);
  return error;
}
const refusal = async (path: string): Promise<string> => (await refused(path))?.code ?? "imported";
const columnsOf = async ({ path, columns }: ImportedTable): Promise<readonly Column[]> =>
  (
    await loadTable(
      path,
      columns.map(({ name, type }) => ({ name, type, role: "feature" })),
    )
  ).columns;
const words = (column: Column | undefined): string[] =>
  column?.kind === "category"
    ? [...column.codes].map((code) => column.categories[code] ?? "")
    : column?.kind === "text"
      ? column.values.map(String)
      : [];

describe("pictures are imported", () => {
  it("from a folder a class, each class by its folder's name", async () => {
    put("set/red/1.png", await png(255, 0, 0));
    put("set/blue/1.png", await png(0, 0, 255));
    const imported = await bring(join(place, "set"));
    expect(imported.columns.map(({ name, type }) => [name, type])).toEqual([
      ["picture", "picture"],
      ["file", "categorical"],
      ["label", "categorical"],
    ]);
    const [picture, file, label] = await columnsOf(imported);
    expect(picture).toMatchObject({ kind: "picture", shape: [2, 4, 3] });
    expect(picture?.kind === "picture" && [picture.pixels[2], picture.pixels[24]]).toEqual([255, 255]);
    expect([words(label), words(file)]).toEqual([
      ["blue", "red"],
      ["blue/1.png", "red/1.png"],
    ]);
  });

  it("from folders train and test: their part, and as classes the folders inside", async () => {
    for (const name of ["train/red", "train/blue", "test/red"]) put(`parts/${name}/1.png`, await png(255, 0, 0));
    const imported = await bring(join(place, "parts"));
    const [, , label, part] = await columnsOf(imported);
    expect(imported.columns.map(({ name }) => name)).toEqual(["picture", "file", "label", "part"]);
    expect([words(label), words(part)]).toEqual([
      ["red", "blue", "red"],
      ["test", "train", "train"],
    ]);
    expect(imported.columns[3]?.remarks).toContain("parts");
    expect(imported.warnings.map(({ code }) => code)).toContain("data.folders_are_parts");
    for (const name of ["train", "test"]) put(`bare/${name}/1.png`, await png(255, 0, 0));
    const bare = await bring(join(place, "bare"));
    expect(bare.columns.map(({ name }) => name)).toEqual(["picture", "file", "part"]);
    expect(bare.warnings.map(({ code }) => code)).toContain("data.folders_parts_only");
  });

  it("from an archive with a table of labels, whatever else the table has", async () => {
    const content = [
      { name: "photos/a.png", content: await png(1, 1, 1) },
      {
        name: "photos/b.jpg",
        content: await sharp(await png(9, 9, 9))
          .jpeg()
          .toBuffer(),
      },
      { name: "labels.csv", content: Buffer.from("name,kind,weight\nb.jpg,dog,2\na.png,cat,3\n") },
    ];
    const imported = await bring(put("set.zip", zip(content)));
    const [, , kind, weight] = await columnsOf(imported);
    expect(imported.columns.map(({ name }) => name)).toEqual(["picture", "file", "kind", "weight"]);
    expect([words(kind), weight?.kind === "number" && [...weight.values]]).toEqual([
      ["cat", "dog"],
      [3, 2],
    ]);
  });

  it("grey where all are grey, of one size where they differ", async () => {
    put(
      "set/a/1.png",
      await sharp(await png(50, 50, 50, 300, 10))
        .toColourspace("b-w")
        .png()
        .toBuffer(),
    );
    put(
      "set/b/1.webp",
      await sharp(await png(90, 90, 90, 8, 8))
        .toColourspace("b-w")
        .png()
        .toBuffer(),
    );
    const [picture] = await columnsOf(await bring(join(place, "set")));
    expect(picture).toMatchObject({ shape: [64, 64, 1] });
    expect(picture?.kind === "picture" && [picture.pixels[0], picture.pixels.at(-1)]).toEqual([50, 90]);
  });

  it("as they are seen where the camera wrote them lying: their sides are not squashed", async () => {
    const lying = await sharp({ create: { width: 6, height: 4, channels: 3, background: "#ff0000" } })
      .composite([{ input: await png(0, 0, 255, 3, 4), left: 3, top: 0 }])
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    put("turned/a/1.png", lying);
    put("turned/b/1.png", lying);
    const [picture] = await columnsOf(await bring(join(place, "turned")));
    expect(picture).toMatchObject({ shape: [6, 4, 3] });
    // Turned to the right, its left half is on top, in whole rows.
    const pixels = picture?.kind === "picture" ? [...picture.pixels.slice(0, 72)] : [];
    expect(pixels).toEqual(Array.from({ length: 24 }, (_, place) => (place < 12 ? [255, 0, 0] : [0, 0, 255])).flat());
  });

  it("from idx files, packed or not, with the labels that lie beside them", async () => {
    put("train-labels-idx1-ubyte", idx([2], [7, 3]));
    const imported = await bring(put("train-images-idx3-ubyte.gz", gzipSync(idx([2, 1, 3], [1, 2, 3, 4, 5, 6]))));
    const [picture, label] = await columnsOf(imported);
    expect(picture).toMatchObject({ shape: [1, 3, 1], pixels: Uint8Array.from([1, 2, 3, 4, 5, 6]) });
    expect(label?.kind === "number" && [...label.values]).toEqual([7, 3]);
  });

  it("without those that are damaged, which are named and counted", async () => {
    put("set/a/good.png", await png(1, 2, 3));
    const coloured = await png(1, 2, 3, 200, 200);
    put("set/b/empty.png", "");
    put("set/b/text.jpg", "this is no picture");
    put("set/b/cut.png", coloured.subarray(0, 60));
    put("set/b/cut.jpg", (await sharp(coloured).jpeg().toBuffer()).subarray(0, 300));
    put("set/b/cut.webp", (await sharp(coloured).webp().toBuffer()).subarray(0, 60));
    put("set/b/cut.gif", (await sharp(coloured).gif().toBuffer()).subarray(0, 40));
    put("set/b/cut.tif", (await sharp(coloured).tiff().toBuffer()).subarray(0, 100));
    put("set/b/bent.png", coloured.with(coloured.length >> 1, 7 ^ (coloured[coloured.length >> 1] as number)));
    put("set/b/other.bmp", Buffer.concat([Buffer.from("BM"), Buffer.alloc(60)]));
    const imported = await bring(join(place, "set"));
    expect(imported.rowCount).toBe(1);
    const left = imported.warnings.filter(({ code }) => code.startsWith("data.pictures_"));
    expect(left.map(({ code, params }) => [code, params["count"]])).toEqual([
      ["data.pictures_cut_off", 5],
      ["data.pictures_broken", 1],
      ["data.pictures_no_size", 1],
      ["data.pictures_not_pictures", 1],
      ["data.pictures_not_read", 1],
    ]);
    const [said, , none, , unread] = left.map(({ code, params }) => translate(allErrors, "zh", code, params));
    // What the decoder says is in its own language: it stands in brackets after ours.
    expect(said).toMatch(/5 张图片不完整.*b\/cut\.gif \(.+\), b\/cut\.jpg/s);
    expect(none).toBe("given 中有 1 张图片为空或宽高为零，已跳过：b/empty.png (0 B)。");
    expect(unread).toContain("b/other.bmp。");
  });

  it("60,000 pixels wide, without one of no size and one of 60,000 by 60,000, which are named", async () => {
    const head = (width: number, height: number): Buffer => {
      const chunk = Buffer.alloc(17);
      chunk.write("IHDR", 0, "latin1");
      chunk.writeUInt32BE(width, 4);
      chunk.writeUInt32BE(height, 8);
      chunk.set([8, 2, 0, 0, 0], 12);
      const ends = Buffer.alloc(8);
      ends.writeUInt32BE(13, 0);
      ends.writeUInt32BE(crc32(chunk), 4);
      return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ends.subarray(0, 4), chunk, ends.subarray(4)]);
    };
    put("set/a/wide.png", await png(1, 2, 3, 60_000, 2));
    put("set/b/none.png", head(0, 4));
    put("set/b/huge.png", head(60_000, 60_000));
    const imported = await bring(join(place, "set"));
    expect(imported.rowCount).toBe(1);
    const left = imported.warnings.filter(({ code }) => code.startsWith("data.pictures_"));
    expect(left.map(({ code, params }) => [code, params["names"]])).toEqual([
      ["data.pictures_no_size", "b/none.png (0 × 4)"],
      ["data.pictures_too_large", "b/huge.png (60000 × 60000)"],
    ]);
    expect((await columnsOf(imported))[0]).toMatchObject({ shape: [64, 64, 3] });
  });

  it("without one that vanishes while the others are read, which is named", async () => {
    for (let picture = 0; picture < 40; picture += 1) put(`set/a/${picture}.png`, await png(picture, 2, 3));
    const last = join(place, "set/a/9.png");
    const request = { path: join(place, "set"), name: "given", folder: join(place, "library") };
    const imported = await importFile({ ...request, onProgress: () => rmSync(last, { force: true }) });
    expect(imported.rowCount).toBe(39);
    expect(imported.warnings.find(({ code }) => code === "data.pictures_gone")?.params).toMatchObject({ count: 1 });
    expect(imported.warnings.find(({ code }) => code === "data.pictures_gone")?.params["names"]).toContain("a/9.png");
  });

  it("with the same fingerprint for the same pictures, another for others", async () => {
    put("one/a/1.png", await png(1, 2, 3));
    put("one/b/1.png", await png(4, 5, 6));
    const first = await bring(join(place, "one"));
    expect((await bring(join(place, "one"))).fingerprint).toBe(first.fingerprint);
    put("one/b/1.png", await png(4, 5, 7));
    expect((await bring(join(place, "one"))).fingerprint).not.toBe(first.fingerprint);
  });
});

describe("pictures are refused", () => {
  it("where no file is one", async () => {
    put("set/a/x.png", "no");
    expect(await refusal(join(place, "set"))).toBe("data.no_pictures");
    put("other/readme.md", "nothing here");
    expect(await refusal(join(place, "other"))).toBe("data.folder_without_data");
  });

  it("where a packed file would unpack to far more than a picture", async () => {
    const bomb = { name: "a/1.png", content: new Uint8Array(8 << 20) };
    expect(await refused(put("bomb.zip", zip([bomb])))).toMatchObject({
      code: "data.zip_bomb",
      params: { file: "given", entry: "a/1.png", megabytes: 8 },
    });
  });

  it("where an entry unpacks to more than its size says, or climbs out of the folder", async () => {
    const content = await png(1, 2, 3);
    expect(await refusal(put("lie.zip", zip([{ name: "a/1.png", content: new Uint8Array(4096).fill(7), claimed: 10 }])))).toBe(
      "data.no_pictures",
    );
    for (const entry of ["../../evil.png", "/etc/evil.png", "a/../../evil.png"])
      expect(await refused(put("climb.zip", zip([{ name: entry, content }])))).toMatchObject({
        code: "data.zip_climbs",
        params: { file: "given", entry },
      });
    expect(existsSync(join(place, "evil.png"))).toBe(false);
  });

  it("where an archive or an idx file is cut off", async () => {
    const whole = zip([{ name: "a/1.png", content: await png(1, 2, 3) }]);
    expect(await refusal(put("cut.zip", whole.subarray(0, whole.length - 30)))).toBe("data.zip_cut_off");
    const damaged = { code: "data.idx_damaged", params: { expected: "24 bytes (2 × 2 × 2)" } };
    expect(await refused(put("x-images", idx([2, 2, 2], [1, 2, 3])))).toMatchObject({ ...damaged, params: { received: "19 bytes" } });
    expect(await refused(put("y-images", idx([2, 2, 2], new Uint8Array(9))))).toMatchObject(damaged);
    const packed = gzipSync(idx([20, 20, 20], randomBytes(8000)));
    expect(await refused(put("z-images.gz", packed.subarray(0, 4000)))).toMatchObject({ ...damaged, params: { expected: "gzip" } });
    // As many as no disk holds are refused before they are read.
    expect(await refused(put("w-images", idx([4_000_000_000, 60_000, 60_000], [])))).toMatchObject({
      code: "data.pictures_over_disk",
      params: { file: "given", pictures: 4_000_000_000, shape: "60000 × 60000 × 1" },
    });
  });

  it("where the import is cancelled, before and in the middle of every stage", async () => {
    for (let picture = 0; picture < 40; picture += 1) put(`set/${picture % 2 === 0 ? "a" : "b"}/${picture}.png`, await png(picture, 2, 3));
    expect((await refused(join(place, "set"), { signal: AbortSignal.abort() }))?.code).toBe("data.import_cancelled");
    for (const stage of ["reading", "storing", "profiling"]) {
      const controller = new AbortController();
      const onProgress: ImportRequest["onProgress"] = (progress) => progress.stage === stage && controller.abort();
      expect((await refused(join(place, "set"), { signal: controller.signal, onProgress }))?.code, stage).toBe("data.import_cancelled");
    }
  });

  it("where there are more labels than pictures", async () => {
    put("t-labels-idx1", idx([3], [1, 2, 3]));
    expect(await refusal(put("t-images-idx3", idx([2, 1, 1], [1, 2])))).toBe("data.idx_labels_differ");
  });

  it("where their pixels are gone or damaged after the import", async () => {
    const imported = await bring(put("i-images", idx([2, 1, 1], [1, 2])));
    const pixels = imported.path.replace(/\.parquet$/, ".pictures");
    writeFileSync(pixels, '{"format":"neuroloom-pictures","shape":[1,1,1],"count":2}\nx');
    await expect(columnsOf(imported)).rejects.toThrow("data.pictures_damaged");
    rmSync(pixels);
    await expect(columnsOf(imported)).rejects.toThrow("data.pictures_missing");
  });
});
