/** Attention in a whole network: its weights can be looked at, and training gives the same bits for every number of threads. */
import { afterAll, describe, expect, it } from "vitest";
import { insertBlock } from "../../core/blocks/insert.ts";
import { blocks } from "../../core/blocks/registry.ts";
import { Random } from "../../core/data/random.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { at } from "../../core/ir/op.ts";
import { planPrograms } from "../../core/ir/plan.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { buildProgram } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { design, ids } from "../graph/designs.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";

const [BATCH, STEPS, WIDTH, HEADS] = [6, 11, 8, 2];
const training = readTraining({ optimizer: { type: "adam", learning_rate: 0.003 }, batch_size: BATCH, shuffle: false, seed: 4 });

function encoderSpec(dropout: number) {
  const plain = design("x > mean > p > out", {
    x: ["input", { shape: [STEPS, WIDTH] }],
    mean: ["global_average_pooling_1d"],
    p: ["dense", { units: 3, activation: "softmax" }],
    out: ["output", { loss: "categorical_crossentropy" }],
  });
  const options = { width: WIDTH, num_heads: HEADS, feed_forward: 13, depth: 2, dropout };
  const place = { position: { x: 0, y: 0 }, language: "en", edgeId: "e1" } as const;
  const { command } = insertBlock(plain, at(blocks, 0), options, place, ids());
  return makeModelSpec(applyCommand(plain, command).design.graph, { inputs: { x: [STEPS, WIDTH] }, outputs: { out: { classes: 3 } } });
}

function rows() {
  const random = new Random(9);
  return {
    rowCount: BATCH,
    rowIds: Uint32Array.from({ length: BATCH }, (_, i) => i),
    inputs: { x: { values: Float32Array.from({ length: BATCH * STEPS * WIDTH }, () => random.normal()), shape: [STEPS, WIDTH] } },
    targets: { out: { values: Float32Array.of(0, 1, 2, 2, 1, 0), shape: [1] } },
  };
}

describe("training an encoder with dropout", () => {
  /** Losses of ten steps, and what the network says afterwards. */
  function trained(backend: KernelBackend): { losses: readonly number[]; predictions: readonly number[] } {
    const network = new Network({ spec: encoderSpec(0.2), training, encodings: { out: "class_index" }, backend, trainingRows: BATCH });
    network.initialise(4);
    const data = rows();
    const order = network.shuffledOrder(BATCH, 0);
    const losses = Array.from({ length: 10 }, (_, step) => network.trainStep(data, order, 0, step, 0.003, null));
    return { losses, predictions: Array.from(Object.values(network.evaluate(data).predictions)[0] ?? []) };
  }
  const expected = trained(createWasmBackend({ arithmetic: "fast", threads: 1 }));

  it("learns, and drops other weights at every step", () => {
    expect(at(expected.losses, 9)).toBeLessThan(at(expected.losses, 0));
    expect(new Set(expected.losses).size).toBe(10);
  });

  it.each([2, 4])("gives the bits of one thread with %i threads", (threads) => {
    const backend = createWasmBackend({ arithmetic: "fast", threads, spawn: spawnHelper, worthSharing: 0 });
    afterAll(() => backend.close());
    expect(trained(backend)).toEqual(expected);
  });
});

describe("a mask of one's own", () => {
  /** What attention makes of a sequence whose last steps hold `junk`, which the mask leaves out. */
  function attended(junk: number): readonly number[] {
    const drawn = design("x > at > out", {
      x: ["input", { shape: [STEPS, WIDTH] }],
      counts: ["input", { shape: [STEPS] }],
      at: ["multi_head_attention", { num_heads: HEADS, key_dim: 4 }],
      out: ["output", { loss: "mse" }],
    });
    const wire = (source: string, port: string) => ({ id: port, source, source_port: "output", target: "at", target_port: port });
    const graph = { ...drawn.graph, edges: [...drawn.graph.edges, wire("x", "value"), wire("counts", "mask")] };
    const { nodes, edges } = propagate({ ...drawn, graph });
    expect([...(nodes.get("at")?.problems ?? []), ...(edges.get("mask")?.problems ?? [])]).toEqual([]);
    const shapes = { x: [STEPS, WIDTH], counts: [STEPS] };
    const spec = makeModelSpec(graph, { inputs: shapes, outputs: { out: { columns: STEPS * WIDTH } } });
    const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
    const network = new Network({ spec, training, encodings: { out: "value" }, backend, trainingRows: 1 });
    network.initialise(4);
    const random = new Random(6);
    const real = (STEPS - 3) * WIDTH;
    const x = Float32Array.from({ length: STEPS * WIDTH }, (_, i) => (i < real ? random.normal() : junk));
    const counts = Float32Array.from({ length: STEPS }, (_, i) => (i < STEPS - 3 ? 1 : 0));
    const data = {
      rowCount: 1,
      rowIds: Uint32Array.of(0),
      inputs: { x: { values: x, shape: shapes.x }, counts: { values: counts, shape: shapes.counts } },
      targets: { out: { values: new Float32Array(STEPS * WIDTH), shape: [STEPS, WIDTH] } },
    };
    return Array.from(Object.values(network.evaluate(data).predictions)[0] ?? []).slice(0, real);
  }

  it("leaves keys out, whatever they hold", () => {
    expect(attended(50)).toEqual(attended(-3));
    expect(Math.max(...attended(50).map(Math.abs))).toBeGreaterThan(0.01);
  });
});

describe("the weights of attention", () => {
  it("are offered to be looked at: a share of every key for every query of every head, 1 in all", () => {
    const options = { batch: BATCH, mode: "evaluate", training, encodings: { out: "class_index" }, taps: true } as const;
    const network = buildProgram(encoderSpec(0.2), options);
    const tapped = Object.values(network.taps).flatMap((ofNode) => Object.entries(ofNode));
    expect(tapped.map(([name]) => name)).toEqual(["weights", "weights"]);
    const [, weights] = at(tapped, 0);
    expect(weights.shape).toEqual([BATCH, HEADS, STEPS, STEPS]);

    const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
    const plan = planPrograms([network.program]);
    const arena = backend.allocate(plan.elementCount);
    const random = new Random(2);
    for (const { offset, size } of plan.places.values()) for (let i = 0; i < size; i++) arena.elements[offset + i] = random.normal();
    backend.compile(plan, 0, arena).run({ step: 0 });
    const from = at(at(plan.programs, 0).offsets, weights.id);
    const values = arena.elements.subarray(from, from + BATCH * HEADS * STEPS * STEPS);
    for (let row = 0; row < values.length; row += STEPS) {
      const share = Array.from(values.subarray(row, row + STEPS));
      expect(Math.min(...share)).toBeGreaterThanOrEqual(0);
      expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
  });

  it("cost nothing when nobody asks", () => {
    const options = { batch: BATCH, mode: "evaluate", training, encodings: { out: "class_index" } } as const;
    expect(buildProgram(encoderSpec(0), options).taps).toEqual({});
  });
});
