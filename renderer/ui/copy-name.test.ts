import { expect, test } from "vitest";
import { copyName } from "./copy-name.ts";
import { textIn } from "./translators.ts";

test.each(["en", "zh"] as const)("the copy of the longest name is called so that it can be kept, %s", (language) => {
  const t = textIn(language);
  const word = t("shell.copy_name", { name: "" });
  expect(copyName("iris", t)).toBe(`iris${word}`);
  const long = copyName("名".repeat(200), t);
  expect(long).toHaveLength(200);
  expect(long.endsWith(word)).toBe(true);
  // A character of two units is not cut in half.
  const faces = copyName(`a${"😀".repeat(100)}`, t);
  expect(faces.length).toBeLessThanOrEqual(200);
  expect(faces).not.toMatch(/\p{Surrogate}/u);
});
