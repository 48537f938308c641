import { describe, expect, it } from "vitest";
import { at } from "../../core/ir/op.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState, type LoopState } from "../../core/train/loop.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { advance, bitsOf, loopOf, moonsRun, type Run } from "./moons-run.ts";

/** Takes a checkpoint, as text and bytes, and puts it into a new network, as a new process would. */
function handOver(from: Run, state: LoopState, to: Run): LoopState {
  const { header, bytes } = takeCheckpoint(from.network, state, 1.5);
  return restoreCheckpoint(to.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice());
}

const STEPS = 30;

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  const trained = (train: Readonly<Record<string, unknown>> = {}, steps = STEPS) => {
    const run = moonsRun(backend, train);
    const start = bitsOf(run);
    advance(run, freshState(), steps);
    return { run, start, end: bitsOf(run) };
  };

  it("gives the same bits for the same seed: weights, moving statistics and moments after 30 steps", () => {
    const [first, second] = [trained(), trained()];
    expect(first.end).toEqual(second.end);
    expect(first.end).not.toEqual(first.start);
  });

  it("gives other weights for another seed, at the start and at the end", () => {
    const [first, second] = [trained(), trained({ seed: 1 })];
    expect(second.start).not.toEqual(first.start);
    expect(second.end).not.toEqual(first.end);
  });

  it("draws the order of the rows and dropout from the seed, not only the weights", () => {
    const run = (seed: number) => {
      const one = moonsRun(backend, { seed });
      one.network.initialise(0);
      advance(one, freshState(), 1);
      return bitsOf(one);
    };
    expect(run(0)).toEqual(run(0));
    expect(run(0)).not.toEqual(run(1));
    const { network } = moonsRun(backend);
    expect([...network.shuffledOrder(84, 1)]).not.toEqual([...network.shuffledOrder(84, 2)]);
    expect([...network.shuffledOrder(84, 1)]).toEqual([...network.shuffledOrder(84, 1)]);
    expect([...network.shuffledOrder(84, 1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 84 }, (_, i) => i));
  });

  it("keeps the rows in order when they are not to be shuffled", () => {
    expect([...moonsRun(backend, { shuffle: false }).network.shuffledOrder(5, 1)]).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([1, 8, 17, 30])("ends with the same bits when it is resumed after %i steps in a new network", (steps) => {
    const options = { epochs: 7, early_stopping: { enabled: true, patience: 3 } };
    const whole = moonsRun(backend, options);
    const end = advance(whole);
    const first = moonsRun(backend, options);
    const state = advance(first, freshState(), steps);
    expect(state.step).toBe(steps);
    const second = moonsRun(backend, options);
    second.network.initialise(99);
    const resumed = advance(second, handOver(first, state, second));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
    expect(resumed).toEqual(end);
    expect(end.step).toBeGreaterThan(30);
  });

  it("reports the same curves whether or not it was interrupted in the middle of an epoch", () => {
    const options = { epochs: 3 };
    const reports = (run: Run, state: LoopState) => {
      const epochs: unknown[] = [];
      for (const report of loopOf(run, state)) if (report.kind === "epoch") epochs.push(report);
      return epochs;
    };
    const whole = moonsRun(backend, options);
    const expected = reports(whole, freshState());
    const first = moonsRun(backend, options);
    const state = advance(first, freshState(), 9);
    const second = moonsRun(backend, options);
    expect(reports(second, handOver(first, state, second))).toEqual(expected.slice(1));
    expect(expected).toHaveLength(3);
  });

  it("predicts a row with the same bits whatever rows stand beside it, and however many", () => {
    const { run } = trained();
    const { training } = run.design.prepared;
    const all = run.network.evaluate(training).predictions["y"] as Float32Array;
    const width = 2;
    const values = training.inputs["x"]?.values as Float32Array;
    for (const rows of [[5], [83, 5], [5, 4, 3, 2, 1, 0], Array.from({ length: 300 }, (_, i) => i % 84)]) {
      const part = {
        rowCount: rows.length,
        rowIds: Uint32Array.from(rows),
        inputs: {
          x: { shape: [width], values: Float32Array.from(rows.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)])) },
        },
        targets: {},
      };
      const { predictions, loss } = run.network.evaluate(part);
      expect([...(predictions["y"] ?? [])]).toEqual(rows.map((row) => at([...all], row)));
      expect(loss).toBeNaN();
    }
    expect(new Set(all).size).toBeGreaterThan(50);
  });

  it("changes nothing by evaluating: neither weights nor moving statistics, and no random stream", () => {
    const undisturbed = trained({}, 12);
    const disturbed = moonsRun(backend);
    const state = advance(disturbed, freshState(), 7);
    const before = bitsOf(disturbed);
    disturbed.network.evaluate(disturbed.design.prepared.validation);
    expect(bitsOf(disturbed)).toEqual(before);
    advance(disturbed, state, 12);
    expect(bitsOf(disturbed)).toEqual(undisturbed.end);
  });
});

it("a sum that is no number any more is none after a checkpoint either, which is kept as text", () => {
  const [first, second] = [moonsRun(oracle), moonsRun(oracle)];
  const state = advance(first, freshState(), 2);
  (state.accumulators[0] ?? [])[1] = Number.NaN;
  const { accumulators } = handOver(first, state, second);
  expect(accumulators).toEqual(state.accumulators);
  expect(accumulators[0]?.[1]).toBeNaN();
});
