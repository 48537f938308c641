import { expect, test } from "vitest";
import { chosenFolder } from "./chosen-folder.ts";

test("the folder is the one that was chosen, however deep the file lies and whatever the separator", () => {
  expect(chosenFolder("/home/me/photos/cats/1.png", "photos/cats/1.png")).toBe("/home/me/photos");
  expect(chosenFolder("C:\\photos\\cats\\1.png", "photos/cats/1.png")).toBe("C:\\photos");
  expect(chosenFolder("/photos/1.png", "photos/1.png")).toBe("/photos");
});

test("a file that lies elsewhere names no folder", () => {
  expect(chosenFolder("/pictures/1.png", "photos/cats/1.png")).toBeNull();
  expect(chosenFolder("", "photos/1.png")).toBeNull();
  expect(chosenFolder("/pictures/1.png", "")).toBeNull();
});
