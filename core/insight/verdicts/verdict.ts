/**
 * What a verdict on a run is: one thing that its figures say, in a sentence with the numbers behind it, and what may be done about
 * it. One file a verdict; each is asked of the same facts and is silent when they say nothing.
 */
import type { ErrorParams } from "../../errors.ts";
import type { DesignDocument } from "../../graph/document.ts";
import type { Fix } from "../../graph/problem.ts";
import type { EvaluatedOutput } from "../../train/evaluation.ts";

/** Losses of one whole epoch, counted from 1; null where it was not finite or nothing was held out. */
export interface EpochLosses {
  readonly epoch: number;
  readonly loss: number | null;
  readonly valLoss: number | null;
}

export interface RunFacts {
  /** As it was trained. */
  readonly design: DesignDocument;
  /** What acts would change: the design as it is now, where it is open; else that which was trained. */
  readonly open: DesignDocument;
  /** Epochs that ended, in order; of the longest runs every so many. */
  readonly epochs: readonly EpochLosses[];
  /** How many were asked for. */
  readonly epochsAsked: number;
  /** Whether the loss became NaN or infinite. */
  readonly diverged: boolean;
  /** The layer in which that was seen first, by its name; left out where none was named. */
  readonly divergedIn?: string;
  /** Whether the data brought it: then no step was too large. */
  readonly brokenData?: boolean;
  /** Figures of its last epoch, by the names of the curves. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Whether the run came to its own end (all epochs, or early stopping), not one made by a person or a fault. */
  readonly ended: boolean;
  readonly parameters: number | null;
  readonly trainingRows: number | null;
  /** Whether training and validation loss measure the same: not where classes are weighed, or rows drawn, while training alone. */
  readonly lossesAlike: boolean;
  /** Evaluated outputs of the validation rows, of the training rows where nothing was held out; empty where unknown. */
  readonly outputs: readonly EvaluatedOutput[];
  /** Whether the outputs are of rows that it learnt from. */
  readonly outputsAreLearnt: boolean;
}

export type Tone = "good" | "advice" | "problem";

export interface Verdict {
  /** Its sentence: `verdict.*` in resources/translations/errors/verdicts.ts. */
  readonly code: string;
  readonly tone: Tone;
  readonly params: ErrorParams;
  readonly fixes: readonly Fix[];
}

export type Judge = (facts: RunFacts) => Verdict | null;

/** A share in per cent, a whole number. */
export const percent = (share: number): number => Math.round(share * 100);

/** Four digits: what a sentence needs of a loss. */
export const figure = (value: number): number => Number(value.toPrecision(4));

/** The loss that tells how well it does: on held-out rows where there are any. */
export function watched(facts: RunFacts): readonly { readonly epoch: number; readonly value: number }[] {
  const heldOut = facts.epochs.some(({ valLoss }) => valLoss !== null);
  return facts.epochs.flatMap(({ epoch, loss, valLoss }) => {
    const value = heldOut ? valLoss : loss;
    return value === null ? [] : [{ epoch, value }];
  });
}

/** The smallest loss of any number of them; infinity of none. */
export const smallest = (losses: readonly number[]): number =>
  losses.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY);

/** The place of the smallest value; -1 of none. */
export function lowest(values: readonly { readonly value: number }[]): number {
  return values.reduce(
    (best, { value }, place) => (best < 0 || value < (values[best]?.value ?? Number.POSITIVE_INFINITY) ? place : best),
    -1,
  );
}
