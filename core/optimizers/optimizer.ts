/** What an optimizer is: its options and words here, its slots and the numbers it needs each step in implementation.ts. */

import type { OpName } from "../ir/op-name.ts";
import type { Attributes } from "../ir/tensor.ts";
import type { AnyConfig, Schema } from "../schema/fields.ts";

export interface OptimizerTexts {
  readonly label: string;
  readonly summary: string;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
}

export interface OptimizerDefinition {
  readonly name: string;
  readonly schema: Schema;
  readonly texts: Readonly<Record<"en" | "zh", OptimizerTexts>>;
  /** The learning rate only scales steps whose size comes from elsewhere: people use any between the default and 1. */
  readonly findsOwnScale?: true;
  /** Every step is over all training rows together, whatever batch size the design asks for. */
  readonly takesAllRows?: true;
  readonly pytorch: (config: AnyConfig) => string;
  readonly keras: string;
}

export interface OptimizerImplementation {
  readonly op: OpName;
  /** Names of the per-parameter values it keeps, each as large as all parameters, and what they start from. */
  readonly slots: (config: AnyConfig) => readonly { readonly name: string; readonly start: number }[];
  readonly attributes: (config: AnyConfig) => Attributes;
  /** Writes the numbers of `hyper` for one step (from 0): into the arena itself, so that a step allocates nothing. */
  readonly hyper: (into: Float32Array | Float64Array, config: AnyConfig, learningRate: number, step: number) => void;
}

/** Length of the `hyper` input of every update op. */
export const HYPER_SIZE = 8;
/** Place in `hyper` of the momentum with which the weights are averaged (`use_ema`); optimizers fill from the front. */
export const AVERAGE_MOMENTUM = HYPER_SIZE - 1;

export const learningRateText = {
  en: { label: "Learning rate", help: "How far a step goes. Too high: the loss jumps or becomes NaN. Too low: it hardly falls." },
  zh: { label: "学习率", help: "每一步走多远。太大：损失跳动或变成 NaN；太小：几乎不下降。" },
} as const;

export const LEARNING_RATE_LADDER = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] as const;

/** base^exponent by repeated squaring: the same bits on every machine, which Math.pow does not promise. */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
