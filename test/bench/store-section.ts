/**
 * A million points of two curves: appended in batches as a run does, read back down-sampled as a chart does. And a library of ten million,
 * half of them in one run: stretches of that run as a zoomed chart asks for them.
 */
import { statSync } from "node:fs";
import { curveReadingHandlers } from "../../main/host/runs/curve-reading.ts";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { type Measurement, measured, type Options, type Section, timed } from "./measurement.ts";

const POINTS = 1_000_000;
const BATCH = 1000;
const CURVES = ["loss", "val_loss"] as const;
/** Of the large library. */
const LONG_RUN = 5_000_000;
const OTHER_RUNS = 500;
const OTHER_POINTS = 10_000;
/** As a zoomed chart asks (renderer/state/curve-stretches.ts). */
const MOST_POINTS = 2000;
const NEAR = 1000;
/** Wider stretches are drawn from what the window holds of a curve (4,000 of its points). */
const WIDE = LONG_RUN / 8;

type Opened = Awaited<ReturnType<typeof newStore>>;

export const storeSection: Section = {
  name: "store",
  title: "Store",
  about: `One run with ${POINTS.toLocaleString("en")} points in ${CURVES.length} curves, appended ${BATCH.toLocaleString("en")} at a time, each batch a transaction on the disk; read whole, and thinned to 500 points a curve. Then a library of ${(LONG_RUN + OTHER_RUNS * OTHER_POINTS).toLocaleString("en")} points: one run of ${LONG_RUN.toLocaleString("en")} steps and ${OTHER_RUNS} others; a chart that is zoomed into the long one asks for a stretch of steps, of which the host reads and answers every point, or of a wider one the shape (at most ${MOST_POINTS.toLocaleString("en")} points). The library is closed and opened again before each round.`,
  measure: async (options) => ({ measurements: [...(await oneRun(options)), ...(await largeLibrary(options))], missing: [] }),
};

async function oneRun({ rounds, say }: Options): Promise<Measurement[]> {
  const figures: Record<"append" | "thinned" | "whole" | "megabytes", number[]> = { append: [], thinned: [], whole: [], megabytes: [] };
  for (let round = 1; round <= rounds; round++) {
    say(`store: round ${round} of ${rounds}`);
    using opened = await newStore();
    const { store, path } = opened;
    const run = store.createRun(sampleRun(newProject(store).id));
    figures.append.push((await timed(() => appendAll(opened, run.id, POINTS, BATCH))) / 1000);
    figures.thinned.push(await timed(() => store.readCurves(run.id, 500)));
    figures.whole.push(
      (await timed(() => {
        const points = store.readCurves(run.id, POINTS).reduce((sum, curve) => sum + curve.x.length, 0);
        if (points !== POINTS) throw new Error(`${points} points came back`);
      })) / 1000,
    );
    figures.megabytes.push((statSync(path).size + statSync(`${path}-wal`).size) / 2 ** 20);
  }
  return [
    measured("append", "s", figures.append),
    measured("read, thinned to 500 points a curve", "ms", figures.thinned),
    measured("read whole", "s", figures.whole),
    measured("size of the library and its log", "MB", figures.megabytes),
  ];
}

/** Stretches at both ends and in the middle of a run among many. */
async function largeLibrary({ rounds, say }: Options): Promise<Measurement[]> {
  using opened = await newStore();
  const project = newProject(opened.store).id;
  say("store: a library of ten million points");
  const long = opened.store.createRun(sampleRun(project)).id;
  for (let run = 0; run < OTHER_RUNS; run += 1) {
    appendAll(opened, opened.store.createRun(sampleRun(project)).id, OTHER_POINTS, OTHER_POINTS);
    // Between the others, as a run grows that trains for days.
    appendAll(opened, long, LONG_RUN / OTHER_RUNS, LONG_RUN / OTHER_RUNS, run * (LONG_RUN / OTHER_RUNS));
  }
  const steps = LONG_RUN / CURVES.length;
  const stretches = {
    "at the beginning": [1, NEAR],
    "in the middle": [steps / 2, steps / 2 + NEAR],
    "at the end": [steps - NEAR, steps],
    wide: [steps / 3, steps / 3 + WIDE / CURVES.length],
  } as const;
  const figures = new Map<string, number[]>();
  const put = (name: string, value: number): void => void figures.set(name, [...(figures.get(name) ?? []), value]);
  for (let round = 1; round <= rounds; round++) {
    say(`store: stretches, round ${round} of ${rounds}`);
    const handlers = curveReadingHandlers(await opened.reopen());
    for (const [name, [from, to]] of Object.entries(stretches))
      put(
        name,
        await timed(async () => {
          const asked = { task_id: "one", id: long, curves: ["loss"], axis: "step" as const, max_points: MOST_POINTS };
          const [curve] = (await handlers["runs.stretch"]({ ...asked, from, to })).curves;
          if (curve === undefined || (name !== "wide" && curve.x.length !== curve.points)) throw new Error("points are missing");
        }),
      );
    put("open", await timed(async () => void (await handlers["runs.curves"]({ id: long, max_points: 4000 }))));
  }
  const size = statSync(opened.path).size / 2 ** 20;
  return [
    ...Object.keys(stretches)
      .slice(0, 3)
      .map((name) =>
        measured(`of ten million points, ${NEAR.toLocaleString("en")} ${name} of a run of five`, "ms", figures.get(name) ?? []),
      ),
    measured(
      `the widest stretch that is asked for (${(WIDE / CURVES.length).toLocaleString("en")} points)`,
      "ms",
      figures.get("wide") ?? [],
    ),
    measured("the shape of that whole run, when it is opened", "ms", figures.get("open") ?? []),
    measured("size of that library", "MB", [size]),
  ];
}

function appendAll({ store }: Opened, runId: string, points: number, batch: number, before = 0): void {
  for (let start = before; start < before + points; start += batch)
    store.appendPoints(
      runId,
      Array.from({ length: batch }, (_, i) => {
        const step = Math.floor((start + i) / CURVES.length);
        return { name: CURVES[i % CURVES.length] ?? "loss", step, epoch: 1, seconds: step / 1000, value: 1 / (1 + step) };
      }),
    );
}
