/** A question about a run that takes a while: asked anew when it changes, with progress and cancel; leaving ends it. */
import { useEffect, useRef, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import { begun, type Found, knownOf, NOTHING_FOUND } from "./found-answer.ts";
import { host } from "./host.ts";
import { report } from "./toasts.ts";

type LongMethod = keyof typeof WORK;

/** Whatever goes over the rows of a part. */
const OF_ROWS = { cancel: "runs.cancel_evaluation", progress: "evaluation.progress", cancelled: "run.evaluation_cancelled" } as const;

/** What the thread answers that looks inside runs. */
const OF_INSIDE = { cancel: "inside.cancel", progress: "inside.progress", cancelled: "inside.cancelled" } as const;

/** How each is cancelled, told of and refused when it was. */
const WORK = {
  "runs.importance": { cancel: "runs.cancel_importance", progress: "importance.progress", cancelled: "run.importance_cancelled" },
  "runs.dependence": { cancel: "runs.cancel_importance", progress: "importance.progress", cancelled: "run.importance_cancelled" },
  "runs.evaluation": OF_ROWS,
  "runs.examples": OF_ROWS,
  "runs.slices": OF_ROWS,
  "runs.best_threshold": OF_ROWS,
  "runs.residuals": OF_ROWS,
  "runs.series": OF_ROWS,
  "runs.disagreements": OF_ROWS,
  "ensembles.describe": OF_ROWS,
  "groups.combine": OF_ROWS,
  "groups.out_of_bag": OF_ROWS,
  "runs.surface": OF_INSIDE,
  "inside.umap": OF_INSIDE,
} as const;

/** Of each member of a union its own fields. */
type WithoutTask<T> = T extends unknown ? Omit<T, "task_id"> : never;

export interface LongAnswer<T> {
  readonly value: T | null;
  readonly error: unknown;
  /** 0 to 1. */
  readonly progress: number;
  /** The question is under way: a value that stands meanwhile is of the question before. */
  readonly pending: boolean;
  readonly cancelled: boolean;
  readonly cancel: () => void;
  readonly restart: () => void;
}

/**
 * @param input null asks nothing
 * @param again another number asks again: what was answered before is not so any more
 * @param of    what the answer is of (a run's id): while the next one of the same is awaited the last one stays, so that nothing flickers
 */
export function useLongAnswer<M extends LongMethod>(
  method: M,
  input: WithoutTask<MethodInput<M>> | null,
  again = 0,
  of?: string,
): LongAnswer<MethodOutput<M>> {
  const work = WORK[method];
  const [found, setFound] = useState<Found<MethodOutput<M>>>(NOTHING_FOUND);
  const [round, setRound] = useState(0);
  const current = useRef("");
  const key = input === null ? "" : `${round} ${again} ${JSON.stringify(input)}`;
  const cancel = (task_id: string): void => {
    host().call(work.cancel, { task_id }).catch(report);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the question and its round
  useEffect(() => {
    if (input === null) return undefined;
    const task_id = crypto.randomUUID();
    current.current = task_id;
    let [wanted, going] = [true, true];
    setFound((last) => begun(last, key, of));
    const stopListening = host().on(work.progress, (event) => {
      if (wanted && event.task_id === task_id) setFound((now) => ({ ...now, progress: event.done / Math.max(1, event.total) }));
    });
    host()
      .call(method, { ...input, task_id } as MethodInput<M>)
      .then((value) => wanted && setFound({ key, of, value, error: null, progress: 1, pending: false }))
      .catch((error: unknown) => wanted && setFound({ key, of, value: null, error, progress: 0, pending: false }))
      .finally(() => {
        going = false;
        stopListening();
      });
    return () => {
      wanted = false;
      stopListening();
      if (going) cancel(task_id);
    };
  }, [key]);
  const own = knownOf(found, key, of);
  const cancelled = own.error !== null && errorData(own.error).code === work.cancelled;
  return {
    value: own.value,
    error: cancelled ? null : own.error,
    progress: own.progress,
    pending: own.pending,
    cancelled,
    cancel: () => cancel(current.current),
    restart: () => setRound(round + 1),
  };
}
