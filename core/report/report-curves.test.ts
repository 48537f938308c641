/** What of a run's curves a report draws. */
import { expect, it } from "vitest";
import type { Curve, Run } from "../protocol/methods.ts";
import { curveSection } from "./report-curves.ts";
import type { ReportedRun } from "./reported.ts";

const curve = (name: string, x: number[], y: number[]): Curve => ({ name, x, epoch: x.map((step) => Math.ceil(step / 10)), seconds: x, y });

function sectionOf(curves: readonly Curve[], language: "en" | "zh" = "en"): string {
  const run = { id: "a", name: "#1", steps_per_epoch: 10 } as Run;
  return curveSection([{ run, curves, judged: [], verdicts: [] } as unknown as ReportedRun], language).html;
}

/** Places along the axis of the points of each line. */
const placesOf = (html: string): readonly number[][] =>
  [...html.matchAll(/<path class="c1[^"]*" d="([^"]*)"/g)].map(([, d = ""]) => [...d.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x)));

const loss = curve("loss", [10, 20], [3, 2]);
const valLoss = curve("val_loss", [10, 20], [3, 2]);

it("draws how the training went, by epoch like everything else", () => {
  const course = ["learning_rate", "gradient_norm", "samples_per_second"].map((name) => curve(name, [5, 10, 15, 20], [1, 2, 3, 4]));
  const html = sectionOf([loss, ...course, curve("clock", [1], [1e9])]);
  expect([...html.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, title]) => title)).toEqual([
    "Loss",
    "Learning rate",
    "Gradient norm",
    "Samples a second",
  ]);
  expect(sectionOf([loss, ...course], "zh")).toContain("<figcaption>梯度范数</figcaption>");
  expect(placesOf(html).map((places) => places.length)).toEqual([2, 4, 4, 4]);
});

it("draws validation between the epochs in the line of validation, and leaves out what a few batches gave", () => {
  const between = [curve("batch_val_loss", [5, 15], [4, 2.5]), curve("batch_loss", [1, 2, 3], [9, 9, 9])];
  const [training, validation] = placesOf(sectionOf([loss, valLoss, ...between]));
  expect(training).toHaveLength(2);
  expect(validation).toHaveLength(4);
  expect(validation).toEqual([...(validation ?? [])].sort((a, b) => a - b));
  // The ends of epochs stand where they stand in the line of training.
  expect([validation?.[1], validation?.[3]]).toEqual(training);
});
