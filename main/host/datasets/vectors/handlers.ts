/** Word vectors: read in a worker and kept beside the data sets, and counted again when the vocabulary is another. */
import { AppError } from "../../../../core/errors.ts";
import type { HostHandlers } from "../../../../core/protocol/host.ts";
import type { StartTask } from "../../../engine/task-handle.ts";
import type { VectorsAnswer, VectorsTask } from "../../../engine/vectors-task.ts";
import type { HostEvents } from "../../events.ts";
import type { HostFiles } from "../../files.ts";

export interface VectorsSurroundings {
  readonly files: HostFiles;
  readonly events: HostEvents;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

type VectorsHandlers = Pick<HostHandlers, "vectors.read" | "vectors.cancel" | "vectors.count">;

export function vectorsHandlers({ files, events, startTask, tablePath }: VectorsSurroundings): VectorsHandlers {
  const reading = new Map<string, AbortController>();
  const run = async (
    task: Omit<VectorsTask, "kind" | "table"> & { readonly datasetId: string },
    readId: string | null,
    signal?: AbortSignal,
  ): Promise<VectorsAnswer> => {
    const { datasetId, ...asked } = task;
    const path = await tablePath(datasetId);
    // Whoever cancels before the worker is there would not be heard.
    if (signal?.aborted === true) throw new AppError("data.vectors_cancelled");
    const answer = await startTask(
      { kind: "vectors", ...asked, table: { path } },
      {
        ...(signal === undefined ? {} : { signal }),
        onMessage: (message) => {
          if (message.kind !== "vectors_progress" || readId === null) return;
          const { bytes, totalBytes, lines, found } = message.progress;
          events.emit("vectors.progress", { read_id: readId, bytes, total_bytes: totalBytes, lines, found });
        },
      },
    );
    if (answer.kind !== "vectors") throw new Error(`the task answered with ${answer.kind}`);
    return answer.answer;
  };
  return {
    "vectors.read": async ({ dataset_id, design, node_id, file, name, read_id }) => {
      const controller = new AbortController();
      reading.set(read_id, controller);
      try {
        const { path } = files.incoming(file);
        const answer = await run({ datasetId: dataset_id, design, nodeId: node_id, file: { path, name } }, read_id, controller.signal);
        if (controller.signal.aborted) throw new AppError("data.vectors_cancelled");
        return answer;
      } finally {
        reading.delete(read_id);
        files.forget(file);
      }
    },
    "vectors.cancel": async ({ read_id }) => {
      reading.get(read_id)?.abort();
      return {};
    },
    "vectors.count": ({ dataset_id, design, node_id }) => run({ datasetId: dataset_id, design, nodeId: node_id, file: null }, null),
  };
}
