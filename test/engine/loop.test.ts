/** What the loop reports, over real data; what it does around early stopping is in core/train/loop.test.ts. */
import { describe, expect, it } from "vitest";
import { at } from "../../core/ir/op.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { type EpochReport, freshState, type StepReport } from "../../core/train/loop.ts";
import { bitsOf, loopOf, moonsRun, type Run } from "./moons-run.ts";

const backend = createReferenceBackend("float32");

/** All reports, those of steps copied: the loop uses one object for them. */
function reportsOf(
  run: Run,
  state = freshState(),
): { steps: readonly StepReport[]; epochs: readonly EpochReport[]; rows: readonly number[] } {
  const steps: StepReport[] = [];
  const epochs: EpochReport[] = [];
  /** Rows of each step, 0 for the end of an epoch. */
  const rows: number[] = [];
  for (const report of loopOf(run, state)) {
    if (report.kind === "epoch") epochs.push(report);
    else steps.push({ ...report });
    rows.push(report.kind === "epoch" ? 0 : report.rows);
  }
  return { steps, epochs, rows };
}

describe("trainingLoop", () => {
  it("visits every row once an epoch, in batches of which the last is short", () => {
    const { steps, epochs, rows } = reportsOf(moonsRun(backend, { epochs: 2 }));
    expect(rows).toEqual([16, 16, 16, 16, 16, 4, 0, 16, 16, 16, 16, 16, 4, 0]);
    expect(steps.map(({ step, epoch }) => `${step} of epoch ${epoch}`).slice(4, 8)).toEqual([
      "5 of epoch 1",
      "6 of epoch 1",
      "7 of epoch 2",
      "8 of epoch 2",
    ]);
    expect(epochs.map(({ epoch, step, last }) => ({ epoch, step, last }))).toEqual([
      { epoch: 1, step: 6, last: false },
      { epoch: 2, step: 12, last: true },
    ]);
  });

  it("takes all rows together for gradient descent, whatever the batch size", () => {
    const { rows, epochs, steps } = reportsOf(
      moonsRun(backend, { epochs: 2, optimizer: { type: "gradient_descent", learning_rate: 0.1 } }),
    );
    expect(rows).toEqual([84, 0, 84, 0]);
    expect(at(epochs, 1).loss).toBe(at(steps, 1).loss);
    expect(at(steps, 1).loss).toBeLessThan(at(steps, 0).loss);
  });

  it("reports the mean over the rows of an epoch, not over its batches", () => {
    const { steps, epochs } = reportsOf(moonsRun(backend, { epochs: 1 }));
    expect(at(epochs, 0).loss).toBeCloseTo(steps.reduce((sum, { loss, rows }) => sum + loss * rows, 0) / 84, 12);
  });

  it("reports loss and metrics of both parts, by Keras's names", () => {
    const { epochs } = reportsOf(moonsRun(backend, { epochs: 1 }));
    const { metrics, valLoss } = at(epochs, 0);
    expect(Object.keys(metrics).sort()).toEqual([
      "accuracy",
      "f1",
      "precision",
      "recall",
      "val_accuracy",
      "val_auc",
      "val_f1",
      "val_precision",
      "val_recall",
    ]);
    expect(valLoss).toBeGreaterThan(0);
    for (const value of Object.values(metrics)) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  it("learns two moons", () => {
    const { epochs } = reportsOf(moonsRun(backend, { epochs: 60, optimizer: { type: "adam", learning_rate: 0.02 } }));
    expect(epochs.at(-1)?.metrics["val_accuracy"]).toBeGreaterThanOrEqual(0.9);
  });

  it("does nothing more when it is started again after its last epoch", () => {
    const run = moonsRun(backend, { epochs: 1 });
    const state = freshState();
    reportsOf(run, state);
    const before = bitsOf(run);
    expect(reportsOf(run, state).rows).toEqual([]);
    expect(bitsOf(run)).toEqual(before);
  });

  it("weighs the rows when classes are to be balanced", () => {
    const firstLoss = (classWeight: string, isUneven: boolean): number => {
      const run = moonsRun(backend, { epochs: 1, class_weight: classWeight });
      if (isUneven) run.design.prepared.training.targets["y"]?.values.fill(0, 0, 70);
      return at(reportsOf(run).steps, 0).loss;
    };
    // Two moons have as many rows of each class.
    expect(firstLoss("balanced", false)).toBeCloseTo(firstLoss("none", false), 6);
    expect(Math.abs(firstLoss("balanced", true) - firstLoss("none", true))).toBeGreaterThan(1e-3);
  });
});
