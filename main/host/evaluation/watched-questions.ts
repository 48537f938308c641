/** Questions over all rows that somebody waits for: told how far they are, and ended when they are cancelled. */
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { TaskOptions } from "../../engine/task-handle.ts";
import type { HostEvents } from "../events.ts";

export const CANCELLED = "run.evaluation_cancelled";
/** What is asked of several runs one after the other has no one number of rows: how far it is, is told as a share. */
const PROGRESS_STEPS = 1000;

/** While somebody waits for the rows. */
export interface RowsWatch {
  readonly signal?: AbortSignal;
  /** @param share 0 to 1 */
  readonly onProgress?: (share: number) => void;
}

export class WatchedQuestions {
  private readonly events: HostEvents;
  private readonly going = new Map<string, AbortController>();

  constructor(events: HostEvents) {
    this.events = events;
  }

  /**
   * @param taskId as the page named it; left out, nobody is told and nothing can be cancelled
   * @throws AppError run.evaluation_cancelled, and what it fails with itself
   */
  async ask<T>(taskId: string | undefined, act: (watch: RowsWatch) => Promise<T>): Promise<T> {
    if (taskId === undefined) return act({});
    const controller = new AbortController();
    this.going.set(taskId, controller);
    const onProgress = (share: number): void =>
      this.events.emit("evaluation.progress", { task_id: taskId, done: Math.round(share * PROGRESS_STEPS), total: PROGRESS_STEPS });
    try {
      return await act({ signal: controller.signal, onProgress });
    } finally {
      this.going.delete(taskId);
    }
  }

  get handlers(): Pick<HostHandlers, "runs.cancel_evaluation"> {
    return {
      "runs.cancel_evaluation": async ({ task_id }) => {
        this.going.get(task_id)?.abort();
        return {};
      },
    };
  }
}

/** A cancel ends the worker. */
export function taskOptions({ signal, onProgress }: RowsWatch): TaskOptions {
  return {
    ...(signal === undefined ? {} : { signal, endsWith: CANCELLED }),
    onMessage: (message) => {
      if (message.kind === "evaluation_progress") onProgress?.(message.done / Math.max(1, message.total));
    },
  };
}

/** A stretch of the whole work: its shares 0 to 1 are those from `from` to `to` of all. */
export function stretchOf({ signal, onProgress }: RowsWatch, from: number, to: number): RowsWatch {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (share: number) => onProgress(from + share * (to - from)) }),
  };
}

/** @throws AppError run.evaluation_cancelled as soon as whoever waits has ended it */
export function orCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new AppError(CANCELLED));
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancel));
  });
}
