import { describe, expect, test } from "vitest";
import { rowLength } from "./row-length.ts";

const cell = { width: 250, height: 160 };

describe("the length of a row", () => {
  test("is the whole chain where it fits", () => {
    expect(rowLength(4, { width: 1000, height: 300 }, cell)).toBe(4);
    expect(rowLength(1, { width: 1000, height: 300 }, cell)).toBe(1);
  });

  test("is as short as shows the layers largest", () => {
    // Three rows of four at 74 %; two of six would be at 49 %.
    expect(rowLength(11, { width: 740, height: 530 }, cell)).toBe(3);
    expect(rowLength(11, { width: 740, height: 360 }, cell)).toBe(4);
    expect(rowLength(11, { width: 1500, height: 200 }, cell)).toBe(6);
  });
});
