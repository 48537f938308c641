/** A million points of two curves: appended in batches as a run does, read back down-sampled as a chart does. */
import { statSync } from "node:fs";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { measured, type Section, timed } from "./measurement.ts";

const POINTS = 1_000_000;
const BATCH = 1000;
const CURVES = ["loss", "val_loss"] as const;

export const storeSection: Section = {
  name: "store",
  title: "Store",
  about: `One run with ${POINTS.toLocaleString("en")} points in ${CURVES.length} curves, appended ${BATCH.toLocaleString("en")} at a time, each batch a transaction on the disk; read whole, and thinned to 500 points a curve.`,
  measure: async ({ rounds, say }) => {
    const figures: Record<"append" | "thinned" | "whole" | "megabytes", number[]> = { append: [], thinned: [], whole: [], megabytes: [] };
    for (let round = 1; round <= rounds; round++) {
      say(`store: round ${round} of ${rounds}`);
      using opened = await newStore();
      const { store, path } = opened;
      const run = store.createRun(sampleRun(newProject(store).id));
      figures.append.push((await timed(() => appendAll(store, run.id))) / 1000);
      figures.thinned.push(await timed(() => store.readCurves(run.id, 500)));
      figures.whole.push(
        (await timed(() => {
          const points = store.readCurves(run.id, POINTS).reduce((sum, curve) => sum + curve.x.length, 0);
          if (points !== POINTS) throw new Error(`${points} points came back`);
        })) / 1000,
      );
      figures.megabytes.push((statSync(path).size + statSync(`${path}-wal`).size) / 2 ** 20);
    }
    const measurements = [
      measured("append", "s", figures.append),
      measured("read, thinned to 500 points a curve", "ms", figures.thinned),
      measured("read whole", "s", figures.whole),
      measured("size of the library and its log", "MB", figures.megabytes),
    ];
    return { measurements, missing: [] };
  },
};

function appendAll(store: Awaited<ReturnType<typeof newStore>>["store"], runId: string): void {
  for (let start = 0; start < POINTS; start += BATCH)
    store.appendPoints(
      runId,
      Array.from({ length: BATCH }, (_, i) => {
        const step = Math.floor((start + i) / CURVES.length);
        return { name: CURVES[i % CURVES.length] ?? "loss", step, epoch: 1, seconds: step / 1000, value: 1 / (1 + step) };
      }),
    );
}
