import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freeShift } from "./free-place.ts";

const card = (x: number, y: number) => ({ x, y, width: 176, height: 92 });

describe("the free place of a box", () => {
  it("is where it is when it lies over nothing", () => {
    expect(freeShift(card(0, 0), [card(176, 0), card(0, 92)])).toEqual({ dx: 0, dy: 0 });
  });
  it("is the nearest side of what it lies over", () => {
    expect(freeShift(card(0, 60), [card(0, 0)])).toEqual({ dx: 0, dy: 60 });
    expect(freeShift(card(150, 5), [card(0, 0)])).toEqual({ dx: 54, dy: 0 });
  });
  it("is not over a third one", () => {
    expect(freeShift(card(0, 60), [card(0, 0), card(0, 150)])).toEqual({ dx: 0, dy: -180 });
  });
  it("never lies over anything", () => {
    const place = fc.integer({ min: -500, max: 500 });
    const box = fc.record({ x: place, y: place, width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }) });
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 20 }), (own, others) => {
        const { dx, dy } = freeShift(own, others);
        const at = { ...own, x: own.x + dx, y: own.y + dy };
        const over = others.filter(
          (b) => at.x < b.x + b.width - 2 && b.x < at.x + at.width - 2 && at.y < b.y + b.height - 2 && b.y < at.y + at.height - 2,
        );
        expect(over).toEqual([]);
      }),
    );
  });
});
