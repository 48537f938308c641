import { describe, expect, it } from "vitest";
import type { AppError } from "../../../../core/errors.ts";
import { matchPictures } from "./match-pictures.ts";

const found = (values: string[], pictures: string[]): Record<string, string | undefined> =>
  Object.fromEntries([...(matchPictures(values, pictures, "p.zip")?.places ?? [])].map(([value, place]) => [value, pictures[place]]));

describe("values of a key name pictures", () => {
  it("by path, by file name, without the ending, or by the number in it", () => {
    expect(found(["train/0.png"], ["test/0.png", "train/0.png"])).toEqual({ "train/0.png": "train/0.png" });
    expect(found(["./b/x.png"], ["a\\x.png", "b\\x.png"])).toEqual({ "./b/x.png": "b\\x.png" });
    expect(found(["cat.jpg"], ["all/cat.jpg"])).toEqual({ "cat.jpg": "all/cat.jpg" });
    expect(found(["cat"], ["all/cat.jpeg"])).toEqual({ cat: "all/cat.jpeg" });
    expect(found(["7", "12.0"], ["img_0007.png", "img_0012.png"])).toEqual({ "7": "img_0007.png", "12.0": "img_0012.png" });
  });

  it("in the way that fits most of them, the same for all", () => {
    expect(found(["a.png", "b", "c"], ["a.png", "b.png", "c.png"])).toEqual({ "a.png": "a.png", b: "b.png", c: "c.png" });
    expect(matchPictures(["a", "x"], ["a.png"], "p.zip")?.unmatched).toEqual(["x"]);
  });

  it("and nothing is guessed where a name fits two, or none fits", () => {
    expect(matchPictures(["x"], ["a.png"], "p.zip")).toBeNull();
    const twice = (): unknown => matchPictures(["1.png"], ["cats/1.png", "dogs/1.png"], "p.zip");
    expect(twice).toThrow();
    try {
      twice();
    } catch (thrown) {
      expect((thrown as AppError).code).toBe("data.join_picture_ambiguous");
      expect((thrown as AppError).params).toMatchObject({ value: "1.png", first: "cats/1.png", second: "dogs/1.png" });
    }
  });
});
