/** What the preparation of data asks of a design. */
import type { Shape } from "../ir/tensor.ts";
import type { TargetEncoding } from "./rows.ts";

/** What the preparation needs to know of the network: made by core/spec from the design. */
export interface DataNeeds {
  readonly inputs: readonly {
    readonly nodeId: string;
    /** Feature columns in order; empty for all of them. */
    readonly columns: readonly string[];
    /** Shape of one row when the node fixes it; null for a vector as wide as its columns. */
    readonly shape: Shape | null;
    /** What it feeds where that is not numbers of the rows: the edges of a graph, or a mask. */
    readonly feeds?: "graph" | "mask";
    /** Whether a number that is missing comes as NaN, and is not refused. */
    readonly takesGaps?: boolean;
  }[];
  readonly outputs: readonly {
    readonly nodeId: string;
    /** Target columns; empty for the columns whose role is target. */
    readonly columns: readonly string[];
    /** Id of the input node whose values are the target (an autoencoder); null for columns. */
    readonly targetInput: string | null;
    /** Encodings the loss takes, best first: the first that fits the columns and the width is used. */
    readonly encodings: readonly TargetEncoding[];
    /** Numbers per row that the network puts out; 0 when that is not known yet (it may depend on how wide the features are). */
    readonly width: number;
  }[];
}
