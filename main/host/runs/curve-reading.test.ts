/** Reading curves for a chart: the shape of all, a stretch from nearby, and an end when nobody waits any more. */
import { expect, test } from "vitest";
import { newProject, newStore } from "../../store/testing/opened-store.ts";
import { samplePoints, sampleRun } from "../../store/testing/store-fixture.ts";
import { curveReadingHandlers } from "./curve-reading.ts";

const POINTS = 100_000;

async function longRun() {
  const opened = await newStore();
  const { store } = opened;
  const { id } = store.createRun(sampleRun(newProject(store).id));
  store.appendPoints(id, [...samplePoints("loss", 1, POINTS), ...samplePoints("val_loss", 1, 10)]);
  return { opened, id, handlers: curveReadingHandlers(store) };
}

test("the shape of all curves says how many points each has", async () => {
  const { opened, id, handlers } = await longRun();
  using _ = opened;
  const { curves } = await handlers["runs.curves"]({ id, max_points: 500 });
  expect(curves.map(({ name, points }) => [name, points])).toEqual([
    ["loss", POINTS],
    ["val_loss", 10],
  ]);
  expect(curves[0]).toEqual({ ...opened.store.readCurves(id, 500)[0], points: POINTS });
});

test("a stretch has the curves that were asked for and are there", async () => {
  const { opened, id, handlers } = await longRun();
  using _ = opened;
  const asked = { task_id: "t", id, axis: "step", from: 50_000, to: 50_002, max_points: 100 } as const;
  const { curves } = await handlers["runs.stretch"]({ ...asked, curves: ["loss", "accuracy"] });
  expect(curves.map(({ name, x, points }) => ({ name, x, points }))).toEqual([
    { name: "loss", x: [49_999, 50_000, 50_001, 50_002, 50_003], points: 5 },
  ]);
});

test("others get their turn while a long stretch is read, and it can be ended", async () => {
  const { opened, id, handlers } = await longRun();
  using _ = opened;
  const reading = handlers["runs.stretch"]({ task_id: "t", id, curves: ["loss"], axis: "step", from: 0, to: POINTS, max_points: 100 });
  let answered = false;
  void reading.then(() => {
    answered = true;
  });
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  await handlers["runs.cancel_stretch"]({ task_id: "t" });
  expect(await reading).toEqual({ curves: [] });
  expect(await handlers["runs.cancel_stretch"]({ task_id: "of nobody" })).toEqual({});
});
