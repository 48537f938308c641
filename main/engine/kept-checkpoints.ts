/**
 * What a run hands over to be kept: its last checkpoint, the best so far, those of every so many epochs, and snapshots of the
 * weights to look back at. The best is sent now and then, since early epochs are all best.
 */
import { takeCheckpoint } from "../../core/train/checkpoint.ts";
import type { EpochReport, LoopState } from "../../core/train/loop.ts";
import type { Network } from "../../core/train/network.ts";
import { snapshotBytes, snapshotStride, takeSnapshot } from "../../core/train/snapshots.ts";
import type { FromTrainer, TrainingJob, WeightsNow } from "./messages.ts";

const INTERVAL_MS = 15_000;

type CheckpointMessage = Extract<FromTrainer, { kind: "checkpoint" }>;

export interface CheckpointSurroundings {
  readonly nowMs: () => number;
  readonly post: (message: FromTrainer, transfer?: ArrayBuffer[]) => void;
}

export class KeptCheckpoints {
  private readonly job: Pick<TrainingJob, "keepEvery" | "snapshots">;
  private readonly around: CheckpointSurroundings;
  /** The best so far, while it is not sent. */
  private best: ReturnType<typeof takeCheckpoint> | null = null;
  private lastBest = Number.NEGATIVE_INFINITY;
  private last = 0;
  private stride: number | null = null;

  constructor(job: Pick<TrainingJob, "keepEvery" | "snapshots">, around: CheckpointSurroundings) {
    this.job = job;
    this.around = around;
  }

  /** Keeps the weights that a fresh run begins with. */
  begin(network: Network, state: LoopState, epochs: number): void {
    this.last = this.around.nowMs();
    const { snapshots } = this.job;
    this.stride = snapshots === null ? null : snapshotStride(epochs, snapshotBytes(network), snapshots);
    if (this.stride !== null && state.step === 0) this.sendSnapshot(network, 0, 0);
  }

  /** Called at the end of an epoch. */
  endEpoch(network: Network, state: LoopState, seconds: number, { epoch, step, better, last }: EpochReport): void {
    const { keepEvery } = this.job;
    if (keepEvery > 0 && epoch % keepEvery === 0) this.post(`epoch-${epoch}`, takeCheckpoint(network, state, seconds));
    if (this.stride !== null && (last || epoch % this.stride === 0)) this.sendSnapshot(network, epoch, step);
    if (!better) return;
    this.best = takeCheckpoint(network, state, seconds);
    if (this.around.nowMs() - this.lastBest >= INTERVAL_MS) this.sendBest();
  }

  isLastDue(now: number): boolean {
    return now - this.last >= INTERVAL_MS;
  }

  sendLast(network: Network, state: LoopState, seconds: number): void {
    this.post("last", takeCheckpoint(network, state, seconds));
    this.last = this.around.nowMs();
  }

  sendBest(): void {
    if (this.best === null) return;
    this.post("best", this.best);
    this.best = null;
    this.lastBest = this.around.nowMs();
  }

  private sendSnapshot(network: Network, epoch: number, step: number): void {
    const { header, bytes } = takeSnapshot(network);
    this.around.post({ kind: "snapshot", epoch, step, header, bytes }, [bytes.buffer]);
  }

  private post(checkpoint: CheckpointMessage["checkpoint"], { header, bytes }: ReturnType<typeof takeCheckpoint>): void {
    this.around.post({ kind: "checkpoint", checkpoint, header, bytes }, [bytes.buffer]);
  }
}

/** The weights as a snapshot of this moment has them. */
export function weightsNow(network: Network, { step, epoch }: LoopState): WeightsNow {
  return { step, epoch, ...takeSnapshot(network) };
}
