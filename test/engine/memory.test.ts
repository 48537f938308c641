import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { Arena, KernelBackend } from "../../core/kernels/backend.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { backends, everyBackend, nameOf } from "./backends.ts";
import { chain, node } from "./design.ts";

const MB = 2 ** 20;

/** The backend, and what it was asked to allocate. */
function counting(backend: KernelBackend): { backend: KernelBackend; allocated: Arena[] } {
  const allocated: Arena[] = [];
  const counted: KernelBackend = {
    ...backend,
    allocate: (elementCount) => {
      const arena = backend.allocate(elementCount);
      allocated.push(arena);
      return arena;
    },
    compile: backend.compile.bind(backend),
  };
  return { backend: counted, allocated };
}

/** All that was taken: on WebAssembly the elements are a part of its memory. */
const bytesOf = (arena: Arena | undefined): number | undefined => arena?.elements.buffer.byteLength;

function compile(backend: KernelBackend, units: number, memoryLimitBytes?: number): Network {
  const graph = chain(
    node("x", "input"),
    node("wide", "dense", { units, activation: "relu" }),
    node("narrow", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  );
  const spec = makeModelSpec(graph, { inputs: { x: [10] }, outputs: { y: {} } });
  const training = readTraining({ batch_size: 64 });
  return new Network({
    spec,
    training,
    encodings: { y: "value" },
    backend,
    trainingRows: 100,
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
  });
}

describe("memory", () => {
  it.each(everyBackend)("is one block, as large as the plan says before the first step ($name)", ({ backend }) => {
    const { backend: counted, allocated } = counting(backend);
    const network = compile(counted, 50);
    expect(allocated).toHaveLength(1);
    expect(network.peakBytes).toBe(bytesOf(allocated[0]));
    expect(network.plan.elementCount).toBe(allocated[0]?.elements.length);
    network.initialise(0);
    expect(allocated).toHaveLength(1);
  });

  it("holds weights, their gradients and Adam's two moments, and says how much each takes", () => {
    const { plan, parameterCount } = compile(everyBackend[0]?.backend as KernelBackend, 50);
    expect(parameterCount).toBe(10 * 50 + 50 + 50 + 1);
    expect(plan.breakdown.parameter).toBe(parameterCount);
    expect(plan.breakdown.gradient).toBe(parameterCount);
    expect(plan.breakdown.slot).toBeGreaterThanOrEqual(2 * parameterCount);
  });

  it.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))(
    "is refused above the limit before anything is allocated, naming the largest parts ($name)",
    ({ backend }) => {
      const { backend: counted, allocated } = counting(backend);
      const refusal = (() => {
        try {
          compile(counted, 60_000, 8 * MB);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(allocated).toEqual([]);
      expect(refusal).toBeInstanceOf(AppError);
      const { code, params } = refusal as AppError;
      expect(code).toBe("engine.over_memory_limit");
      expect(params["limit"]).toBe(8);
      expect(params["needed"]).toBeGreaterThan(8);
      expect(params["layers"]).toMatch(/wide\/kernel \(\d+ MB\)/);
    },
  );

  it("is allowed up to the limit, to the byte", () => {
    const backend = everyBackend[1]?.backend as KernelBackend;
    const { peakBytes } = compile(backend, 50);
    expect(() => compile(backend, 50, peakBytes)).not.toThrow();
    expect(() => compile(backend, 50, peakBytes - 1)).toThrow(AppError);
  });

  it("does not grow with the number of rows to train on", () => {
    const backend = everyBackend[1]?.backend as KernelBackend;
    const graph = chain(node("x", "input"), node("d", "dense", { units: 4 }), node("y", "output", { loss: "mse" }));
    const spec = makeModelSpec(graph, { inputs: { x: [10] }, outputs: { y: {} } });
    const bytes = (trainingRows: number): number =>
      new Network({ spec, training: readTraining({}), encodings: { y: "value" }, backend, trainingRows }).peakBytes;
    expect(bytes(1_000_005)).toBe(bytes(105));
  });
});
