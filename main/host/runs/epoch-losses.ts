/**
 * The losses of a run's epochs as judges want them: training and validation side by side, each at the epoch that it is of. A curve that is
 * thinned for drawing keeps its extremes, which look like jumps.
 */
import { setImmediate } from "node:timers/promises";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";

export type EpochLosses = MethodOutput<"runs.losses">["epochs"][number];

/** Epochs that are told apart. */
const MOST_EPOCHS = 100_000;

/** Read page by page, between which others get their turn. @param most epochs at most, but for what must not be lost */
export async function epochLossesOf(store: Store, runId: string, most = MOST_EPOCHS): Promise<EpochLosses[]> {
  const [losses, heldOut] = [await curveOf(store, runId, "loss"), await curveOf(store, runId, "val_loss")];
  const all = [...losses].map(([epoch, loss]) => ({ epoch, loss, val_loss: heldOut.get(epoch) ?? null }));
  return thinned(all, most);
}

async function curveOf(store: Store, runId: string, name: string): Promise<ReadonlyMap<number, number | null>> {
  const values = new Map<number, number | null>();
  for (let from: number | null = 0; from !== null; ) {
    const page: ReturnType<Store["readPoints"]> = store.readPoints(runId, name, from);
    page.curve.epoch.forEach((epoch, place) => void values.set(epoch, page.curve.y[place] ?? null));
    from = page.next;
    if (from !== null) await setImmediate();
  }
  return values;
}

/** Every so many of them, the first, the last, the lowest of either loss and the highest of training. */
function thinned(epochs: readonly EpochLosses[], most: number): EpochLosses[] {
  const apart = Math.ceil(epochs.length / most);
  if (apart <= 1) return [...epochs];
  const least = (of: (losses: EpochLosses) => number): EpochLosses | undefined =>
    epochs.reduce<EpochLosses | undefined>((best, one) => (best === undefined || of(one) < of(best) ? one : best), undefined);
  const kept = new Set([
    least(({ loss }) => loss ?? Number.POSITIVE_INFINITY),
    least(({ val_loss }) => val_loss ?? Number.POSITIVE_INFINITY),
    least(({ loss }) => -(loss ?? Number.NEGATIVE_INFINITY)),
    epochs.at(-1),
  ]);
  return epochs.filter((losses, place) => place % apart === 0 || kept.has(losses));
}
