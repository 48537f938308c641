/** Permutation importance and partial dependence of runs: asked of a worker, with progress, and ended when nobody waits any more. */
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { ImportanceOfColumns } from "../../../core/train/explain/column-importance.ts";
import type { DependenceTask, FromTask, ImportanceTask } from "../../engine/task.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import type { TrainedModels } from "../exports/trained-model.ts";
import { threadsOf } from "./asked-design.ts";

export interface ImportanceSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly models: TrainedModels;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

type Handlers = Pick<HostHandlers, "runs.importance" | "runs.dependence" | "runs.cancel_importance">;
type Question = Pick<ImportanceTask, "kind" | "figure" | "repeats" | "seed"> | Pick<DependenceTask, "kind" | "column" | "target">;
type Asked = Pick<MethodInput<"runs.importance">, "task_id" | "id" | "part" | "node_id">;

export function importanceHandlers(around: ImportanceSurroundings): Handlers {
  const going = new Map<string, AbortController>();
  const ask = async (asked: Asked, question: Question): Promise<FromTask> => {
    if (going.has(asked.task_id)) throw new AppError("run.importance_running");
    const controller = new AbortController();
    going.set(asked.task_id, controller);
    try {
      return await answerOf(around, asked, question, controller.signal);
    } finally {
      going.delete(asked.task_id);
    }
  };
  return {
    "runs.importance": async (input) => {
      const { figure, repeats, seed } = input;
      return importanceForPage(answered(await ask(input, { kind: "importance", figure, repeats, seed }), "importance").found);
    },
    "runs.dependence": async (input) => {
      const { id, column, target } = input;
      const { found } = answered(await ask(input, { kind: "dependence", column, target }), "dependence");
      const dates = around.store.runDesign(id).data?.columns.find(({ name }) => name === column)?.type === "date";
      return {
        ...found,
        dates,
        labels: [...found.labels],
        values: [...found.values],
        average: found.average.map(finite),
        individual: found.individual.map(({ row, own, predicted }) => ({ row, own, predicted: predicted.map(finite) })),
        deciles: [...found.deciles],
      };
    },
    "runs.cancel_importance": async ({ task_id }) => {
      going.get(task_id)?.abort();
      return {};
    },
  };
}

async function answerOf(
  { store, events, models, startTask, tablePath }: ImportanceSurroundings,
  { task_id, id, part, node_id: nodeId }: Asked,
  question: Question,
  signal: AbortSignal,
): Promise<FromTask> {
  const run = store.getRun(id);
  if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
  const common = { model: await models.file(id), design: store.runDesign(id), part, nodeId, threads: threadsOf(store) };
  const table = { path: await tablePath(run.dataset_id) };
  // Cancelled while the table was looked for: a worker that begins later would not hear of it.
  if (signal.aborted) throw new AppError("run.importance_cancelled");
  return startTask(
    { ...common, table, ...question },
    {
      signal,
      onMessage: (message) => {
        if (message.kind === "importance_progress")
          events.emit("importance.progress", { task_id, done: message.done, total: message.total });
      },
    },
  );
}

function importanceForPage(found: ImportanceOfColumns): MethodOutput<"runs.importance"> {
  const columns = found.columns.map(({ name, losses, mean, deviation }) => ({
    name,
    losses: losses.map(finite),
    mean: finite(mean),
    deviation: deviation === null ? null : finite(deviation),
  }));
  return { ...found, figures: [...found.figures], baseline: finite(found.baseline), columns };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
