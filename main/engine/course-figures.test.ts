/** Learning rate, gradient and speed beside the loss: what they are, and how seldom they are kept. */
import { expect, it } from "vitest";
import { CourseFigures } from "./course-figures.ts";

const network = { gradientNorm: () => 5 };
const epoch = (number: number, last = false) => ({
  kind: "epoch" as const,
  epoch: number,
  step: 10 * number,
  loss: 1,
  valLoss: null,
  metrics: {},
  better: false,
  last,
});
const now = { seconds: 2, learningRate: 0.01, samplesPerSecond: 500 };

it("tells the learning rate, the norm of the gradient and the speed of an epoch", () => {
  const points = new CourseFigures(() => 0).endEpoch(network, epoch(3), now);
  expect(points.map(({ name, value, step, epoch: at }) => [name, value, step, at])).toEqual([
    ["learning_rate", 0.01, 30, 3],
    ["gradient_norm", 5, 30, 3],
    ["samples_per_second", 500, 30, 3],
  ]);
});

it("of short epochs keeps some, and the last one always; what is not finite or not known is no number", () => {
  let time = 0;
  const course = new CourseFigures(() => time);
  const kept = Array.from({ length: 100 }, (_, k) => {
    time += 10;
    return course.endEpoch(network, epoch(k + 1, k === 99), now).length > 0 ? k + 1 : 0;
  }).filter((k) => k > 0);
  expect(kept).toEqual([1, 26, 51, 76, 100]);
  const broken = { gradientNorm: () => Number.NaN };
  const points = new CourseFigures(() => 0).endEpoch(broken, epoch(1), { ...now, samplesPerSecond: null });
  expect(points.map(({ name, value }) => [name, value])).toEqual([
    ["learning_rate", 0.01],
    ["gradient_norm", null],
  ]);
});

it("tells nothing of a step where none was taken since a run was resumed", () => {
  const points = new CourseFigures(() => 0).endEpoch({ gradientNorm: () => null }, epoch(1), now);
  expect(points.map(({ name }) => name)).toEqual(["samples_per_second"]);
});
