/** Folders that are parts of a split and not classes, and folders that only look so. */
import { describe, expect, it } from "vitest";
import { folderParts } from "./folder-parts.ts";

const read = (files: readonly string[]) => {
  const parts = folderParts(files);
  return parts && { names: parts.names, rows: files.map((file) => [parts.partOf(file), parts.classOf?.(file)]) };
};

describe("folders named as parts of a split", () => {
  it("give the part, and the folders inside them the class", () => {
    expect(read(["set/train/cats/1.png", "set/train/dogs/2.png", "set/val/cats/3.png", "set/test/4.png"])).toEqual({
      names: ["test", "train", "val"],
      rows: [
        ["train", "cats"],
        ["train", "dogs"],
        ["val", "cats"],
        ["test", ""],
      ],
    });
  });

  it("or the folders that they lie in", () => {
    expect(read(["cats/Training/1.png", "dogs/Training/2.png", "dogs/Validation/3.png"])?.rows).toEqual([
      ["Training", "cats"],
      ["Training", "dogs"],
      ["Validation", "dogs"],
    ]);
  });

  it("give no class where no folder tells one", () => {
    expect(read(["train/1.png", "test/2.png"])).toEqual({
      names: ["test", "train"],
      rows: [
        ["train", undefined],
        ["test", undefined],
      ],
    });
  });
});

it("folders of classes are none, also where one is named as a part", () => {
  expect(read(["train/1.png", "bus/2.png"])).toBeNull();
  expect(read(["train/1.png", "train/2.png"])).toBeNull();
  expect(read(["train/cats/1.png", "train/dogs/2.png"])).toBeNull();
  expect(read(["1.png", "train/2.png"])).toBeNull();
  expect(read([])).toBeNull();
});
