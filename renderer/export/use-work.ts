/** Something that a person started and waits for: busy (with a way to end it and, where it is watched, how far), done with a result, or failed. */
import { useRef, useState } from "react";
import { errorData } from "../../core/errors.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";

export type Work<T> =
  | { readonly state: "idle" }
  | { readonly state: "busy" /** 0 to 1; null where nobody tells. */; readonly progress: number | null; readonly cancel: () => void }
  | { readonly state: "done"; readonly result: T }
  | { readonly state: "failed"; readonly error: unknown };

interface WorkNow<T> {
  readonly work: Work<T>;
  /** The signal comes when nobody waits for it any more. */
  readonly start: (act: (signal: AbortSignal) => Promise<T>) => void;
  /** The same of what a host tells of and can end, by the `task_id` that it is given. */
  readonly startWatched: (act: (taskId: string) => Promise<T>) => void;
  readonly forget: () => void;
}

/** What a host says of work that was cancelled. */
export const CANCELLED = "run.evaluation_cancelled";

export function useWork<T>(): WorkNow<T> {
  const [work, setWork] = useState<Work<T>>({ state: "idle" });
  /** Of what was started last. */
  const current = useRef<unknown>(null);
  const follow = (going: Promise<T>): void => {
    current.current = going;
    const end = (next: Work<T>): void => {
      if (current.current === going) setWork(next);
    };
    going
      .then((result) => end({ state: "done", result }))
      .catch((error: unknown) => end(errorData(error).code === CANCELLED ? { state: "idle" } : { state: "failed", error }));
  };
  return {
    work,
    start: (act) => {
      const leaving = new AbortController();
      const cancel = (): void => {
        leaving.abort();
        current.current = null;
        setWork({ state: "idle" });
      };
      setWork({ state: "busy", progress: null, cancel });
      follow(act(leaving.signal));
    },
    startWatched: (act) => {
      const task_id = crypto.randomUUID();
      const cancel = (): void => void host().call("runs.cancel_evaluation", { task_id }).catch(report);
      const tell = (progress: number): void => setWork({ state: "busy", progress, cancel });
      tell(0);
      const stopListening = host().on("evaluation.progress", (event) => {
        if (event.task_id === task_id) tell(event.done / Math.max(1, event.total));
      });
      follow(act(task_id).finally(stopListening));
    },
    forget: () => setWork({ state: "idle" }),
  };
}
