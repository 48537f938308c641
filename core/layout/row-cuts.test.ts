import { describe, expect, test } from "vitest";
import { crossings, rowStarts } from "./row-cuts.ts";

const span = (source: string, from: number, target: string, to: number) => ({ source, target, from, to });

const lines = (...counts: number[]) => counts.map((count) => ({ lines: count, starts: 1 }));

describe("where a drawing is folded", () => {
  test("lines over a fold are counted between the same two once, whichever way they lead", () => {
    const spans = [span("a", 0, "b", 1), span("a", 0, "b", 1), span("a", 0, "c", 2), span("b", 1, "c", 2), span("d", 3, "b", 1)];
    expect(crossings(4, spans)).toEqual([
      { lines: 2, starts: 1 },
      { lines: 3, starts: 3 },
      { lines: 1, starts: 1 },
    ]);
    expect(crossings(1, [])).toEqual([]);
  });

  test("rows are as long as asked for where one line crosses everywhere, and break off beside what may not be torn", () => {
    expect(rowStarts(lines(1, 1, 1, 1, 1), 3)).toEqual([0, 3]);
    expect(rowStarts(lines(1, 1, 3, 1, 1, 1, 1), 3)).toEqual([0, 2, 5]);
    expect(rowStarts(lines(1, 2, 1, 1, 1, 1), 3)).toEqual([0, 3]);
  });

  test("one line over a fold is rather had than two", () => {
    expect(rowStarts(lines(1, 2, 2, 1, 2, 2, 1), 3)).toEqual([0, 4]);
  });

  test("lines from one node, behind a join, but not from two, before it", () => {
    const behind = { lines: 2, starts: 1 };
    const inside = { lines: 2, starts: 2 };
    expect(rowStarts([behind, inside, inside, behind, inside, inside, behind], 3)).toEqual([0, 4]);
  });

  test("what cannot be folded without tearing it apart is not", () => {
    expect(rowStarts(lines(3, 3, 3, 3, 3, 3), 3)).toBeNull();
    expect(rowStarts(lines(3, 3), 3)).toEqual([0]);
  });
});
