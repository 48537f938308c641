import { describe, expect, it } from "vitest";
import { Turns } from "../turns.ts";
import { matchPictures } from "./match-pictures.ts";

const found = async (values: string[], pictures: string[]): Promise<Record<string, string | undefined>> =>
  Object.fromEntries(
    [...((await matchPictures(values, pictures, "p.zip", new Turns())) ?? [])].map(([value, place]) => [value, pictures[place]]),
  );

describe("values of a key name pictures", () => {
  it("by path, by file name, without the ending, or by the number in it", async () => {
    expect(await found(["train/0.png"], ["test/0.png", "train/0.png"])).toEqual({ "train/0.png": "train/0.png" });
    expect(await found(["./b/x.png"], ["a\\x.png", "b\\x.png"])).toEqual({ "./b/x.png": "b\\x.png" });
    expect(await found(["cat.jpg"], ["all/cat.jpg"])).toEqual({ "cat.jpg": "all/cat.jpg" });
    expect(await found(["cat"], ["all/cat.jpeg"])).toEqual({ cat: "all/cat.jpeg" });
    expect(await found(["7", "12.0"], ["img_0007.png", "img_0012.png"])).toEqual({ "7": "img_0007.png", "12.0": "img_0012.png" });
  });

  it("in the way that fits most of them, the same for all", async () => {
    expect(await found(["a.png", "b", "c"], ["a.png", "b.png", "c.png"])).toEqual({ "a.png": "a.png", b: "b.png", c: "c.png" });
    expect(await found(["a", "x"], ["a.png"])).toEqual({ a: "a.png" });
  });

  it("and nothing is guessed where a name fits two, or none fits", async () => {
    expect(await matchPictures(["x"], ["a.png"], "p.zip", new Turns())).toBeNull();
    const twice = await matchPictures(["1.png"], ["cats/1.png", "dogs/1.png"], "p.zip", new Turns()).catch((thrown: unknown) => thrown);
    expect(twice).toMatchObject({
      code: "data.join_picture_ambiguous",
      params: { value: "1.png", first: "cats/1.png", second: "dogs/1.png" },
    });
  });
});
