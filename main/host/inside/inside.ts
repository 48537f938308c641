/**
 * Looking inside a run: the network as it was trained, as it was at the end of an epoch, or as it is between two steps of its training.
 * What is looked at is computed in a thread of its own (main/engine/inside), which there is only while somebody looks.
 */

import { AppError } from "../../../core/errors.ts";
import { evenly } from "../../../core/insight/inside/weights/history.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput } from "../../../core/protocol/methods.ts";
import { bytesSetting } from "../../../core/protocol/number-settings.ts";
import type { SnapshotHeader } from "../../../core/train/snapshots.ts";
import type { RunToLookInto, WeightsOfEpoch, WeightsOfMoment } from "../../engine/inside/messages.ts";
import { InsideThread, type Moment } from "../../engine/inside/thread.ts";
import type { AskOptions } from "../../engine/kept-thread.ts";
import type { WeightsNow } from "../../engine/messages.ts";
import type { Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";

/** Of a long run so many epochs are drawn. */
const MOST_EPOCHS = 60;

export interface InsideSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly tablePath: (datasetId: string) => Promise<string>;
  /** Of a run that trains. */
  readonly weightsNow: (runId: string) => Promise<WeightsNow>;
  readonly workerUrl: URL;
  readonly closing: AbortSignal;
}

type Handlers = Pick<
  HostHandlers,
  "inside.views" | "inside.look" | "inside.umap" | "inside.cancel" | "inside.weight_history" | "runs.weights" | "runs.surface"
>;
type When = Pick<MethodInput<"inside.look">, "run_id" | "epoch" | "live">;

export function insideHandlers(around: InsideSurroundings): Handlers {
  const thread = new InsideThread(around.workerUrl, around.closing);
  const going = new Map<string, AbortController>();
  /** Told how far it is, and ended by inside.cancel. */
  const watched = async <T>(task_id: string, ask: (options: AskOptions) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    going.set(task_id, controller);
    try {
      const onProgress = (done: number, total: number): void => around.events.emit("inside.progress", { task_id, done, total });
      return await ask({ signal: controller.signal, onProgress });
    } finally {
      going.delete(task_id);
    }
  };
  return {
    "runs.weights": async ({ id, node_id: nodeId, epoch }) =>
      thread.ask((await momentOf(around, { run_id: id, epoch })).moment, { kind: "weights", nodeId }),
    "runs.surface": async ({ task_id, id, epoch, resolution, node_id, target, x, y, row }) => {
      const question = { kind: "surface", nodeId: node_id, target, x, y, row, resolution } as const;
      return watched(task_id, async (options) => thread.ask((await momentOf(around, { run_id: id, epoch })).moment, question, options));
    },
    "inside.views": async (when) => thread.ask((await momentOf(around, when)).moment, { kind: "views" }),
    "inside.look": async ({ node_id: nodeId, view, row, given, explained, plane, ...when }) => {
      const { moment, at } = await momentOf(around, when);
      const found = await thread.ask(moment, {
        kind: "look",
        nodeId,
        view,
        subject: given === undefined ? { kind: "row", row } : { kind: "given", values: given.values, picture: given.picture },
        explained: explained === undefined ? undefined : { nodeId: explained.node_id, place: explained.place },
        plane,
      });
      return { ...found, at };
    },
    "inside.umap": async ({ task_id, node_id: nodeId, ...when }) =>
      watched(task_id, async (options) => thread.ask((await momentOf(around, when)).moment, { kind: "umap", nodeId }, options)),
    "inside.cancel": async ({ task_id }) => {
      going.get(task_id)?.abort();
      return {};
    },
    "inside.weight_history": async ({ run_id, node_id: nodeId }) => {
      const times = await keptWeights(around.store, run_id);
      const last = times.at(-1);
      if (last === undefined) return { weights: [] };
      const { moment } = await momentOf(around, { run_id, epoch: last.epoch });
      return thread.ask(moment, { kind: "history", nodeId, times });
    },
  };
}

/** @throws AppError run.not_going, inside.not_begun */
async function momentOf(
  { store, tablePath, weightsNow }: InsideSurroundings,
  { run_id: runId, epoch, live }: When,
): Promise<{ readonly moment: Moment; readonly at: { step: number; epoch: number } | null }> {
  const { dataset_id: datasetId, has_model: hasModel, name } = store.getRun(runId);
  const path = datasetId === null ? null : await tablePath(datasetId);
  const run = async (): Promise<RunToLookInto> => ({
    design: store.runDesign(runId),
    model: hasModel ? await store.loadModel(runId) : null,
    table: path === null ? null : { path, dataMemoryBytes: bytesSetting(store.getSettings(), "data_memory_mb") },
    name,
  });
  const runKey = `${runId} ${hasModel} ${path}`;
  if (live === true) {
    const now = await weightsNow(runId);
    const at = { step: now.step, epoch: now.epoch };
    return { moment: { runKey, run, weightsKey: `step ${now.step}`, weights: async () => now }, at };
  }
  const weights = async (): Promise<WeightsOfMoment | null> => (epoch === undefined ? null : weightsAt(store, runId, epoch));
  return { moment: { runKey, run, weightsKey: epoch === undefined ? "trained" : `epoch ${epoch}`, weights }, at: null };
}

/** @throws AppError run.no_snapshot */
async function weightsAt(store: Store, runId: string, epoch: number): Promise<WeightsOfEpoch> {
  const snapshot = await store.loadSnapshot(runId, epoch);
  if (snapshot === null) throw new AppError("run.no_snapshot", { name: store.getRun(runId).name, epoch });
  return { epoch, header: snapshot.header as SnapshotHeader, bytes: snapshot.bytes };
}

async function keptWeights(store: Store, runId: string): Promise<readonly WeightsOfEpoch[]> {
  const found: WeightsOfEpoch[] = [];
  for (const { epoch } of evenly(store.listSnapshots(store.getRun(runId).id), MOST_EPOCHS))
    found.push(await weightsAt(store, runId, epoch));
  return found;
}
