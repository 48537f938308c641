import { describe, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import { appendGradients } from "../../core/ir/autodiff.ts";
import { Builder } from "../../core/ir/builder.ts";
import { at } from "../../core/ir/op.ts";
import { planPrograms } from "../../core/ir/plan.ts";
import { type Program, sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { spawnHelper } from "./spawn-helper.ts";

const STEPS = 50;
/** Fifty steps in float32 against float64 on smooth networks (../shared/peers/README.md found 1e-7 to 1e-5). */
const TOLERANCE = 1e-4;

interface Training {
  readonly program: Program;
  readonly loss: Tensor;
  readonly hyper: Tensor;
  readonly classes: number;
}

interface Network {
  readonly name: string;
  readonly inputs: number;
  readonly classes: number;
  readonly build: (net: NetworkBuilder, x: Tensor) => Tensor;
}

const BATCH = 33;

/** Layers by their ops alone: what is tested here is the engine, not the layers. */
class NetworkBuilder {
  readonly builder = new Builder();
  private count = 0;

  parameter(shape: number[]): Tensor {
    return this.builder.tensor(shape, "parameter", `p${this.count++}`);
  }
  dense(x: Tensor, units: number, activation: string): Tensor {
    const width = at(x.shape, x.shape.length - 1);
    return this.builder.activation(this.builder.one("linear", [x, this.parameter([width, units]), this.parameter([units])]), activation);
  }
  batchNormalization(x: Tensor): Tensor {
    const width = at(x.shape, 1);
    const states = ["mean", "variance"].map((name) => this.builder.tensor([width], "state", `${name}${this.count++}`));
    return at(
      this.builder.emit("batch_normalization", [x, this.parameter([width]), this.parameter([width]), ...states], {
        epsilon: 1e-3,
        momentum: 0.99,
      }),
      0,
    );
  }
  layerNormalization(x: Tensor): Tensor {
    const width = at(x.shape, 1);
    return at(this.builder.emit("layer_normalization", [x, this.parameter([width]), this.parameter([width])], { epsilon: 1e-3 }), 0);
  }
}

const networks: readonly Network[] = [
  {
    name: "tanh, one output, mean squared error",
    inputs: 2,
    classes: 0,
    build: (net, x) => net.dense(net.dense(net.dense(x, 8, "tanh"), 8, "tanh"), 1, "tanh"),
  },
  {
    name: "sigmoid and softmax cross-entropy",
    inputs: 30,
    classes: 7,
    build: (net, x) => net.dense(net.dense(x, 20, "sigmoid"), 7, "linear"),
  },
  {
    name: "both normalizations, two branches and dropout",
    inputs: 13,
    classes: 3,
    build: (net, x) => {
      const left = net.dense(net.batchNormalization(x), 19, "tanh");
      const right = net.builder.one("dropout", [net.layerNormalization(net.dense(x, 21, "sigmoid"))], { rate: 0.3, seed: 4, stream: 1 });
      return net.dense(net.builder.one("concatenate", [left, right], { axis: 1 }), 3, "linear");
    },
  },
];

function trainingOf({ inputs, classes, build }: Network): Training {
  const net = new NetworkBuilder();
  const { builder } = net;
  const x = builder.tensor([BATCH, inputs], "input", "x");
  const output = build(net, x);
  const target = builder.tensor(classes === 0 ? output.shape : [BATCH], "input", "target");
  const loss =
    classes === 0
      ? builder.one("elementwise_loss", [output, target], { function: "mse", weight: 1 })
      : builder.one("softmax_cross_entropy", [output, target], { weight: 1 });
  appendGradients(builder, loss);
  builder.phase = "update";
  const size = builder.tensors.filter((tensor) => tensor.role === "parameter").reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);
  const hyper = builder.tensor([8], "input", "hyper");
  const slots = ["m", "v"].map((name) => builder.tensor([size], "slot", name));
  const block = (role: "parameter" | "gradient"): Tensor => builder.tensor([size], role, "*");
  builder.emit("adam_update", [block("parameter"), block("gradient"), hyper, ...slots], { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 });
  return { program: builder.program([loss]), loss, hyper, classes };
}

/** Losses of fifty Adam steps from the same weights on one batch, and the parameters after them. */
function train(backend: KernelBackend, training: Training): { losses: number[]; parameters: number[] } {
  const plan = planPrograms([training.program]);
  const arena = backend.allocate(plan.elementCount);
  const { elements } = arena;
  const { offsets } = at(plan.programs, 0);
  const executable = backend.compile(plan, 0, arena);
  const random = new Random(11);
  for (const [name, { offset, size }] of plan.places)
    if (name.startsWith("parameter:")) for (let i = 0; i < size; i++) elements[offset + i] = Math.fround(random.normal() * 0.3);
  const inputs = training.program.tensors.filter((tensor) => tensor.role === "input" && tensor.name !== "hyper");
  const losses: number[] = [];
  for (const tensor of inputs)
    for (let i = 0; i < sizeOf(tensor.shape); i++)
      elements[at(offsets, tensor.id) + i] =
        tensor.name === "target" && training.classes > 0 ? random.below(training.classes) : Math.fround(random.normal());
  for (let step = 0; step < STEPS; step++) {
    elements.set([0.01 / (1 - 0.9 ** (step + 1)), Math.sqrt(1 - 0.999 ** (step + 1))].map(Math.fround), at(offsets, training.hyper.id));
    executable.run({ step });
    losses.push(elements[at(offsets, training.loss.id)] ?? Number.NaN);
  }
  const { offset, size } = plan.blocks.parameter;
  return { losses, parameters: Array.from(elements.subarray(offset, offset + size)) };
}

describe.each(networks)("training on $name", (network) => {
  const training = trainingOf(network);
  const expected = train(createReferenceBackend("float64"), training);

  it.each(["fast", "reproducible"] as const)("follows the float64 reference for 50 steps in %s arithmetic", (arithmetic) => {
    const { losses } = train(createWasmBackend({ arithmetic, threads: 1 }), training);
    losses.forEach((loss, step) => {
      expect(Math.abs(loss - at(expected.losses, step)), `step ${step}`).toBeLessThan(TOLERANCE);
    });
    expect(at(losses, STEPS - 1)).toBeLessThan(at(losses, 0));
  });

  it("ends with the same bits twice, and with two and three threads", () => {
    const alone = createWasmBackend({ arithmetic: "fast", threads: 1 });
    const teams = [2, 3].map((threads) => createWasmBackend({ arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 }));
    const { parameters } = train(alone, training);
    for (const backend of [alone, ...teams]) expect(train(backend, training).parameters).toEqual(parameters);
    for (const backend of teams) backend.close();
  });
});
