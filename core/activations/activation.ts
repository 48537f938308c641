/** What an activation is: its words and traits here, its arithmetic in implementation.ts beside each definition. */
import type { Schema } from "../schema/fields.ts";

export interface ActivationDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  readonly schema: Schema;
  /** Computed number by number by `unary`, or by an op of its own on rows. */
  readonly op: "unary" | "softmax" | "log_softmax";
  /** Flat at both ends: chains of it let gradients vanish. */
  readonly saturates: boolean;
  /** `each`: every output is a probability of its own; `row`: the last axis sums to one. */
  readonly gives: "values" | "each_probability" | "row_probabilities";
  /** The function in PyTorch, over the expression x. */
  readonly pytorch: (x: string) => string;
  readonly keras: string;
}

export interface ActivationImplementation {
  /** Whether the derivative is written in x or in y. */
  readonly saved: "input" | "output";
  readonly value: (x: number) => number;
  /** dy/dx in terms of what was saved. */
  readonly derivative: (saved: number) => number;
}
