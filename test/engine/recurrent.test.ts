/** Recurrent layers in whole networks: long sequences, masks, wired states, dropout, clipping, gates to look at, threads. */
import { describe, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import { at } from "../../core/ir/op.ts";
import { type Shape, sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { NO_NOTES } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import { type DataFacts, makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";
import { backends, nameOf, oracle } from "./backends.ts";
import { chain, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";
import { SmallProgram, sumWeights, weightedSum } from "./program.ts";

const CELLS = ["simple_rnn", "lstm", "gru"] as const;
const everyBackend = [oracle, ...backends].map((backend) => ({ backend, name: nameOf(backend) }));

const draw = (size: number, seed: number, scale = 1): Float32Array => {
  const random = new Random(seed);
  return Float32Array.from({ length: size }, () => scale * random.normal());
};

interface Alone {
  readonly outputs: readonly number[][];
  readonly gradients: Readonly<Record<string, number[]>>;
}

/** One layer with random weights over random rows; gradients of the sum of its outputs times random numbers. */
function runAlone(
  backend: KernelBackend,
  type: string,
  options: Readonly<Record<string, unknown>>,
  inputs: readonly { readonly shape: Shape; readonly values: ArrayLike<number> }[],
  { training = true, mask, step = 0 }: { training?: boolean; mask?: { shape: Shape; values: readonly number[] }; step?: number } = {},
): Alone {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(`no layer '${type}'`);
  const config = validateConfig(definition.schema, options, type);
  const context = { config, inputs: inputs.map(({ shape }) => shape.slice(1)) };
  const parameters: Record<string, Tensor> = {};
  let declared: { inputs: Tensor[]; outputs: readonly Tensor[]; weights: Tensor[]; mask: Tensor | undefined } | undefined;
  const program = new SmallProgram(backend, (builder) => {
    for (const { name, shape } of definition.parameters?.(context) ?? []) parameters[name] = builder.tensor(shape, "parameter", name);
    const tensors = inputs.map(({ shape }, i) => builder.tensor(shape, "parameter", `input ${i}`));
    const masks = mask === undefined ? [] : [builder.tensor(mask.shape, "constant", "mask")];
    const outputs = definition.build({
      ...NO_NOTES,
      builder,
      config,
      inputs: tensors,
      masks,
      parameters,
      states: {},
      training,
      stream: 3,
      seed: 5,
    });
    const weights = sumWeights(builder, outputs);
    declared = { inputs: tensors, outputs, weights, mask: masks[0] };
    return { results: outputs, loss: weightedSum(builder, outputs, weights) };
  });
  if (declared === undefined) throw new Error("nothing was declared");
  const { outputs, weights } = declared;
  Object.values(parameters).forEach((tensor, i) => program.write(tensor, draw(sizeOf(tensor.shape), 100 + i, 0.4)));
  declared.inputs.forEach((tensor, i) => program.write(tensor, at(inputs, i).values));
  weights.forEach((tensor, i) => program.write(tensor, draw(sizeOf(tensor.shape), 200 + i)));
  if (declared.mask !== undefined && mask !== undefined) program.write(declared.mask, mask.values);
  program.run(step);
  const gradients = [...Object.entries(parameters), ...declared.inputs.map((tensor): [string, Tensor] => [tensor.name, tensor])];
  return {
    outputs: outputs.map((output) => program.read(output)),
    gradients: Object.fromEntries(gradients.map(([name, tensor]) => [name, program.gradient(tensor)])),
  };
}

function networkOf(
  graph: GraphDocument,
  facts: DataFacts,
  options: Readonly<Record<string, unknown>>,
  backend: KernelBackend,
  rows: number,
  taps = false,
) {
  const spec = makeModelSpec(graph, facts);
  const network = new Network({ spec, training: readTraining(options), encodings: { y: "value" }, backend, trainingRows: rows, taps });
  network.initialise(3);
  return network;
}

describe.each(CELLS)("%s over 1,000 steps", (type) => {
  /** Float32 against float64: a rounding of 6e-8 at each of 1,000 steps, of which a contracting cell forgets nearly all. */
  const TOLERANCE = 2e-5;
  const inputs = [{ shape: [2, 1000, 3], values: draw(6000, 1) }];
  const exact = runAlone(oracle, type, { units: 9 }, inputs);

  it.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("has the gradients of a float64 run ($name)", ({ backend }) => {
    const { outputs, gradients } = runAlone(backend, type, { units: 9 }, inputs);
    outputs.forEach((output, i) => expect(distance(output, at(exact.outputs, i)), `output ${i}`).toBeLessThan(TOLERANCE));
    for (const [name, gradient] of Object.entries(gradients))
      expect(distance(gradient, exact.gradients[name] ?? []), name).toBeLessThan(TOLERANCE);
    expect(Math.max(...(exact.gradients["recurrent_kernel"] ?? []).map(Math.abs))).toBeGreaterThan(0.1);
  });
});

describe.each(CELLS)("a padded sequence through %s", (type) => {
  const [steps, padded] = [4, 7];
  const short = draw(steps * 2, 1);

  it.each([
    { where: "behind it", from: 0 },
    { where: "before it", from: padded - steps },
  ])("ends in the state of the sequence alone, with the same gradients: padding $where", ({ from }) => {
    const values = new Float32Array(padded * 2).fill(1e6);
    values.set(short, from * 2);
    const mask = { shape: [1, padded], values: Array.from({ length: padded }, (_, t) => (t >= from && t < from + steps ? 1 : 0)) };
    for (const { backend } of everyBackend) {
      const alone = runAlone(backend, type, { units: 5 }, [{ shape: [1, steps, 2], values: short }]);
      const within = runAlone(backend, type, { units: 5 }, [{ shape: [1, padded, 2], values }], { mask });
      expect(within.outputs).toEqual(alone.outputs);
      const gradient = within.gradients["input 0"] ?? [];
      expect(gradient.slice(from * 2, (from + steps) * 2)).toEqual(alone.gradients["input 0"]);
      expect(gradient.filter((value) => value !== 0).length).toBe(steps * 2);
      expect(distance(within.gradients["recurrent_kernel"] ?? [], alone.gradients["recurrent_kernel"] ?? [])).toBeLessThan(1e-6);
    }
  });
});

it("a mask travels from the embedding of padded indices through other layers to the recurrent ones and to the pooling", () => {
  const nodes = [
    node("x", "input"),
    node("e", "embedding", { input_dim: 9, output_dim: 3, mask_zero: true }),
    node("d", "dropout"),
    node("r", "bidirectional", { units: 4, return_sequences: true }),
    node("n", "layer_normalization"),
    node("g", "global_average_pooling_1d"),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  for (const { backend } of everyBackend) {
    const predict = (rows: readonly number[][]): Float32Array => {
      const network = networkOf(chain(...nodes), { inputs: { x: [at(rows, 0).length] }, outputs: { y: { columns: 1 } } }, {}, backend, 0);
      return network.evaluate(partOf(rows.length, { x: { shape: [at(rows, 0).length], values: rows.flat() } })).predictions[
        "y"
      ] as Float32Array;
    };
    const [alone] = predict([[5, 2, 7]]);
    const [behind, before, other] = predict([
      [5, 2, 7, 0, 0],
      [0, 0, 5, 2, 7],
      [5, 2, 7, 1, 1],
    ]);
    expect(Math.abs((behind ?? 0) - (alone ?? 1))).toBeLessThan(1e-6);
    expect(Math.abs((before ?? 0) - (alone ?? 1))).toBeLessThan(1e-6);
    expect(Math.abs((other ?? 0) - (alone ?? 1))).toBeGreaterThan(1e-3);
  }
});

describe("dropout in recurrent layers", () => {
  const [B, T, F] = [3, 6, 5];
  const ones = { shape: [B, T, F], values: new Float32Array(B * T * F).fill(1) };

  it("drops the same inputs at every step of a sample, others in another sample and in another step of training", () => {
    for (const { backend } of everyBackend) {
      const pattern = (step: number): boolean[] => {
        const { gradients } = runAlone(backend, "gru", { units: 4, dropout: 0.5, return_sequences: true }, [ones], { step });
        return (gradients["input 0"] ?? []).map((value) => value !== 0);
      };
      const kept = pattern(0);
      for (let b = 0; b < B; b++)
        for (let t = 1; t < T; t++)
          expect(kept.slice((b * T + t) * F, (b * T + t + 1) * F)).toEqual(kept.slice(b * T * F, (b * T + 1) * F));
      const samples = Array.from({ length: B }, (_, b) => kept.slice(b * T * F, b * T * F + F).join());
      expect(new Set(samples).size).toBeGreaterThan(1);
      expect(pattern(1)).not.toEqual(kept);
    }
  });

  it.each(CELLS)("gives the same numbers on every backend, and nothing is dropped when predicting (%s)", (type) => {
    const options = { units: 4, dropout: 0.3, recurrent_dropout: 0.4 };
    const exact = runAlone(oracle, type, options, [ones]);
    for (const backend of backends) {
      const found = runAlone(backend, type, options, [ones]);
      for (const [name, gradient] of Object.entries(found.gradients))
        expect(distance(gradient, exact.gradients[name] ?? []), name).toBeLessThan(1e-5);
      const plain = runAlone(backend, type, { units: 4 }, [ones], { training: false });
      expect(runAlone(backend, type, options, [ones], { training: false }).outputs).toEqual(plain.outputs);
      expect(found.outputs).not.toEqual(plain.outputs);
    }
  });
});

it("clipping keeps a network alive whose gradient explodes over the steps", () => {
  const [T, STEPS] = [40, 120];
  const nodes = [
    node("x", "input"),
    node("r", "simple_rnn", { units: 8, activation: "relu", recurrent_initializer: "identity" }),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  const rows = 32;
  const values = Float32Array.from(draw(rows * T, 2), Math.abs);
  const data = partOf(rows, { x: { shape: [T, 1], values } }, { y: { shape: [1], values: draw(rows, 3) } });
  const losses = (options: Readonly<Record<string, unknown>>): number[] => {
    const backend = createWasmBackend({ arithmetic: "reproducible", threads: 1 });
    const network = networkOf(
      chain(...nodes),
      { inputs: { x: [T, 1] }, outputs: { y: { columns: 1 } } },
      { ...options, batch_size: rows },
      backend,
      rows,
    );
    // A factor of 1.15 from state to state is 268 after forty steps.
    const weights = network.view("parameter", "r/recurrent_kernel");
    weights.forEach((value, i) => {
      weights[i] = 1.15 * value;
    });
    const order = network.shuffledOrder(rows, 0);
    return Array.from({ length: STEPS }, (_, step) => network.trainStep(data, order, 0, step, 2e-2, null));
  };
  const sgd = { optimizer: { type: "sgd", learning_rate: 2e-2 } };
  const clipped = losses({ ...sgd, global_clipnorm: 1 });
  expect(at(clipped, STEPS - 1)).toBeLessThan(0.05 * at(clipped, 0));
  expect(() => losses(sgd)).toThrow("train.not_finite");
});

it("the gates can be looked at: all between 0 and 1 but the candidate, in the order of the weights", () => {
  const nodes = [
    node("x", "input"),
    node("r", "lstm", { units: 3 }),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  const rows = 4;
  const data = partOf(rows, { x: { shape: [6, 2], values: draw(rows * 12, 1) } });
  for (const { backend } of everyBackend) {
    const network = networkOf(chain(...nodes), { inputs: { x: [6, 2] }, outputs: { y: { columns: 1 } } }, {}, backend, 0, true);
    const gates = network.tapped(data, 1)["r"]?.["gates"];
    expect(gates?.shape).toEqual([1, 6, 4, 3]);
    const values = [...(gates?.values ?? [])];
    const gate = (index: number): number[] => values.filter((_, i) => Math.floor(i / 3) % 4 === index);
    for (const open of [0, 1, 3]) for (const value of gate(open)) expect(value > 0 && value < 1).toBe(true);
    expect(Math.min(...gate(2))).toBeLessThan(0);
    // The forget gate starts open: its bias is one.
    const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(mean(gate(1))).toBeGreaterThan(mean(gate(0)) + 0.1);
  }
});

it.each(CELLS)("%s trains to the same bits with 1, 2 and 4 threads", (type) => {
  const T = 12;
  const rows = 26;
  const nodes = [
    node("x", "input"),
    node("r", type, { units: 18, return_sequences: true, dropout: 0.1, recurrent_dropout: 0.1 }),
    node("s", type, { units: 10 }),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  const data = partOf(rows, { x: { shape: [T, 3], values: draw(rows * T * 3, 1) } }, { y: { shape: [1], values: draw(rows, 2) } });
  const trained = (threads: number): number[] => {
    const backend = createWasmBackend(
      threads === 1 ? { arithmetic: "fast", threads: 1 } : { arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 },
    );
    const network = networkOf(
      chain(...nodes),
      { inputs: { x: [T, 3] }, outputs: { y: { columns: 1 } } },
      { batch_size: rows },
      backend,
      rows,
    );
    const order = network.shuffledOrder(rows, 0);
    for (let step = 0; step < 5; step++) network.trainStep(data, order, 0, step, 1e-3, null);
    const bits = network.parameters.flatMap(({ fullName }) => [...network.view("parameter", fullName)]);
    backend.close();
    return bits;
  };
  const one = trained(1);
  for (const threads of [2, 4]) expect(trained(threads)).toEqual(one);
});
