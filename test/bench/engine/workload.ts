/** What a workload is: a network, the rows it is timed on and how it trains. */
import type { TargetEncoding } from "../../../core/data/rows.ts";
import type { GraphDocument } from "../../../core/graph/document.ts";
import type { Shape } from "../../../core/ir/tensor.ts";

/** `normal`: the class is random. `tokens`: whether their sum is large. `waves`: the next value. `xor`: the sign of the product. */
export type RowKind = "normal" | "tokens" | "waves" | "xor";

export interface Workload {
  /** For tables: the network in a few words. */
  readonly about: string;
  readonly graph: GraphDocument;
  /** Shape of a row of the input node `x`. */
  readonly inputShape: Shape;
  /** What the rows are made of. */
  readonly rows: RowKind;
  readonly encoding: TargetEncoding;
  /** 0 for targets that are numbers. */
  readonly classes: number;
  readonly batch: number;
  readonly batches: number;
  readonly train: Readonly<Record<string, unknown>>;
}
