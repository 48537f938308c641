/** Shapes with the names of their axes, as connections and the inspector show them. */
import { expect, test, vi } from "vitest";
import { axesInShort, batchInShort, shapeInWords } from "../../renderer/ui/axis-words.ts";
import { textNow } from "../../renderer/ui/texts.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

test("every axis is named, the batch first; an axis that nobody knows is a number alone", () => {
  const t = textNow();
  expect(shapeInWords([8, 8, 16], "height,width,channels", t)).toBe("batch × height 8 × width 8 × channels 16");
  expect(shapeInWords([12, 3], "time,features", t)).toBe("batch × time 12 × features 3");
  expect(shapeInWords([2, 3, 4, 5], ",,,", t)).toBe("batch × 2 × 3 × 4 × 5");
  expect(shapeInWords([], "", t)).toBe("batch × 1");
  expect(axesInShort([8, 8, 16], "height,width,channels", t)).toBe("H × W × C");
  expect(axesInShort([12, 3], "time,channels", t)).toBe("time × channels");
  expect(axesInShort([3], "features", t)).toBe("features");
  expect(axesInShort([2, 3, 4, 5], ",,,", t)).toBe("");
  expect(axesInShort([2, 3, 4, 5], "time,height,width,channels", t)).toBe("T × H × W × C");
  expect(batchInShort([12, 3], "time,features", t)).toBe("batch of time × features");
  expect(batchInShort([8, 8, 16], "height,width,channels", t)).toBe("batch of H\u00a0×\u00a0W\u00a0×\u00a0C");
  expect(batchInShort([], "", t)).toBe("");
  // Of the shape before: the names come a frame later.
  expect(axesInShort([12, 3], "height,width,channels", t)).toBe("");
  expect(shapeInWords([12, 3], "features", t)).toBe("batch × 12 × 3");
});
