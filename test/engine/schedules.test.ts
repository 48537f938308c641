import { describe, expect, it } from "vitest";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState, type LoopState } from "../../core/train/loop.ts";
import { backends, oracle } from "./backends.ts";
import { advance, bitsOf, loopOf, moonsRun, type Run } from "./moons-run.ts";

const PLATEAU = {
  epochs: 6,
  optimizer: { type: "sgd", learning_rate: 0.5 },
  // Nothing is better by a thousand: it falls after the second epoch, and then after every one.
  schedule: { type: "reduce_on_plateau", patience: 1, min_delta: 1000, factor: 0.5 },
};
const STEPS_PER_EPOCH = 6;

function rates(run: Run, state: LoopState = freshState()): number[] {
  const found: number[] = [];
  for (const report of loopOf(run, state)) if (report.kind === "step") found.push(report.learningRate);
  return found;
}

describe("schedules in the loop", () => {
  it("give every step its rate, which the step reports", () => {
    const found = rates(moonsRun(oracle, { epochs: 2, schedule: { type: "exponential_decay", decay_steps: 1, decay_rate: 0.5 } }));
    expect(found).toEqual(Array.from({ length: 12 }, (_, step) => 0.01 * 0.5 ** step));
  });

  it("last as long as the run where nothing else is said", () => {
    const found = rates(moonsRun(oracle, { epochs: 2, schedule: { type: "polynomial_decay", end_learning_rate: 0 } }));
    expect(found).toEqual(Array.from({ length: 12 }, (_, step) => expect.closeTo(0.01 * (1 - step / 12), 15)));
  });

  it("fall on a plateau from epoch to epoch", () => {
    const found = rates(moonsRun(oracle, PLATEAU));
    const perEpoch = found.filter((_, step) => step % STEPS_PER_EPOCH === 0);
    expect(perEpoch).toEqual([0.5, 0.5, 0.25, 0.125, 0.0625, 0.03125]);
    expect(found).toEqual(perEpoch.flatMap((one) => new Array<number>(STEPS_PER_EPOCH).fill(one)));
  });

  it("change the weights", () => {
    const end = (schedule: object): readonly string[] => {
      const run = moonsRun(oracle, { epochs: 1, schedule });
      advance(run);
      return bitsOf(run);
    };
    expect(end({ type: "constant" })).not.toEqual(end({ type: "exponential_decay", decay_steps: 1 }));
  });
});

describe.each(backends)("a run with a schedule on $name, $arithmetic", (backend) => {
  it.each([
    ["in the middle of an epoch", 15],
    ["at the end of one", 18],
  ])("resumed %s goes on to the same bits", (_, steps) => {
    const whole = moonsRun(backend, PLATEAU);
    const end = advance(whole);
    const first = moonsRun(backend, PLATEAU);
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), steps), 0);
    const kept = JSON.parse(JSON.stringify(header)) as CheckpointHeader;
    const second = moonsRun(backend, PLATEAU);
    const state = restoreCheckpoint(second.network, kept, bytes);
    expect(state.schedule.rate).not.toBeNull();
    expect(advance(second, state).schedule).toEqual(end.schedule);
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("goes on from a checkpoint of before there were schedules", () => {
    const run = moonsRun(backend);
    const { header, bytes } = takeCheckpoint(run.network, advance(run, freshState(), 9), 0);
    const { schedule: _, ...loop } = header.loop;
    const state = restoreCheckpoint(run.network, { ...header, loop: loop as CheckpointHeader["loop"] }, bytes);
    expect(state.schedule).toEqual(freshState().schedule);
  });
});
