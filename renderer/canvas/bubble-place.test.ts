import { describe, expect, test } from "vitest";
import { type Box, type BubbleRoom, bubblePlace } from "./bubble-place.ts";

const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, right: left + width, bottom: top + height });

const room = (given: Partial<BubbleRoom>): BubbleRoom => ({
  view: { width: 740, height: 530 },
  node: box(200, 100, 128, 67),
  bubble: { width: 190, height: 140 },
  layers: [],
  taken: [],
  gap: 13,
  beside: false,
  ...given,
});

const covers = (given: BubbleRoom, boxes: readonly Box[]): readonly Box[] => {
  const { left, top } = bubblePlace(given);
  const { width, height } = given.bubble;
  return boxes.filter((other) => other.left < left + width && left < other.right && other.top < top + height && top < other.bottom);
};

describe("the words of a mistake", () => {
  test("stand below the middle of their layer where it is free there", () => {
    expect(bubblePlace(room({}))).toEqual({
      left: 264 - 95,
      top: 180,
      line: [
        [264, 167],
        [264, 180],
      ],
      cost: 0,
    });
  });

  test("stand above where there is no room below", () => {
    const { top, line } = bubblePlace(room({ node: box(200, 440, 128, 67) }));
    expect(top).toBe(440 - 13 - 140);
    expect(line).toEqual([
      [264, 440],
      [264, 427],
    ]);
  });

  test("move aside rather than go out of view, and stay at their layer", () => {
    const { left, line } = bubblePlace(room({ node: box(10, 100, 128, 67) }));
    expect(left).toBeGreaterThanOrEqual(6);
    expect(left).toBeLessThan(138);
    expect(line[0]?.[0]).toBe(line[1]?.[0]);
  });

  test("hide neither buttons nor the small map", () => {
    const buttons = box(0, 490, 740, 40);
    const low = room({ node: box(200, 330, 128, 67), taken: [buttons] });
    expect(covers(low, [buttons])).toEqual([]);
  });

  test("are led to where it is free, past a neighbour, rather than hide the layers around", () => {
    // The last row of a network folded into rows of four: free only at its end.
    const rows = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => box(40 + 176 * column, 105 + 131 * row, 128, 67)));
    const layers = rows.filter((_, index) => index !== 9 && index !== 11);
    const given = room({ node: rows[9] as Box, layers, taken: [box(10, 495, 535, 30)] });
    expect(covers(given, layers)).toEqual([]);
    const { left, line } = bubblePlace(given);
    expect(line).toHaveLength(3);
    expect(left).toBeGreaterThan((layers[9] as Box).right - 1);
  });

  test("hide as little as can be where nothing is free", () => {
    const layers = [0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3].map((column) => box(5 + 185 * column, 5 + 132 * row, 175, 122)));
    const given = room({ node: layers[5] as Box, layers: layers.filter((_, index) => index !== 5) });
    const { left, top } = bubblePlace(given);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(left + 190).toBeLessThanOrEqual(740);
    expect(top + 140).toBeLessThanOrEqual(530);
  });

  test("stand at the side of a layer whose connections leave below", () => {
    const { left, top, line } = bubblePlace(room({ beside: true }));
    expect([left, top]).toEqual([341, 100]);
    expect(line[0]).toEqual([328, 130]);
    expect(bubblePlace(room({ beside: true, node: box(600, 100, 128, 67) })).left).toBe(600 - 13 - 190);
  });

  test("do not wait at the edge for a layer that is out of sight", () => {
    expect(bubblePlace(room({ node: box(-400, 100, 128, 67) })).left).toBe(-400 + 64 - 95);
  });
});
