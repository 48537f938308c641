/** Memory of the workloads: what is said before the first step is what is taken, and it is told by class of tensor. */
import { describe, expect, it } from "vitest";
import type { Arena, KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { openWorkload, workloadNamed, workloadNames } from "../bench/engine/networks.ts";

/** The requirement: true within 2 %. */
const TOLERANCE = 0.02;

describe.each(workloadNames().map((name) => ({ name })))("$name", ({ name }) => {
  it("takes the bytes that are known before the first step, all of them in one block and none later", () => {
    const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
    const taken: Arena[] = [];
    const watched: KernelBackend = {
      ...backend,
      allocate: (elementCount) => {
        const arena = backend.allocate(elementCount);
        taken.push(arena);
        return arena;
      },
    };
    const workload = workloadNamed(name);
    const { network, data, learningRate } = openWorkload({ ...workload, batches: 2 }, watched);
    const said = network.peakBytes;
    network.trainStep(data, network.shuffledOrder(data.rowCount, 1), 0, 0, learningRate, null);
    const bytes = taken.reduce((sum, { elements }) => sum + elements.buffer.byteLength, 0);
    expect(taken).toHaveLength(1);
    expect(Math.abs(bytes - said) / bytes).toBeLessThan(TOLERANCE);
    const { breakdown, elementCount } = network.plan;
    const byClass = Object.values(breakdown).reduce((sum, elements) => sum + elements, 0);
    expect(byClass * 4).toBeGreaterThan(elementCount * 4 * (1 - TOLERANCE) - 4096);
    expect(byClass).toBeLessThanOrEqual(elementCount);
  });
});
