/** Numbers that vanish (core/kernels/tiny.ts): where they shrink from step to step they become 0 in float32, never denormal. */
import { describe, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import { at } from "../../core/ir/op.ts";
import { sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { TINY, TINY_ROOT } from "../../core/kernels/tiny.ts";
import { backends, nameOf, oracle } from "../engine/backends.ts";
import { SmallProgram, sumWeights, weightedSum } from "../engine/program.ts";

const SMALLEST_NORMAL = 2 ** -126;
const isDenormal = (x: number): boolean => x !== 0 && Math.abs(x) < SMALLEST_NORMAL;
const singles = backends.map((backend) => ({ backend, name: nameOf(backend) }));

const [B, T, H] = [3, 400, 6];
const GATES = { simple_rnn: 1, lstm: 4, gru: 3 } as const;

/** A cell over T steps, of which only the first `fed` are given numbers; the gradient of a weighted sum of its last state. */
function walk(backend: KernelBackend, cell: keyof typeof GATES, fed: number) {
  const GH = GATES[cell] * H;
  const made: Tensor[] = [];
  const program = new SmallProgram(backend, (builder) => {
    const projection = builder.tensor([B, T, GH], "parameter", "projection");
    const kernel = builder.tensor([H, GH], "parameter", "kernel");
    const attributes = { cell, activation: "tanh", recurrent_activation: "sigmoid", reset_after: true, reverse: false };
    const none = { recurrent_bias: false, initial: false, mask: false, dropout: false };
    const final = at(builder.emit("recurrent", [projection, kernel], { ...attributes, ...none }), 1);
    const weights = sumWeights(builder, [final]);
    made.push(projection, kernel, final, ...weights);
    return { results: [final], loss: weightedSum(builder, [final], weights) };
  });
  const [projection, kernel, final, weights] = made as [Tensor, Tensor, Tensor, Tensor];
  const random = new Random(7);
  const numbers = (tensor: Tensor, scale: number): Float32Array =>
    Float32Array.from({ length: sizeOf(tensor.shape) }, () => scale * random.normal());
  const values = numbers(projection, 1);
  for (let i = 0; i < values.length; i++) if (Math.floor(i / GH) % T >= fed) values[i] = 0;
  program
    .write(projection, values)
    .write(kernel, numbers(kernel, cell === "simple_rnn" ? 0.2 : 0.3))
    .write(weights, numbers(weights, 1));
  program.run();
  const gradient = program.gradient(projection);
  return { state: program.read(final), first: gradient.slice(0, GH), last: gradient.slice((T - 1) * GH, T * GH), gradient };
}

describe.each(["simple_rnn", "lstm", "gru"] as const)("%s over 400 steps", (cell) => {
  const exact = { fed: walk(oracle, cell, T), starved: walk(oracle, cell, 20) };

  it("has a gradient that float64 follows below what float32 can say", () => {
    expect(exact.fed.first.some((x) => x !== 0)).toBe(true);
    expect(exact.fed.first.every((x) => Math.abs(x) < TINY)).toBe(true);
    expect(exact.fed.gradient.some(isDenormal)).toBe(true);
  });

  it.each(singles)("has no denormal number in its gradient, which ends in zeros ($name)", ({ backend }) => {
    const { first, last, gradient } = walk(backend, cell, T);
    expect(first.every((x) => x === 0)).toBe(true);
    expect(last.every((x) => x !== 0)).toBe(true);
    expect(gradient.filter(isDenormal)).toEqual([]);
  });

  it.each(singles)("forgets what it was fed 380 steps ago ($name)", ({ backend }) => {
    expect(exact.starved.state.every((x) => x !== 0 && Math.abs(x) < TINY_ROOT)).toBe(true);
    expect(walk(backend, cell, 20).state.every((x) => x === 0)).toBe(true);
  });
});

describe.each([
  { op: "adam_update", slots: 2, attributes: { beta_1: 0.9, beta_2: 0.99, epsilon: 1e-7 } },
  { op: "nadam_update", slots: 2, attributes: { beta_1: 0.9, beta_2: 0.99, epsilon: 1e-7 } },
  { op: "rmsprop_update", slots: 2, attributes: { rho: 0.9, momentum: 0.9, epsilon: 1e-7 } },
  { op: "adadelta_update", slots: 2, attributes: { rho: 0.9, epsilon: 1e-7 } },
  { op: "sgd_update", slots: 1, attributes: { momentum: 0.9, nesterov: false } },
] as const)("$op of weights that no gradient reaches any more", ({ op, slots, attributes }) => {
  /** Gradients 0, and one whose square float32 cannot say. */
  const GRADIENTS = [0, 1e-25, 0, -1e-22, 0];
  const run = (backend: KernelBackend): number[][] => {
    const tensors: Tensor[] = [];
    const program = new SmallProgram(backend, (builder) => {
      const of = (name: string, shape: readonly number[]): Tensor => builder.tensor(shape, "input", name);
      tensors.push(of("p", [5]), of("g", [5]), of("hyper", [8]), ...Array.from({ length: slots }, (_, i) => of(`slot ${i}`, [5])));
      builder.emit(op, tensors, attributes);
      return { results: tensors };
    });
    const [p, g, hyper, ...moments] = tensors as [Tensor, Tensor, Tensor, ...Tensor[]];
    program.write(p, [1, 2, 3, 4, 5]).write(g, GRADIENTS).write(hyper, new Array(8).fill(0.5));
    for (const moment of moments) program.write(moment, [1e-3, 1e-9, 1e-30, 1e-3, 0]);
    for (let step = 0; step < 10_000; step++) program.run(step);
    return moments.map((moment) => program.read(moment));
  };

  it.each(singles)("keeps no denormal moment ($name)", ({ backend }) => {
    const moments = run(backend);
    expect(moments.flat().filter(isDenormal)).toEqual([]);
    for (const moment of moments) expect([moment[0], moment[2], moment[4]]).toEqual([0, 0, 0]);
  });
});
