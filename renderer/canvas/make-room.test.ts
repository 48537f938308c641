import { describe, expect, test } from "vitest";
import { type Box, roomFor, roomForDown, type Unit } from "./make-room.ts";

const closed: Box = { x: 240, y: 0, width: 176, height: 92 };
const opened: Box = { x: 226, y: -30, width: 900, height: 280 };
const unit = (id: string, x: number, y: number): Unit => ({ ids: [id], x, y, width: 176, height: 92 });

function moved(units: readonly Unit[], act: "open" | "close"): readonly Unit[] {
  const shifts = roomFor(act, closed, opened, units);
  return units.map((one) => {
    const { dx, dy } = shifts.get(one.ids[0] ?? "") ?? { dx: 0, dy: 0 };
    return { ...one, x: one.x + dx, y: one.y + dy };
  });
}
const places = (units: readonly Unit[]): readonly string[] => units.map(({ ids, x, y }) => `${ids[0]} ${x} ${y}`);
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const DRAWN = [unit("before", 0, 0), unit("behind", 480, 0), unit("last", 720, 8), unit("below", 240, 160), unit("far below", 0, 400)];

describe("a group that opens", () => {
  test("moves what stands behind it in its row to the right, and all rows below down, by as much as is missing", () => {
    const after = moved(DRAWN, "open");
    expect(after[0]).toEqual(DRAWN[0]);
    expect(after.slice(1, 3).map(({ x, y }) => [x, y])).toEqual([
      [1190, 0],
      [1430, 8],
    ]);
    expect((after[4]?.y ?? 0) - (after[3]?.y ?? 0)).toBe(240);
    for (const one of after) expect(overlap(one, opened), places([one])[0]).toBe(false);
  });

  test("moves nothing where there is room", () => {
    const free = [unit("behind", 1300, 0), unit("below", 240, 500), unit("beside", 1300, 160)];
    expect(roomFor("open", closed, opened, free).size).toBe(0);
  });

  test("takes a group that is open as one", () => {
    const group: Unit = { ids: ["a", "b"], x: 480, y: -20, width: 500, height: 130 };
    const shifts = roomFor("open", closed, opened, [group]);
    expect(shifts.get("a")).toEqual(shifts.get("b"));
    expect(shifts.get("a")?.dx).toBe(710);
  });
});

describe("a group that collapses", () => {
  test("gives back the room that it took: opened again all is where it was", () => {
    const open = moved(DRAWN, "open");
    const shut = moved(open, "close");
    expect(places(shut)).toEqual(places(DRAWN));
    expect(places(moved(shut, "open"))).toEqual(places(open));
  });

  test("draws nothing over a layer that stands between", () => {
    const units = [unit("between", 500, 40), unit("behind", 1200, 0)];
    const after = moved(units, "close");
    expect(after.every((one, index) => after.every((other, place) => place === index || !overlap(one, other)))).toBe(true);
  });
});

test("where the drawing runs down, what stands behind in the column goes down and what stands beside goes to the right", () => {
  const box: Box = { x: 0, y: 240, width: 176, height: 92 };
  const frame: Box = { x: -14, y: 210, width: 480, height: 600 };
  const units = [unit("before", 0, 0), unit("behind", 0, 400), unit("beside", 300, 240), unit("far", 700, 0)];
  const shifts = roomForDown("open", box, frame, units);
  expect(shifts.get("before")).toBeUndefined();
  expect(shifts.get("behind")).toEqual({ dx: 0, dy: 474 });
  expect(shifts.get("beside")?.dy).toBe(0);
  expect(300 + (shifts.get("beside")?.dx ?? 0)).toBeGreaterThanOrEqual(466);
  expect(shifts.get("far")).toEqual(shifts.get("beside"));
});
