/**
 * Checkpoints: all that a run needs to go on to the same bits. Weights, states and optimizer slots are blocks of the
 * arena; shuffling and dropout draw from counters, so the counters of the loop are the whole state of randomness.
 */
import { AppError } from "../errors.ts";
import { freshSchedule } from "../schedules/schedule.ts";
import type { StoppingState } from "./early-stopping.ts";
import type { LoopState } from "./loop.ts";
import type { Network } from "./network.ts";

const CHECKPOINT_VERSION = 1;

export interface CheckpointHeader {
  readonly version: number;
  readonly sizes: { readonly parameter: number; readonly state: number; readonly slot: number };
  readonly hasBest: boolean;
  readonly loop: Omit<LoopState, "bestParameters" | "bestStates" | "stopping" | "accumulators"> & {
    /** Null where a sum is no number: JSON has none that is not. */
    readonly accumulators: readonly (readonly (number | null)[])[];
    readonly stopping: Omit<StoppingState, "best"> & { readonly best: number | null };
  };
  /** Numbers that the optimizer changes; left out by checkpoints of before. */
  readonly trained?: number;
  /** Steps of the optimizer in runs that this one continues; left out where there were none. */
  readonly earlierSteps?: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  /** What lies where in the parameter and state blocks; checkpoints of before could only be gone on from, not taken apart. */
  readonly layout?: readonly {
    readonly kind: "parameter" | "state";
    readonly nodeId: string;
    readonly name: string;
    readonly shape: readonly number[];
    /** In numbers, from the start of its block. */
    readonly offset: number;
  }[];
}

/** Header and bytes: float32 blocks one after the other, parameter, state, slot and, if kept, best parameter and best state. */
export function takeCheckpoint(
  network: Network,
  state: LoopState,
  seconds: number,
): { header: CheckpointHeader; bytes: Uint8Array<ArrayBuffer> } {
  const { bestParameters, bestStates, stopping, schedule, ...loop } = state;
  const blocks = [
    network.block("parameter"),
    network.block("state"),
    network.block("slot"),
    ...(bestParameters === null || bestStates === null ? [] : [bestParameters, bestStates]),
  ];
  const total = blocks.reduce((sum, block) => sum + block.length, 0);
  const values = new Float32Array(total);
  let place = 0;
  for (const block of blocks) {
    values.set(block, place);
    place += block.length;
  }
  return {
    header: {
      version: CHECKPOINT_VERSION,
      sizes: { parameter: network.block("parameter").length, state: network.block("state").length, slot: network.block("slot").length },
      hasBest: bestParameters !== null,
      loop: { ...loop, schedule: { ...schedule }, stopping: { ...stopping, best: Number.isFinite(stopping.best) ? stopping.best : null } },
      seconds,
      trained: network.trainedCount,
      ...(network.earlierSteps === 0 ? {} : { earlierSteps: network.earlierSteps }),
      layout: layoutOf(network),
    },
    bytes: new Uint8Array(values.buffer),
  };
}

/** What lies where in the parameter and state blocks. */
export function layoutOf(network: Network): NonNullable<CheckpointHeader["layout"]> {
  const of = (
    kind: "parameter" | "state",
    infos: readonly { fullName: string; nodeId: string; name: string; shape: readonly number[] }[],
  ) => {
    const start = network.block(kind).byteOffset;
    return infos.map(({ fullName, nodeId, name, shape }) => {
      const view = network.view(kind, fullName);
      return { kind, nodeId, name, shape: [...shape], offset: (view.byteOffset - start) / view.BYTES_PER_ELEMENT };
    });
  };
  return [...of("parameter", network.parameters), ...of("state", network.states)];
}

/** Weights and states of a checkpoint by layer; null of one that does not say what lies where. */
export function weightsOfCheckpoint({ layout, sizes }: Pick<CheckpointHeader, "layout" | "sizes">, bytes: Uint8Array) {
  if (layout === undefined) return null;
  const values = new Float32Array(bytes.slice().buffer);
  return layout.map(({ kind, nodeId, name, shape, offset }) => {
    const start = (kind === "parameter" ? 0 : sizes.parameter) + offset;
    const size = shape.reduce((product, length) => product * length, 1);
    return { kind, nodeId, name, shape, values: values.slice(start, start + size) };
  });
}

/** Puts a checkpoint into a freshly compiled network. @throws AppError checkpoint.does_not_fit */
export function restoreCheckpoint(network: Network, header: CheckpointHeader, bytes: Uint8Array): LoopState {
  const { sizes, loop, hasBest } = header;
  const values = new Float32Array(bytes.slice().buffer);
  const expected = (hasBest ? 2 : 1) * (sizes.parameter + sizes.state) + sizes.slot;
  if (
    header.version !== CHECKPOINT_VERSION ||
    sizes.parameter !== network.block("parameter").length ||
    sizes.state !== network.block("state").length ||
    sizes.slot !== network.block("slot").length ||
    values.length !== expected
  )
    throw new AppError("checkpoint.does_not_fit", { expected, received: values.length });
  let place = 0;
  const next = (size: number): Float32Array => {
    place += size;
    return values.subarray(place - size, place);
  };
  network.block("parameter").set(next(sizes.parameter));
  network.block("state").set(next(sizes.state));
  network.block("slot").set(next(sizes.slot));
  network.earlierSteps = header.earlierSteps ?? 0;
  return {
    ...loop,
    accumulators: loop.accumulators.map((saved) => saved.map((sum) => sum ?? Number.NaN)),
    // Checkpoints of before outputs had losses of their own have none.
    outputLossSums: [...(loop.outputLossSums ?? [])],
    checkedStep: loop.checkedStep ?? 0,
    stopping: { ...loop.stopping, best: loop.stopping.best ?? Number.POSITIVE_INFINITY },
    // Checkpoints of before there were schedules have none.
    schedule: { ...freshSchedule(), ...loop.schedule },
    bestParameters: hasBest ? next(sizes.parameter).slice() : null,
    bestStates: hasBest ? next(sizes.state).slice() : null,
  };
}
