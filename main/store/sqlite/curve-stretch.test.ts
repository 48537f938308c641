/** Stretches of long curves: every point where few are in them, the shape where many are, and nothing read of the rest. */
import { expect, test } from "vitest";
import type { Curve } from "../../../core/protocol/methods.ts";
import type { CurvePlace } from "../curve-store.ts";
import type { Store } from "../store.ts";
import { newProject, newStore } from "../testing/opened-store.ts";
import { sampleRun } from "../testing/store-fixture.ts";

const POINTS = 100_000;
/** Every second step has a point; ten of them an epoch, two a second. */
const point = (index: number) => ({
  name: "loss",
  step: 2 * index,
  epoch: index / 10,
  seconds: index / 2,
  value: index === 70_007 ? 999 : Math.sin(index),
});

function newRun(store: Store): string {
  const { id } = store.createRun(sampleRun(newProject(store).id));
  for (let first = 1; first <= POINTS; first += 10_000)
    store.appendPoints(
      id,
      Array.from({ length: 10_000 }, (_, at) => point(first + at)),
    );
  return id;
}

function read(store: Store, id: string, axis: CurvePlace, from: number, to: number, maxPoints = 1000): Curve & { readonly points: number } {
  const reader = store.openStretch(id, "loss", { axis, from, to }, maxPoints);
  while (reader.readOn());
  return { ...reader.finish(), points: reader.points };
}

test("a stretch holds every point between its ends, and one more at either side, whatever it is counted in", async () => {
  using opened = await newStore();
  const { store } = opened;
  const id = newRun(store);
  const steps = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => 2 * (first + at));
  for (const [first, last] of [
    [1, 100],
    [255, 257],
    [256, 256],
    [50_000, 50_900],
    [99_950, POINTS],
  ] as const) {
    const wanted = steps(Math.max(1, first - 1), Math.min(POINTS, last + 1));
    expect(read(store, id, "step", 2 * first, 2 * last).x).toEqual(wanted);
    expect(read(store, id, "step", 2 * first - 1, 2 * last + 1).x).toEqual(wanted);
    expect(read(store, id, "epoch", first / 10, last / 10).x).toEqual(wanted);
    const { seconds, y, points } = read(store, id, "seconds", first / 2, last / 2);
    expect(seconds).toEqual(wanted.map((step) => step / 4));
    expect(y).toEqual(wanted.map((step) => point(step / 2).value));
    expect(points).toBe(wanted.length);
  }
});

test("a stretch before the first point or behind the last has the one beside it, and a curve that is not there has none", async () => {
  using opened = await newStore();
  const { store } = opened;
  const id = newRun(store);
  expect(read(store, id, "step", -50, -1).x).toEqual([2]);
  expect(read(store, id, "step", 1e9, 2e9).x).toEqual([2 * POINTS]);
  expect(read(store, id, "step", -1e9, 1e9, 2 * POINTS).x).toHaveLength(POINTS);
  const none = store.openStretch(id, "accuracy", { axis: "step", from: 0, to: 10 }, 100);
  expect([none.points, none.readOn(), none.finish().x.length]).toEqual([0, false, 0]);
});

test("of more points than are wanted the shape comes, with the first, the last and every peak", async () => {
  using opened = await newStore();
  const id = newRun(opened.store);
  const { x, y, points } = read(opened.store, id, "step", 100_000, 180_000, 500);
  expect(points).toBe(40_003);
  expect(x.length).toBeLessThanOrEqual(500);
  expect(x.length).toBeGreaterThan(450);
  expect([x[0], x.at(-1)]).toEqual([99_998, 180_002]);
  expect(y[x.indexOf(2 * 70_007)]).toBe(999);
});

test("a run that goes on from an earlier step is read as it goes on", async () => {
  using opened = await newStore();
  const { store } = opened;
  const id = newRun(store);
  const reader = store.openStretch(id, "loss", null, 1000);
  store.dropPointsAfter(id, 1001);
  while (reader.readOn());
  expect(reader.finish().x.at(-1)).toBeLessThanOrEqual(1000);
  store.appendPoints(id, [{ name: "loss", step: 1001, epoch: 50.1, seconds: 250.4, value: 7 }]);
  expect(read(store, id, "step", 996, 5000).x).toEqual([994, 996, 998, 1000, 1001]);
  expect(read(store, id, "step", 996, 5000).y.at(-1)).toBe(7);
});
