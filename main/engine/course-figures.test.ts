/** Learning rate, gradient, speed and metrics of batches beside the loss: what they are, at which steps, and how seldom they are kept. */
import { expect, it } from "vitest";
import { CourseFigures, MOST_STEPS } from "./course-figures.ts";

const now = { seconds: 2, learningRate: 0.01, samplesPerSecond: 500 };

interface Course {
  readonly stepsPerEpoch?: number;
  readonly epochs?: number;
  readonly norm?: number | null;
  readonly nowMs?: () => number;
}

/** A run of which only the course is there; a metric is the number of batches since the last point. */
function followed({ stepsPerEpoch = 10, epochs = 100, norm = 5, nowMs = () => 0 }: Course) {
  const state = { step: 0, epoch: 1 };
  let [measured, next, taken] = [-1, false, 0];
  const network = { stepsPerEpoch, gradientNorm: () => norm, measureNext: () => (next = true) };
  const window = {
    get isBegun() {
      return taken > (state.epoch - 1) * stepsPerEpoch;
    },
    get isEpochDone() {
      return state.step === state.epoch * stepsPerEpoch;
    },
    beginEpoch: () => {},
    take: (): Record<string, number> => {
      const begun = Math.max(taken, (state.epoch - 1) * stepsPerEpoch);
      const batches = state.step - begun;
      if (batches === 0 || batches === stepsPerEpoch) return {};
      taken = state.step;
      return { accuracy: batches };
    },
  };
  const course = new CourseFigures(nowMs, { network, window, state }, epochs);
  const step = () => {
    state.step += 1;
    if (next) [measured, next] = [state.step, false];
    return course.isDue(nowMs()) ? course.atStep(now) : [];
  };
  const endEpoch = (last = false) => {
    const { epoch, step: at } = state;
    const told = course.endEpoch({ kind: "epoch", epoch, step: at, loss: 1, valLoss: null, metrics: {}, better: false, last }, now);
    state.epoch += 1;
    return told;
  };
  return { state, course, step, endEpoch, lastMeasured: () => measured };
}

it("tells the learning rate, the norm of the gradient and the speed at the end of an epoch", () => {
  const run = followed({ stepsPerEpoch: 1 });
  Object.assign(run.state, { step: 30, epoch: 3 });
  expect(run.endEpoch().map(({ name, value, step, epoch }) => [name, value, step, epoch])).toEqual([
    ["learning_rate", 0.01, 30, 3],
    ["gradient_norm", 5, 30, 3],
    ["samples_per_second", 500, 30, 3],
  ]);
});

it("tells them at steps of an epoch too, of gradients that were measured, a few times a second", () => {
  let time = 0;
  const run = followed({ stepsPerEpoch: 1000, epochs: 1, nowMs: () => time });
  const told = Array.from({ length: 100 }, () => {
    time += 10;
    const points = run.step();
    if (points.length > 0) expect(run.lastMeasured()).toBe(run.state.step);
    return points;
  }).flat();
  const steps = (name: string) => told.filter((point) => point.name === name).map(({ step }) => step);
  expect(steps("gradient_norm")).toEqual([26, 52, 78]);
  expect(steps("learning_rate")).toEqual(steps("gradient_norm"));
  expect(steps("samples_per_second")).toEqual(steps("gradient_norm"));
  expect(told.filter(({ name }) => name === "batch_accuracy").map(({ value }) => value)).toEqual([26, 26, 26]);
});

it("of short epochs keeps some, and the last one always; what is not finite or not known is no number", () => {
  let time = 0;
  const run = followed({ stepsPerEpoch: 1, epochs: 100_000, nowMs: () => time });
  const kept = Array.from({ length: 100 }, (_, k) => {
    time += 10;
    run.state.step += 1;
    return run.endEpoch(k === 99).length > 0 ? k + 1 : 0;
  }).filter((k) => k > 0);
  expect(kept).toEqual([1, 26, 51, 76, 100]);
  const broken = followed({ norm: Number.NaN });
  Object.assign(broken.state, { step: 10 });
  const points = broken.course.endEpoch(
    { kind: "epoch", epoch: 1, step: 10, loss: 1, valLoss: null, metrics: {}, better: false, last: false },
    { ...now, samplesPerSecond: null },
  );
  expect(points.map(({ name, value }) => [name, value])).toEqual([
    ["learning_rate", 0.01],
    ["gradient_norm", null],
  ]);
});

it("tells nothing of a step where none was taken since a run was resumed", () => {
  const run = followed({ norm: null });
  run.state.step = 10;
  expect(run.endEpoch().map(({ name }) => name)).toEqual(["samples_per_second"]);
});

it.each([
  [1_000_000, 1],
  [1000, 1000],
  [7, 90_000],
])("of %i steps an epoch and %i epochs keeps no more than a chart can show, however slow they are", (stepsPerEpoch, epochs) => {
  let time = 0;
  const run = followed({ stepsPerEpoch, epochs, nowMs: () => time });
  let [course, batches] = [0, 0];
  for (let k = 0; k < Math.min(stepsPerEpoch * epochs, 1_000_000); k += 1) {
    time += 1000;
    for (const { name } of run.step()) {
      if (name === "gradient_norm") course += 1;
      if (name === "batch_accuracy") batches += 1;
    }
    if (run.state.step % stepsPerEpoch === 0) run.endEpoch();
  }
  expect(course).toBeLessThanOrEqual(MOST_STEPS);
  // The end of an epoch that had one has one more.
  expect(batches).toBeLessThanOrEqual(2 * MOST_STEPS);
  // Where epochs are shorter than the stretches between two points their own say all.
  if (stepsPerEpoch === 7) expect(batches).toBe(0);
  else expect(batches).toBeGreaterThan(MOST_STEPS / 4);
});
