/** The threshold that serves an aim best, as it is shown and may be kept. */
import type { ThresholdPoint } from "../../../core/insight/thresholds.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { LongAnswer } from "../../state/use-long-answer.ts";

type Answer = LongAnswer<MethodOutput<"runs.best_threshold">>;

export interface BestPoint {
  /** Undefined: none, or not known yet. */
  readonly point: ThresholdPoint | undefined;
  /** Where the slider stands: while the next one is looked for, at the point before. */
  readonly stands: ThresholdPoint | undefined;
  readonly isKnown: boolean;
  /** While the host is asked. */
  readonly answer: Answer | null;
}

/** What the host found. The point of the aim before is neither shown nor kept while the next one is looked for. */
export function answeredBest(answer: Answer): BestPoint {
  const value = answer.pending ? null : answer.value;
  return {
    point: value?.point ?? undefined,
    stands: answer.value?.point ?? undefined,
    isKnown: value !== null,
    answer: { ...answer, value },
  };
}
