/** Reading curves for a chart: the shape of all, a stretch from nearby, and an end when nobody waits any more. */
import { expect, test } from "vitest";
import { factsOf } from "../../../core/insight/verdicts/facts.ts";
import { judgeRun } from "../../../core/insight/verdicts/judge-run.ts";
import { newProject, newStore } from "../../store/testing/opened-store.ts";
import { samplePoints, sampleRun, seededNumbers } from "../../store/testing/store-fixture.ts";
import { curveReadingHandlers } from "./curve-reading.ts";
import { epochLossesOf } from "./epoch-losses.ts";

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

test("losses of a long run are those of its epochs, side by side, not the extremes that a chart draws", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = store.createRun(sampleRun(newProject(store).id));
  const epochs = Array.from({ length: 20_000 }, (_, place) => place + 1);
  const random = seededNumbers(5);
  const noise = epochs.map(() => 0.028 * (random() + random() + random() - 1.5));
  const lossAt = (epoch: number): number => 0.5 + 0.5 * Math.exp(-epoch / 1_000) + (noise[epoch - 1] ?? 0);
  const points = (name: string, more: number) =>
    epochs.map((epoch) => ({ name, step: 10 * epoch, epoch, seconds: epoch, value: lossAt(epoch) + more * Math.cos(epoch / 30) }));
  store.appendPoints(id, [...points("loss", 0), ...points("val_loss", 0.01)]);
  const answer = await curveReadingHandlers(store)["runs.losses"]({ id });
  expect(answer.epochs).toEqual(
    epochs.map((epoch) => ({ epoch, loss: lossAt(epoch), val_loss: lossAt(epoch) + 0.01 * Math.cos(epoch / 30) })),
  );
  const run = { status: "done", error: null, epochs: 20_000, steps_per_epoch: 10, parameters: 50 };
  const design = store.runDesign(id);
  const codes = judgeRun(factsOf(run, { design, open: design }, answer.epochs, []), () => "new").map(({ code }) => code);
  expect(codes).not.toContain("verdict.rate_too_high");
  // Fewer are told apart: every so many, the same of both, with the lowest.
  const some = await epochLossesOf(store, id, 1_000);
  const best = answer.epochs.reduce((low, one) => ((one.val_loss ?? 1) < (low.val_loss ?? 1) ? one : low));
  expect(some.length).toBeLessThan(1_005);
  expect(some).toContainEqual(best);
  expect(some.at(-1)?.epoch).toBe(20_000);
  expect(some.every(({ epoch, val_loss }) => val_loss === answer.epochs[epoch - 1]?.val_loss)).toBe(true);
});
