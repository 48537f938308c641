import { describe, expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import { specHash } from "../../core/spec/hash.ts";
import { readTraining, writeTraining } from "../../core/spec/training.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState, settleWeights } from "../../core/train/loop.ts";
import { Predictor } from "../../core/train/model.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { backends, oracle } from "./backends.ts";
import { distance } from "./distance.ts";
import { advance, bitsOf, loopOf, moonsDesign, moonsRun, moonsTable } from "./moons-run.ts";

const EMA = { use_ema: true, ema_momentum: 0.9, epochs: 2 };

describe("the average of the weights", () => {
  it("is Keras's: the weights after the first step, then momentum · average + (1 − momentum) · weights", () => {
    const run = moonsRun(oracle, EMA);
    const average = run.network.view("slot", "weight_average");
    const state = freshState();
    let expected: number[] = [];
    for (const report of loopOf(run, state)) {
      if (report.kind === "epoch") break;
      const weights = Array.from(run.network.block("parameter"));
      expected = expected.length === 0 ? weights : expected.map((a, i) => 0.9 * a + (1 - 0.9) * (weights[i] ?? 0));
      expect(distance(Array.from(average), expected)).toBeLessThan(1e-12);
    }
    expect(state.step).toBe(6);
  });

  it("is what validation looks at; training goes on from the weights themselves", () => {
    const [run, plain] = [moonsRun(oracle, EMA), moonsRun(oracle, { epochs: 2 })];
    const losses: (number | null)[] = [];
    const state = freshState();
    for (const report of loopOf(run, state))
      if (report.kind === "epoch") {
        losses.push(report.valLoss);
        if (report.epoch > 1) break;
        // What the same weights, averaged by hand, are worth.
        const copy = moonsRun(oracle, EMA);
        copy.network.block("parameter").set(run.network.view("slot", "weight_average"));
        copy.network.block("state").set(run.network.block("state"));
        expect(report.valLoss).toBe(copy.network.evaluate(run.design.prepared.validation).loss);
        const first = advance(plain, freshState(), 6);
        expect(first.step).toBe(6);
        expect(Array.from(run.network.block("parameter"))).toEqual(Array.from(plain.network.block("parameter")));
      }
    expect(new Set(losses).size).toBe(2);
  });

  it("takes the place of the weights at the end, so that a run says of its last epoch what its model gives", () => {
    const run = moonsRun(oracle, EMA);
    const state = advance(run);
    expect(Array.from(run.network.block("parameter"))).toEqual(Array.from(run.network.view("slot", "weight_average")));
    expect(run.network.evaluate(run.design.prepared.validation).loss).toBe(state.latestReport?.valLoss);
  });

  it("is what a stopped run keeps, and a run that took no step keeps its first weights", () => {
    const run = moonsRun(oracle, EMA);
    const state = freshState();
    const first = Array.from(run.network.block("parameter"));
    settleWeights(run.network, state);
    expect(Array.from(run.network.block("parameter"))).toEqual(first);
    advance(run, state, 8);
    settleWeights(run.network, state);
    expect(Array.from(run.network.block("parameter"))).toEqual(Array.from(run.network.view("slot", "weight_average")));
  });

  it("is what early stopping keeps of the best epoch", () => {
    const run = moonsRun(oracle, { ...EMA, epochs: 30, early_stopping: { enabled: true, patience: 2, min_delta: 0 } });
    const state = advance(run);
    expect(run.network.evaluate(run.design.prepared.validation).loss).toBe(state.bestReport?.valLoss);
  });

  it("leaves frozen weights where they are", () => {
    const run = moonsRun(oracle, EMA, ["hidden"]);
    const before = Array.from(run.network.view("parameter", "hidden/kernel"));
    advance(run);
    expect(Array.from(run.network.view("parameter", "hidden/kernel"))).toEqual(before);
    expect(run.network.view("slot", "weight_average").length).toBe(run.network.parameterCount - run.network.frozenCount);
  });

  it("costs nothing and changes no hash while it is off", () => {
    expect(() => moonsRun(oracle).network.view("slot", "weight_average")).toThrowError("no slot");
    const written = writeTraining(readTraining({}));
    expect(Object.keys(written).filter((key) => key.includes("ema"))).toEqual([]);
    const design = moonsDesign();
    expect(specHash(design, writeTraining(readTraining({ use_ema: false, ema_momentum: 0.5 })))).toBe(specHash(design, written));
    expect(specHash(design, writeTraining(readTraining({ use_ema: true })))).not.toBe(specHash(design, written));
  });
});

describe.each(backends)("a run with averaged weights on $name, $arithmetic", (backend) => {
  it.each([
    ["in the middle of an epoch", 9],
    ["after the first step", 1],
  ])("resumed %s goes on to the same bits", (_, steps) => {
    const whole = moonsRun(backend, EMA);
    advance(whole);
    const first = moonsRun(backend, EMA);
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), steps), 0);
    const second = moonsRun(backend, EMA);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("writes the averaged weights into its model", () => {
    const { model, network, epochs } = trainDesign({ design: moonsDesign(EMA), table: moonsTable(), backend, clock: () => 0 });
    const predictor = new Predictor(readModel(model), backend);
    expect(Array.from(predictor.network.block("parameter"))).toEqual(Array.from(network.view("slot", "weight_average")));
    expect(predictor.check().largestDifference).toBe(0);
    expect(epochs).toHaveLength(2);
  });
});
