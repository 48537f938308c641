/** A zoomed chart of a long run, from the library over the contract to the points that are drawn and told under the pointer. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../core/errors.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { CurveBuffer } from "../../renderer/state/curve-buffer.ts";
import { forgetStretches, useStretches, wantStretches } from "../../renderer/state/curve-stretches.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { type ChartRun, keptRange } from "../../renderer/training/chart-axis.ts";
import { chartModel } from "../../renderer/training/chart-lines.ts";
import { MOST_POINTS } from "../../renderer/training/downsample.ts";
import { lackingStretches, nearerView } from "../../renderer/training/nearer-points.ts";
import { TRAINER } from "../built.ts";

const POINTS = 60_000;
const settings = { xAxis: "step", smoothing: 0, log: false, ignoreOutliers: false, course: false, values: false } as const;
const home = mkdtempSync(join(tmpdir(), "neuroloom-nearer-"));
const valueAt = (step: number): number => 1 / step + ((step * 7919) % 101) / 400;
const point = (step: number) => ({ name: "batch_loss", step, epoch: step / 100, seconds: step / 50, value: valueAt(step) });
let host: OpenedHost;
let runId = "";
let run: ChartRun;
let buffer: CurveBuffer;
/** Stretches that were asked for, and what was cancelled. */
const asked: { from: number; to: number }[] = [];
let cancelled = 0;
const asker = {};

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  runId = store.createRun(sampleRun(newProject(store).id)).id;
  for (let first = 1; first <= POINTS; first += 10_000)
    store.appendPoints(
      runId,
      Array.from({ length: 10_000 }, (_, at) => point(first + at)),
    );
  store.close();
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  const { "runs.stretch": stretch, "runs.cancel_stretch": cancel } = host.handlers;
  serve(
    {
      ...host.handlers,
      "runs.stretch": (input, caller) => {
        asked.push({ from: input.from, to: input.to });
        if (input.id !== runId) throw new AppError("run.not_found", { id: input.id });
        return stretch(input, caller);
      },
      "runs.cancel_stretch": (input, caller) => {
        cancelled += 1;
        return cancel(input, caller);
      },
    },
    far,
    { onFault },
  );
  provideHost(new ProtocolClient(near, { onFault }));
});
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  forgetStretches(runId);
  buffer = new CurveBuffer();
  buffer.load((await host.handlers["runs.curves"]({ id: runId, max_points: 4000 })).curves);
  run = { id: runId, name: "a", stepsPerEpoch: 100, startedAt: 1_000_000, withBatches: true, curve: (name) => buffer.view(name) };
  asked.length = 0;
});

const lacking = (zoom: readonly [number, number], xAxis: "step" | "epoch" | "time" | "clock" = "step", now = Date.now()) =>
  lackingStretches([run], ["loss"], xAxis, zoom, now);
const drawn = (zoom: readonly [number, number]) => chartModel("loss", [run], settings, 10_000, zoom).lines[0]?.points ?? [];

/** Says what is lacking and waits until it was read. */
async function readNearer(zoom: readonly [number, number]): Promise<void> {
  const before = useStretches.getState().version;
  await new Promise<void>((resolve) => {
    const end = useStretches.subscribe(({ version }) => {
      if (version === before) return;
      end();
      resolve();
    });
    wantStretches(asker, lacking(zoom));
  });
}

test("a stretch with fewer points than are drawn is drawn from every one of them, and until they are there from what is held", async () => {
  const zoom = [30_000, 30_300] as const;
  expect(drawn(zoom).length).toBeLessThan(100);
  await readNearer(zoom);
  const points = drawn(zoom).filter(({ x }) => x >= zoom[0] && x <= zoom[1]);
  expect(points).toEqual(Array.from({ length: 301 }, (_, at) => ({ x: 30_000 + at, y: valueAt(30_000 + at) })));
});

test("the shape of a long run is enough for itself and for a wide stretch: nothing is read", () => {
  expect(lacking([1000, 50_000])).toEqual([]);
  expect(lackingStretches([run], ["loss"], "step", null, 0)).toEqual([]);
});

test("what was read serves all stretches within it, and a wider one is read anew, thinned", async () => {
  await readNearer([30_000, 30_400]);
  expect(asked).toEqual([{ from: 29_800, to: 30_600 }]);
  expect(lacking([29_800, 30_200])).toEqual([]);
  expect(lacking([30_100, 30_110])).toEqual([]);
  expect(drawn([30_100, 30_110]).map(({ x }) => x)).toEqual(Array.from({ length: 12 }, (_, at) => 30_099 + at));
  expect(lacking([30_000, 34_000])).toHaveLength(1);
  await readNearer([30_000, 34_000]);
  expect(drawn([30_000, 34_000]).length).toBeLessThanOrEqual(MOST_POINTS);
  // Of the wider stretch not every point was read: a nearer look asks again, where the first did not reach.
  expect(lacking([33_000, 33_050])).toHaveLength(1);
  expect(lacking([30_100, 30_110])).toEqual([]);
});

test("epochs, seconds and the clock ask for the same points", () => {
  const inSteps = (range: { axis: string; from: number; to: number }) => [range.axis, Math.round(range.from), Math.round(range.to)];
  expect(inSteps(keptRange(run, "epoch", [300, 303]))).toEqual(["step", 30_000, 30_300]);
  expect(inSteps(keptRange({ ...run, stepsPerEpoch: 0 }, "epoch", [300, 303]))).toEqual(["epoch", 300, 303]);
  expect(inSteps(keptRange(run, "time", [600, 606]))).toEqual(["seconds", 600, 606]);
  expect(inSteps(keptRange(run, "clock", [1_000_600, 1_000_606]))).toEqual(["seconds", 600, 606]);
});

test("points that come while a run trains follow those that were read, and are read again after a while", async () => {
  const zoom = [POINTS - 200, POINTS + 100] as const;
  await readNearer(zoom);
  buffer.append(1, [point(POINTS + 1), point(POINTS + 2)]);
  const held = buffer.view("batch_loss");
  const near = held === undefined ? null : nearerView(run, held, "step", zoom);
  expect(near?.length).toBe(near?.step.length);
  expect([...(near?.step.slice(-4) ?? [])]).toEqual([POINTS - 1, POINTS, POINTS + 1, POINTS + 2]);
  expect(lacking(zoom)).toEqual([]);
  expect(lacking(zoom, "step", Date.now() + 60_000)).toHaveLength(1);
});

test("of stretches that follow each other quickly the last is read, and one that nobody waits for is ended", async () => {
  wantStretches(asker, lacking([10_000, 10_100]));
  wantStretches(asker, lacking([11_000, 11_100]));
  await readNearer([12_000, 12_100]);
  expect(asked).toEqual([{ from: 11_950, to: 12_150 }]);
  const [before, seen] = [cancelled, asked.length];
  wantStretches(asker, lacking([20_000, 20_100]));
  await expect.poll(() => asked.length).toBeGreaterThan(seen);
  wantStretches(asker, []);
  // It may have been answered already.
  expect(cancelled - before).toBeLessThanOrEqual(1);
});

test("what cannot be read is asked for once, however much of it there is, and does not keep the rest waiting", async () => {
  const gone = ["one", "another"].map((id) => ({ runId: id, axis: "step" as const, from: 1, to: 3, names: ["batch_loss"] }));
  const others = {};
  wantStretches(others, gone);
  await readNearer([40_000, 40_100]);
  expect(asked).toEqual([
    { from: 0, to: 4 },
    { from: 0, to: 4 },
    { from: 39_950, to: 40_150 },
  ]);
  wantStretches(others, []);
});
