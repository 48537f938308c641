import { describe, expect, test } from "vitest";
import { aligned, type Box, distributed } from "./alignment.ts";

const BOXES: readonly Box[] = [
  { id: "a", x: 0, y: 0, width: 100, height: 50 },
  { id: "b", x: 130, y: 20, width: 60, height: 90 },
  { id: "c", x: 300, y: 40, width: 100, height: 50 },
];

describe("aligning", () => {
  test.each([
    ["left", { b: { x: 0, y: 20 }, c: { x: 0, y: 40 } }],
    ["right", { a: { x: 300, y: 0 }, b: { x: 340, y: 20 } }],
    ["centre", { a: { x: 150, y: 0 }, b: { x: 170, y: 20 }, c: { x: 150, y: 40 } }],
    ["top", { b: { x: 130, y: 0 }, c: { x: 300, y: 0 } }],
    ["bottom", { a: { x: 0, y: 60 }, c: { x: 300, y: 60 } }],
    ["middle", { a: { x: 0, y: 30 }, b: { x: 130, y: 10 }, c: { x: 300, y: 30 } }],
  ] as const)("to the %s moves those that are not there", (to, expected) => {
    expect(aligned(BOXES, to)).toEqual(expected);
  });

  test("a second time moves nothing", () => {
    const once = aligned(BOXES, "middle");
    expect(
      aligned(
        BOXES.map((box) => ({ ...box, ...once[box.id] })),
        "middle",
      ),
    ).toEqual({});
    expect(aligned(BOXES.slice(0, 1), "right")).toEqual({});
  });
});

describe("distributing", () => {
  test("gives equal gaps between, whatever the order and the sizes", () => {
    const expected = { b: { x: 170, y: 20 } };
    expect(distributed(BOXES, "across")).toEqual(expected);
    expect(distributed([...BOXES].reverse(), "across")).toEqual(expected);
    expect(distributed(BOXES, "down")).toEqual({ b: { x: 130, y: 0 } });
  });

  test("two, or those that are spread already, stay", () => {
    expect(distributed(BOXES.slice(0, 2), "across")).toEqual({});
    expect(
      distributed(
        BOXES.map((box) => ({ ...box, ...(box.id === "b" ? { x: 170 } : {}) })),
        "across",
      ),
    ).toEqual({});
  });
});
