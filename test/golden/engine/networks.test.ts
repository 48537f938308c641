import { describe, expect, it } from "vitest";
import type { KernelBackend } from "../../../core/kernels/backend.ts";
import { optimizerNames } from "../../../core/optimizers/definitions.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { Network } from "../../../core/train/network.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { enginePath, readGolden } from "./golden-file.ts";
import { describeNetwork, type NetworkCase, specOf, trainingOf } from "./network-job.ts";
import { dataOf, type NetworkScenario, optimizerScenarios, wholeNetworks } from "./networks.ts";

/** The requirement: loss curves of whole networks over 50 steps against PyTorch's, in the loss's own units and relative to it. */
const CURVE_TOLERANCE = 1e-4;
/** Weights after 50 steps have gone through 50 roundings and through Adam, which divides small numbers by small numbers. */
const TRAINED_TOLERANCE = 1e-4;
/** 10 steps of a small network without kinks. */
const SHORT_TOLERANCE = 1e-5;

interface Trained {
  readonly losses: readonly number[];
  /** Of each step, each output's loss times its weight. */
  readonly weighted: readonly (readonly number[])[];
  readonly network: Network;
}

/** From the golden weights over the golden batches, by the path that every run takes. */
function train(scenario: NetworkScenario, golden: NetworkCase, backend: KernelBackend): Trained {
  const training = trainingOf(scenario);
  const network = new Network({ spec: specOf(scenario), training, encodings: scenario.encodings, backend, trainingRows: scenario.rows });
  network.initialise(0);
  for (const { fullName } of network.parameters) network.view("parameter", fullName).set(golden.initial[fullName]?.values ?? []);
  for (const { fullName } of network.states) network.view("state", fullName).set(golden.initial[fullName]?.values ?? []);
  const data = dataOf(scenario.rows, golden);
  const order = network.shuffledOrder(scenario.rows, 1);
  const losses: number[] = [];
  const weighted: number[][] = [];
  const outputs = Object.keys(scenario.encodings);
  let from = 0;
  for (let step = 0; step < scenario.steps; step++) {
    losses.push(network.trainStep(data, order, from, step, training.optimizer.config["learning_rate"] as number, null));
    const own: number[] = [];
    network.addLosses(Math.min(network.batchSize, scenario.rows - from), outputs, 1, own);
    weighted.push(own);
    from = from + network.batchSize >= scenario.rows ? 0 : from + network.batchSize;
  }
  return { losses, weighted, network };
}

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...b.map((value, i) => Math.abs((a[i] ?? Number.NaN) - value)));

function expectTrained({ network }: Trained, { result }: NetworkCase, tolerance: number): void {
  const names = [
    ...network.parameters.map(({ fullName }) => ["parameter", fullName] as const),
    ...network.states.map(({ fullName }) => ["state", fullName] as const),
  ];
  expect(new Set(Object.keys(result.trained))).toEqual(new Set(names.map(([, fullName]) => fullName)));
  for (const [role, fullName] of names)
    expect(distance(Array.from(network.view(role, fullName)), result.trained[fullName]?.values ?? []), fullName).toBeLessThan(tolerance);
}

const pairs = (file: string, scenarios: readonly NetworkScenario[]) => {
  const golden = readGolden<NetworkCase>(enginePath(file));
  return { golden, cases: scenarios.map((scenario, i) => ({ name: scenario.name, scenario, golden: golden.cases[i] as NetworkCase })) };
};

describe("whole networks over 50 steps", () => {
  const { golden, cases } = pairs("networks", wholeNetworks);

  it("have curves of the designs as they are now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(wholeNetworks.map(describeNetwork)));
    expect(cases.map(({ scenario }) => scenario.steps)).toEqual([50, 50, 50, 50]);
  });

  describe.each(cases)("$name", (one) => {
    it("learn something: the last losses are well below the first", () => {
      const { losses } = one.golden.result;
      expect(losses.slice(-5).reduce((a, b) => a + b) / 5).toBeLessThan(0.9 * (losses[0] ?? 0));
    });

    it.each(everyBackend)("follow PyTorch's loss curve ($name)", ({ backend }) => {
      const trained = train(one.scenario, one.golden, backend);
      for (const curve of [one.golden.result.losses, one.golden.result.losses_float32]) {
        expect(curve).toHaveLength(50);
        expect(largestDifference(trained.losses, curve)).toBeLessThan(CURVE_TOLERANCE);
        expect(distance(trained.losses, curve)).toBeLessThan(CURVE_TOLERANCE);
      }
      expectTrained(trained, one.golden, TRAINED_TOLERANCE);
    });
  });

  it.each(everyBackend)("of several outputs each has PyTorch's loss, and they meet with their weights ($name)", ({ backend }) => {
    const severalOutputs = cases.filter(({ golden: { result } }) => result.own_losses !== undefined);
    expect(severalOutputs.length).toBeGreaterThan(0);
    for (const { scenario, golden: one } of severalOutputs) {
      const { weighted } = train(scenario, one, backend);
      const weights = describeNetwork(scenario).outputs.map(({ weight }) => weight);
      expect(new Set(weights).size).toBeGreaterThan(1);
      one.result.own_losses?.forEach((own, step) => {
        const ours = (weighted[step] ?? []).map((loss, k) => loss / (weights[k] ?? 1));
        expect(ours).toHaveLength(own.length);
        expect(largestDifference(ours, own)).toBeLessThan(CURVE_TOLERANCE);
      });
    }
  });
});

describe("optimizers, clipping and penalties over 10 steps", () => {
  const { golden, cases } = pairs("optimizers", optimizerScenarios);

  it("have curves of what is registered now, and of every optimizer", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(optimizerScenarios.map(describeNetwork)));
    expect(new Set(optimizerScenarios.map((scenario) => trainingOf(scenario).optimizer.type))).toEqual(new Set(optimizerNames));
  });

  it("differ from one another: no option is without effect", () => {
    const ends = cases.map((one) => JSON.stringify(one.golden.result.trained));
    expect(new Set(ends).size).toBe(ends.length);
  });

  describe.each(cases)("$name", (one) => {
    it.each(everyBackend)("gives PyTorch's losses and weights ($name)", ({ backend, tolerance }) => {
      const trained = train(one.scenario, one.golden, backend);
      expect(distance(trained.losses, one.golden.result.losses)).toBeLessThan(Math.min(tolerance, SHORT_TOLERANCE));
      expectTrained(trained, one.golden, Math.min(tolerance, SHORT_TOLERANCE));
    });
  });
});
