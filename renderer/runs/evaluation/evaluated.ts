/** What the panels of an evaluation share: one output of it, and of which rows it is. */
import type { Evaluation } from "../../../core/protocol/methods.ts";

export type EvaluatedOutput = Evaluation["outputs"][number];

/** Rows of the run's own data, or all of another data set: then the part says nothing. */
export interface AskedRows {
  readonly part: "training" | "validation" | "test";
  readonly dataset_id?: string;
}
