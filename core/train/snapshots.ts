/**
 * Snapshots: the weights of some epochs, whole (float32), so that one can go back and watch them form. Thinned from the
 * start: which epochs are kept follows from the length of the run and the size of its weights alone.
 */
import { type CheckpointHeader, layoutOf } from "./checkpoint.ts";
import type { Network } from "./network.ts";

export interface SnapshotLimits {
  /** Of one run; 0: none. */
  readonly count: number;
  readonly bytes: number;
}

/** As a checkpoint's, of parameters and states alone. */
export type SnapshotHeader = Pick<CheckpointHeader, "version" | "sizes"> & { readonly layout: NonNullable<CheckpointHeader["layout"]> };

export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const SNAPSHOT_VERSION = 1;
/** Fewer than that show nothing: a network too large for so many has none, unless more room is given. */
export const FEWEST_SNAPSHOTS = 8;

/** Bytes of one snapshot. */
export function snapshotBytes(network: Network): number {
  return 4 * (network.block("parameter").length + network.block("state").length);
}

/** Every so many epochs one is kept, besides the fresh weights and the last epoch; null: none. */
export function snapshotStride(epochs: number, bytesOfOne: number, { count, bytes }: SnapshotLimits): number | null {
  const most = Math.min(count, Math.floor(bytes / bytesOfOne));
  // All epochs of a short run are few enough; the fresh weights are one more.
  if (most < Math.min(FEWEST_SNAPSHOTS, epochs + 1)) return null;
  return most > epochs ? 1 : Math.ceil(epochs / (most - 2));
}

/** Weights as predictions are made with them: averaged ones where they are averaged. */
export function takeSnapshot(network: Network): Snapshot {
  return network.withAveragedWeights(() => {
    const [parameter, state] = [network.block("parameter"), network.block("state")];
    const values = new Float32Array(parameter.length + state.length);
    values.set(parameter);
    values.set(state, parameter.length);
    const sizes = { parameter: parameter.length, state: state.length, slot: 0 };
    return { header: { version: SNAPSHOT_VERSION, sizes, layout: layoutOf(network) }, bytes: new Uint8Array(values.buffer) };
  });
}
