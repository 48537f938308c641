/** Columns that give the target away: asked of the host when the data set or the targets change. */
import { useEffect, useState } from "react";
import type { ErrorData } from "../../core/errors.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";

const NONE: readonly ErrorData[] = [];

interface Answer {
  readonly key: string;
  readonly warnings: readonly ErrorData[];
}

export function useLeaks(datasetId: string | null, targets: readonly string[]): readonly ErrorData[] {
  const key = JSON.stringify([datasetId, targets]);
  const [answer, setAnswer] = useState<Answer>({ key: "", warnings: NONE });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the names
  useEffect(() => {
    if (datasetId === null || targets.length === 0) return;
    let wanted = true;
    host()
      .call("datasets.leaks", { id: datasetId, targets: [...targets] })
      .then(({ warnings }) => {
        // zod writes an absent optional as undefined in the type; ErrorData leaves it out.
        if (wanted) setAnswer({ key, warnings: warnings.map(({ code, params }) => ({ code, params })) });
      })
      .catch((thrown: unknown) => {
        if (wanted) report(thrown);
      });
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer.key === key ? answer.warnings : NONE;
}
