/** What a report is told of a run: all that is kept of it. */
import type { ErrorParams } from "../errors.ts";
import type { DesignDocument } from "../graph/document.ts";
import type { Curve, Evaluation, MethodOutput, Run, RunGroup } from "../protocol/methods.ts";

export interface ReportedRun {
  readonly run: Run;
  readonly design: DesignDocument;
  readonly curves: readonly Curve[];
  /** What its evaluation shows, of each part that was asked; none of a run that answers nothing. */
  readonly judged: readonly JudgedPart[];
  /** What stands beside a run of a time series; left out where it is of none. */
  readonly beside?: ReportedBeside;
  /** What an ensemble is made of; left out of all other runs. Members that were deleted are missing. */
  readonly ensemble?: {
    readonly rule: MethodOutput<"ensembles.describe">["rule"];
    readonly members: readonly Pick<Run, "name" | "metrics">[];
  };
  readonly verdicts: readonly { readonly code: string; readonly tone: string; readonly params: ErrorParams }[];
}

export interface JudgedPart {
  readonly part: "training" | "validation" | "test";
  /** Null where it could not be made: `error` says why. */
  readonly evaluation: Evaluation | null;
  /** Of targets that are numbers. */
  readonly residuals: readonly ReportedResiduals[];
  readonly error: { readonly code: string; readonly params: ErrorParams } | null;
}

export interface ReportedResiduals {
  readonly node_id: string;
  /** Of the target. */
  readonly label: string;
  readonly found: MethodOutput<"runs.residuals">;
}

/** A group that a reported run is a member of, with all its members. */
export interface ReportedGroup {
  readonly group: RunGroup;
  readonly design: DesignDocument;
  readonly runs: readonly Run[];
}

export interface ReportedBeside {
  readonly part: "training" | "validation";
  /** Of that part; outputs that have `baselines` have them beside their own figures. */
  readonly outputs: Evaluation["outputs"];
  /** Why there are none. */
  readonly error: { readonly code: string; readonly params: ErrorParams } | null;
}
