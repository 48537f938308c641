/** What an activation is: its words and traits here, its arithmetic in implementation.ts beside each definition. */
import type { Emitter } from "../ir/emitter.ts";
import type { Shape, Tensor } from "../ir/tensor.ts";
import type { Schema } from "../schema/fields.ts";

export interface ActivationDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  readonly schema: Schema;
  /** Computed number by number by `unary`, or by an op of its own on rows. */
  readonly op: "unary" | "softmax" | "log_softmax" | "learned";
  /** For `learned`: weights of its own, which the layer that uses it holds. Not for recurrent cells. */
  readonly learned?: LearnedActivation;
  /** Flat at both ends: chains of it let gradients vanish. */
  readonly saturates: boolean;
  /** Between two numbers though it lets gradients through, for what does not saturate and gives no probabilities. @defaultValue false */
  readonly bounded?: boolean;
  /** 0 below some input: a unit that is 0 for every row is dead, no gradient reaches it. @defaultValue false */
  readonly floor?: boolean;
  /** `each`: every output is a probability of its own; `row`: the last axis sums to one. */
  readonly gives: "values" | "each_probability" | "row_probabilities";
  /** The function in PyTorch, over the expression x. */
  readonly pytorch: (x: string) => string;
  readonly keras: string;
  /** Python for Keras, where that name alone means another function there, or none. */
  readonly kerasCode?: string;
  /** The name by which Keras 2 and TensorFlow.js mean it, where it means another function in Keras 3. */
  readonly olderKeras?: string;
}

/** A weight of a learned activation, for C functions side by side. */
export interface ActivationWeight {
  readonly name: string;
  /** With C as the last axis. */
  readonly shape: Shape;
  readonly initializer: string;
  readonly initializerValue?: number;
}

export interface LearnedActivation {
  /** A sum of this many pieces can be asked for. */
  readonly pieces: boolean;
  /** @param count C */
  readonly weights: (count: number, pieces: number) => readonly ActivationWeight[];
  /** @param x `[.., C]`; @param weights by name, with C as the last axis; returns the shape of x */
  readonly build: (builder: Emitter, x: Tensor, weights: Readonly<Record<string, Tensor>>) => Tensor;
  /**
   * The layer that Keras takes in the place of an activation's name; absent where Keras has none.
   * @param sharing what shares its weights (`per_unit`, `per_value`, `one`); @param rank axes of a sample
   */
  readonly keras?: (sharing: string, rank: number) => Readonly<Record<string, unknown>>;
  /** Over the expression x `[.., C]` and those of the weights. */
  readonly pytorch: (x: string, weight: (name: string) => string) => string;
}

export interface ActivationImplementation {
  /** Whether the derivative is written in x or in y. */
  readonly saved: "input" | "output";
  readonly value: (x: number) => number;
  /** dy/dx in terms of what was saved. */
  readonly derivative: (saved: number) => number;
}

/** Whether all that it gives lies between two numbers. */
export const isBounded = ({ saturates, gives, bounded = false }: Pick<ActivationDefinition, "saturates" | "gives" | "bounded">): boolean =>
  saturates || bounded || gives !== "values";
