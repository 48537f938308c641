/**
 * Which curves a run that goes on from a checkpoint makes anew at the very step of it: figures of validation rows that were being gone over,
 * and with them those of the epoch that had not ended. Their points may have been kept before the run was killed.
 */
import { BETWEEN, isBetweenEpochs, isCourseCurve } from "../../../core/metrics/curve-names.ts";
import { CLOCK_CURVE } from "../../../core/protocol/run-clock.ts";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";

export function isMadeAgain({ loop }: Pick<CheckpointHeader, "loop">): (curve: string) => boolean {
  const isEpochAhead = loop.latestReport?.step !== loop.step;
  const isCheckAhead = loop.checkedStep !== loop.step;
  return (curve) => {
    if (curve === CLOCK_CURVE || isCourseCurve(curve)) return false;
    return isBetweenEpochs(curve) ? isCheckAhead && curve.startsWith(`${BETWEEN}val_`) : isEpochAhead;
  };
}
