/** How much of checkpoints and of the weights of single epochs is kept: of one run, and of all together, as the settings say. */
import type { SnapshotLimits } from "../../../core/train/snapshots.ts";
import { numberOr } from "./number-setting.ts";

type Settings = Readonly<Record<string, unknown>>;

const MEGABYTE = 2 ** 20;
const COUNT = 60;
/** Half a million weights, eight times: larger networks have none unless more is given. */
const RUN_MEGABYTES = 16;
const ALL_MEGABYTES = 256;
const ALL_CHECKPOINT_MEGABYTES = 2048;

/** `snapshot_count` (0: none) and `snapshot_mb`. */
export function snapshotLimits(settings: Settings): SnapshotLimits {
  return {
    count: numberOr(settings["snapshot_count"], COUNT),
    bytes: numberOr(settings["snapshot_mb"], RUN_MEGABYTES) * MEGABYTE,
  };
}

/** `snapshot_all_mb`; the oldest runs lose theirs first. */
export const allSnapshotBytes = (settings: Settings): number => numberOr(settings["snapshot_all_mb"], ALL_MEGABYTES) * MEGABYTE;

/** `checkpoint_all_mb`; the oldest runs that have ended lose theirs first, and keep their models. */
export const allCheckpointBytes = (settings: Settings): number =>
  numberOr(settings["checkpoint_all_mb"], ALL_CHECKPOINT_MEGABYTES) * MEGABYTE;
