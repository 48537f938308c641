/** The best threshold for an aim, asked of a run: the same as of its curve where that has all points, whoever looks through the rows. */
import { expect, it } from "vitest";
import { type Aim, bestPoint, costOf, RATES, thresholdPoints } from "../../core/insight/thresholds.ts";
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import { answerOfRows } from "../../main/engine/rows-task.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const AIMS: readonly Aim[] = [
  { kind: "accuracy" },
  { kind: "f1" },
  { kind: "cost", costs: { falsePositive: 1, falseNegative: 5 } },
  { kind: "recall", least: 0.9 },
  { kind: "precision", least: 0.9 },
];

it("a run is asked over all rows of a part, and says so where no threshold reaches what is wanted", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await startRun(host, await openTemplate(host, "network-that-learns-by-heart", { epochs: 30 }));
  await runUntil(host, run.id, hasEnded);
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
  const [output] = evaluation.outputs;
  const roc = output?.curves.find(({ kind }) => kind === "roc");
  const yes = output?.classes[1]?.support ?? 0;
  expect(roc?.exact).toBe(true);
  const points = thresholdPoints(roc ?? { x: [], y: [], thresholds: [] }, yes, (output?.weight ?? 0) - yes);
  const asked = { id: run.id, part: "validation", node_id: null, label: 1 } as const;
  for (const aim of AIMS) {
    const { point } = await host.handlers["runs.best_threshold"]({ ...asked, aim });
    const own = points[bestPoint(points, aim)];
    expect(point === null, aim.kind).toBe(own === undefined);
    if (point === null || own === undefined) continue;
    const costs = aim.kind === "cost" ? aim.costs : { falsePositive: 1, falseNegative: 1 };
    expect(costOf(point, costs)).toBeCloseTo(costOf(own, costs), 9);
    expect(RATES.f1(point)).toBeCloseTo(RATES.f1(own), 9);
  }
  expect((await host.handlers["runs.best_threshold"]({ ...asked, aim: { kind: "precision", least: 1.1 } })).point).toBeNull();
  expect((await host.handlers["runs.best_threshold"]({ ...asked, label: 7, aim: { kind: "f1" } })).point).toBeNull();
});

it("a worker looks through many rows: of several classes the one that is asked for against the rest", async () => {
  const rows: PredictedRows = {
    nodeId: "out",
    name: "out",
    task: { kind: "classes", count: 3, probabilities: true, threshold: 0.5, encoding: "class_index" },
    labels: ["a", "b", "c"],
    rows: 4,
    predictions: [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.3, 0.5, 0.2, 0.2, 0.1, 0.7],
    targets: [0, 1, 0, 2],
    weights: null,
    rowIds: new Uint32Array(4),
  };
  const answer = await answerOfRows(
    { kind: "best_threshold", rows, label: 0, aim: { kind: "accuracy" } },
    { loadTable: () => Promise.reject(new Error("no table is needed")) },
  );
  const expected = { threshold: 0.3, truePositives: 2, falsePositives: 0, trueNegatives: 2, falseNegatives: 0 };
  expect(answer).toEqual({ kind: "best_threshold", point: expected });
});
