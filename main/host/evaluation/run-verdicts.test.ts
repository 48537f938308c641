/** What is said of a run is of the rows held out, and where none were, of those that it learnt from. */
import { expect, test } from "vitest";
import type { EvaluatedOutput } from "../../../core/train/evaluation.ts";
import { newProject, newStore } from "../../store/testing/opened-store.ts";
import { sampleRun } from "../../store/testing/store-fixture.ts";
import { verdictsOf } from "./run-verdicts.ts";

/** Says "no" to every row; so many of a hundred are. */
const saysNo = (share: number): EvaluatedOutput => ({
  node_id: "out",
  name: "kind",
  task: "two_classes",
  labels: ["no", "yes"],
  rows: 100,
  weight: 100,
  loss: 0.5,
  figures: { accuracy: share / 100 },
  classes: [],
  confusion: [
    [share, 0],
    [100 - share, 0],
  ],
  curves: [],
  calibration: null,
});

async function judged(names: readonly string[]) {
  using opened = await newStore();
  const { store } = opened;
  const { id } = store.createRun(sampleRun(newProject(store).id));
  const metrics = Object.fromEntries(names.map((name) => [name, 0.5]));
  store.updateRun(id, { status: "done", metrics });
  store.appendPoints(
    id,
    names.flatMap((name) => [1, 2, 3].map((epoch) => ({ name, step: epoch, epoch, seconds: epoch, value: 1 / epoch }))),
  );
  store.saveEvaluation(id, "training", { rows: 100, loss: 0.5, outputs: [saysNo(60)] });
  if (names.includes("val_loss")) store.saveEvaluation(id, "validation", { rows: 100, loss: 0.5, outputs: [saysNo(70)] });
  const verdicts = await verdictsOf(store, id, () => "new");
  return verdicts.map(({ code, params }) => [code, params["share"]]);
}

test("the rows that were held out are judged, whatever else was evaluated", async () => {
  expect(await judged(["loss", "val_loss"])).toEqual([["verdict.no_better_than_majority", 70]]);
});

test("where nothing was held out the training rows are, and it is said", async () => {
  expect(await judged(["loss"])).toEqual([
    ["verdict.no_better_than_majority", 60],
    ["verdict.on_training_rows", undefined],
  ]);
});
