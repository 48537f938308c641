/** Of a question that takes a while: what stands until it is answered, and that it is not taken for the answer. */
import { expect, test } from "vitest";
import { begun, type Found, knownOf, NOTHING_FOUND } from "./found-answer.ts";

const answered: Found<string> = { key: "a", of: "run", value: "of a", error: null, progress: 1, pending: false };

test("an answer stands for its own question", () => {
  expect(knownOf(answered, "a", "run")).toMatchObject({ value: "of a", pending: false });
});

test("until the next one of the same is answered the last one stays, as one that is not the answer", () => {
  expect(knownOf(answered, "b", "run")).toMatchObject({ value: "of a", progress: 0, pending: true });
  const next = begun(answered, "b", "run");
  expect(knownOf(next, "b", "run")).toMatchObject({ value: "of a", progress: 0, pending: true });
  expect(knownOf(begun(answered, "b", "other"), "b", "other")).toMatchObject({ value: null, pending: true });
  expect(knownOf(begun(answered, "b", undefined), "b", undefined)).toMatchObject({ value: null, pending: true });
});

test("an error of the question before is not shown for the next one", () => {
  const failed: Found<string> = { ...answered, value: null, error: new Error("no") };
  expect(knownOf(failed, "a", "run").error).not.toBeNull();
  expect(knownOf(failed, "b", "run")).toMatchObject({ value: null, error: null, pending: true });
});

test("where nothing is asked nothing is under way", () => {
  expect(knownOf(answered, "", "run")).toMatchObject({ value: null, pending: false });
  expect(knownOf(NOTHING_FOUND, "", undefined)).toMatchObject({ value: null, pending: false });
});
