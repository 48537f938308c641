import { expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { flattenDesign } from "./design-options.ts";

test("word vectors of two files of one name are two values", () => {
  const of = (hash: string): unknown => {
    const vectors = { hash: hash.repeat(64), name: "glove.txt", width: 50, words: 7 };
    return flattenDesign(design("", { words: ["embedding", {}, { vectors }] })).find(({ field }) => field === "vectors")?.value;
  };
  expect([of("a"), of("b")]).toEqual(["glove.txt (aaaaaaaa)", "glove.txt (bbbbbbbb)"]);
});
