/** What a report is told of a run: all that is kept of it. */
import type { ErrorParams } from "../errors.ts";
import type { DesignDocument } from "../graph/document.ts";
import type { Curve, Evaluation, MethodOutput, Run } from "../protocol/methods.ts";

export interface ReportedRun {
  readonly run: Run;
  readonly design: DesignDocument;
  readonly curves: readonly Curve[];
  /** Of the validation rows; null where there is none. */
  readonly evaluation: Evaluation | null;
  /** What stands beside a run of a time series; left out where it is of none. */
  readonly beside?: ReportedBeside;
  /** What an ensemble is made of; left out of all other runs. Members that were deleted are missing. */
  readonly ensemble?: {
    readonly rule: MethodOutput<"ensembles.describe">["rule"];
    readonly members: readonly Pick<Run, "name" | "metrics">[];
  };
  readonly verdicts: readonly { readonly code: string; readonly tone: string; readonly params: ErrorParams }[];
}

export interface ReportedBeside {
  readonly part: "training" | "validation";
  /** Of that part; outputs that have `baselines` have them beside their own figures. */
  readonly outputs: Evaluation["outputs"];
  /** Why there are none. */
  readonly error: { readonly code: string; readonly params: ErrorParams } | null;
}
