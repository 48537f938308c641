import { describe, expect, test } from "vitest";
import type { Run, RunGroup } from "../protocol/methods.ts";
import { rankedSettings, trialsOf } from "./group-figures.ts";
import { welchTest } from "./statistics.ts";

const RATE = "training optimizer.learning_rate";
const group = {
  plan: { kind: "sweep", seeds: [1, 2, 3], dimensions: [{ target: { of: "training", option: "optimizer.learning_rate" } }] },
} as unknown as RunGroup;
const run = (rate: number, seed: number, loss: number | null, status = "done"): Run =>
  ({
    id: `${rate} ${seed}`,
    name: `${rate} ${seed}`,
    status,
    has_model: true,
    metrics: { val_loss: loss },
    group_options: { [RATE]: rate, seed },
  }) as unknown as Run;
const seeded = (rate: number, losses: readonly number[]): Run[] => losses.map((loss, seed) => run(rate, seed, loss));

describe("settings of a sweep with several seeds", () => {
  const lucky = [0.1, 0.9, 0.8];
  const steady = [0.31, 0.3, 0.32];
  const poor = [0.71, 0.7, 0.72];
  const runs = [...seeded(1, lucky), ...seeded(2, steady), ...seeded(3, poor)];

  test("are ranked by the mean: one lucky seed makes no best setting", () => {
    const ranked = rankedSettings(group, runs, "val_loss", "low");
    expect(ranked.map(({ options }) => options[RATE])).toEqual([2, 1, 3]);
    expect(ranked[0]?.best.id).toBe("2 1");
    expect(rankedSettings(group, runs, "val_loss", "high").map(({ options }) => options[RATE])).toEqual([3, 1, 2]);
    expect(trialsOf(group, runs, "val_loss").map(({ loss }) => loss)).toEqual([0.6, 0.31, 0.71].map((mean) => expect.closeTo(mean, 12)));
  });

  test("say whether they differ from the first by more than chance, corrected for how many are asked", () => {
    const [first, second, third] = rankedSettings(group, runs, "val_loss", "low");
    expect(first?.p).toBeNull();
    expect(second?.p).toBeCloseTo(welchTest(steady, lucky)?.p ?? Number.NaN, 12);
    expect(third?.p).toBeCloseTo(2 * (welchTest(steady, poor)?.p ?? Number.NaN), 12);
    expect([(second?.p ?? 0) > 0.05, (third?.p ?? 1) < 0.05]).toEqual([true, true]);
  });

  test("that fewer seeds have come to stand behind, and runs without the figure or a model do not count", () => {
    const going = [run(4, 1, 0.01), run(4, 2, null), run(4, 3, 0.01, "running"), ...runs];
    const ranked = rankedSettings(group, going, "val_loss", "low");
    expect(ranked.map(({ options, summary }) => [options[RATE], summary.count])).toEqual([
      [2, 3],
      [1, 3],
      [3, 3],
      [4, 1],
    ]);
    expect(ranked[3]?.p).toBeNull();
  });

  test("count a seed once, however often a search trained it: the same bits again make nothing more certain", () => {
    const again = [...runs, ...runs.filter((one) => one.id.startsWith("3 "))];
    expect(rankedSettings(group, again, "val_loss", "low")).toEqual(rankedSettings(group, runs, "val_loss", "low"));
    expect(trialsOf(group, again, "val_loss")).toEqual(trialsOf(group, runs, "val_loss"));
  });
});
