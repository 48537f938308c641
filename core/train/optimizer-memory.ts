/**
 * What an optimizer remembers (moving averages, and how many steps they are of), taken from one run and handed to another that
 * continues it. It only fits where everything that is trained lies as it did.
 */
import { type CheckpointHeader, layoutOf } from "./checkpoint.ts";
import type { Network } from "./network.ts";

export interface OptimizerMemory {
  readonly slots: Float32Array;
  readonly steps: number;
  /** How many numbers were trained. */
  readonly trained: number;
  readonly layout: NonNullable<CheckpointHeader["layout"]>;
}

/** Null of a checkpoint of before, that does not say what lies where. */
export function memoryOfCheckpoint({ layout, sizes, trained, earlierSteps = 0, loop }: CheckpointHeader, bytes: Uint8Array) {
  if (layout === undefined || trained === undefined) return null;
  const start = bytes.byteOffset + 4 * (sizes.parameter + sizes.state);
  // No copy: it may be hundreds of megabytes, and the thread that reads it answers every window.
  const slots = new Float32Array(bytes.buffer, start, sizes.slot);
  return { slots, steps: earlierSteps + loop.step, trained, layout } satisfies OptimizerMemory;
}

/** @returns whether it fitted; where it did not, nothing is changed */
export function continueOptimizer(network: Network, memory: OptimizerMemory): boolean {
  const slots = network.block("slot");
  if (slots.length !== memory.slots.length || network.trainedCount !== memory.trained) return false;
  if (placesOf(layoutOf(network)) !== placesOf(memory.layout)) return false;
  slots.set(memory.slots);
  network.earlierSteps = memory.steps;
  return true;
}

/** Layers may have been renamed: they are known by their node. */
const placesOf = (layout: OptimizerMemory["layout"]): string =>
  JSON.stringify(layout.filter(({ kind }) => kind === "parameter").map(({ nodeId, name, shape, offset }) => [nodeId, name, shape, offset]));
