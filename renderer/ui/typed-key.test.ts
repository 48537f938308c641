import { expect, test } from "vitest";
import { typedKey } from "./typed-key.ts";

test("a press of the input method is no key of the field", () => {
  expect(typedKey({ key: "Enter", nativeEvent: { isComposing: false, keyCode: 13 } })).toBe("Enter");
  expect(typedKey({ key: "Enter", nativeEvent: { isComposing: true, keyCode: 13 } })).toBe("");
  expect(typedKey({ key: "Enter", nativeEvent: { isComposing: false, keyCode: 229 } })).toBe("");
});
