/** Folders that a browser hands over: what is one collection, what is loose files, and what is sent. */
import { expect, test } from "vitest";
import { type FolderFile, filesOfDialog, filesOfFolder, looseFiles, packedFolder, pairOfLines } from "./folder-files.ts";

const at = (path: string, content = "x"): FolderFile => ({ path, file: new File([content], path.split("/").at(-1) ?? "") });

/** As a browser gives it: at most `batch` entries at a time. */
function directory(name: string, content: Readonly<Record<string, string | object>>, batch = 2): FileSystemDirectoryEntry {
  const entries = Object.entries(content).map(([own, inside]) =>
    typeof inside === "string"
      ? { isFile: true, isDirectory: false, name: own, file: (resolve: (file: File) => void) => resolve(new File([inside], own)) }
      : directory(own, inside as Record<string, string>, batch),
  );
  const createReader = () => {
    let from = 0;
    return {
      readEntries: (resolve: (some: unknown[]) => void) => {
        resolve(entries.slice(from, from + batch));
        from += batch;
      },
    };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemDirectoryEntry;
}

test("all files of a dropped folder are listed, however many come at a time, and hidden ones are left out", async () => {
  const folder = directory("set", {
    ".DS_Store": "-",
    cats: { "1.png": "a", "2.png": "b", "3.png": "c" },
    dogs: { deep: { "4.png": "d" } },
    "labels.csv": "x",
  });
  const files = await filesOfFolder(folder, new AbortController().signal);
  expect(files.map(({ path }) => path).sort()).toEqual(["cats/1.png", "cats/2.png", "cats/3.png", "dogs/deep/4.png", "labels.csv"]);
  await expect(filesOfFolder(folder, AbortSignal.abort())).rejects.toThrow();
});

test("what a dialog gives is named from the folder that was chosen", () => {
  const file = new File(["x"], "1.png");
  Object.defineProperty(file, "webkitRelativePath", { value: "photos/cats/1.png" });
  expect(filesOfDialog([file])).toEqual({ name: "photos", files: [{ path: "cats/1.png", file }] });
});

test("a few tables are loose files; pictures, texts in folders and lines of classes are a collection", () => {
  expect(looseFiles([at("train.csv"), at("test.csv"), at("README.txt")])?.map(({ name }) => name)).toEqual(["train.csv", "test.csv"]);
  expect(looseFiles([at("a/1.png"), at("labels.csv")])).toBeNull();
  expect(looseFiles([at("ham/1.txt"), at("spam/1.txt")])).toBeNull();
  expect(looseFiles([at("rt.pos"), at("rt.neg")])).toBeNull();
  expect(looseFiles([])).toBeNull();
});

test("a folder is sent as whole blocks, a header before each file, with its name", async () => {
  const packed = packedFolder("set", [at("a/1.txt", "hello"), at(`${"long/".repeat(30)}二.txt`, "y".repeat(513))]);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  expect([packed.name, packed.size % 512]).toEqual(["set", 0]);
  expect(new TextDecoder().decode(bytes.subarray(0, 7))).toBe("a/1.txt");
  expect(new TextDecoder().decode(bytes.subarray(512, 517))).toBe("hello");
  // The long name comes in a record of its own before the header.
  expect(new TextDecoder().decode(bytes.subarray(1536, 2048))).toContain(`path=${"long/".repeat(30)}二.txt\n`);
});

test("files of lines belong together by their name", () => {
  const named = (...names: string[]): File[] => names.map((name) => new File(["x"], name));
  expect(pairOfLines(named("reviews.neg", "reviews.pos"))).toBe("reviews");
  expect(pairOfLines(named("reviews.neg", "others.pos"))).toBeNull();
  expect(pairOfLines(named("reviews.pos"))).toBeNull();
  expect(pairOfLines(named("train.csv", "test.csv"))).toBeNull();
});
