import { expect, test } from "vitest";
import { byIdentifier, typedUpTo } from "./typed-choice.ts";

const losses = [
  { value: "mae", label: "Mean absolute error" },
  { value: "mse", label: "Mean squared error" },
  { value: "huber", label: "Huber" },
];

test("an identifier finds its choice where the words of none begin so", () => {
  expect(byIdentifier(losses, "ms")?.value).toBe("mse");
  expect(byIdentifier(losses, "mse")?.value).toBe("mse");
  // The system's own search by words.
  for (const text of ["m", "mean s", "h", "huber", ""]) expect(byIdentifier(losses, text)).toBeUndefined();
  expect(byIdentifier(losses, "x")).toBeUndefined();
});

test("letters that follow one another are one word; a pause, a key without a letter or a space begins anew", () => {
  expect(typedUpTo("M", 0)).toBe("m");
  expect(typedUpTo("s", 400)).toBe("ms");
  expect(typedUpTo("e", 800)).toBe("mse");
  expect(typedUpTo("h", 2500)).toBe("h");
  expect(typedUpTo("ArrowDown", 2600)).toBe("");
  expect(typedUpTo("a", 2700)).toBe("a");
  expect(typedUpTo(" ", 2800)).toBe("");
});
