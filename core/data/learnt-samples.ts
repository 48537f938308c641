/** Which steps of a fitted preparation learnt from a sample of the training rows, because they could not take all of them from the disk. */
import type { FittedStep, LearntSample } from "./pipeline.ts";

export interface SampledStep extends LearntSample {
  /** The step's type. */
  readonly type: string;
  readonly columns: readonly string[];
}

interface Learnt {
  readonly steps: readonly (Pick<FittedStep, "step"> & { readonly sample?: LearntSample | undefined })[];
}

export const sampledSteps = ({ steps }: Learnt): SampledStep[] =>
  steps.flatMap(({ step, sample }) => (sample === undefined ? [] : [{ type: step.type, columns: [...step.columns], ...sample }]));
