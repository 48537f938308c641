/**
 * Successive halving without waiting (Li and others, "A System for Massively Parallel Hyperparameter Tuning", 2020, in the
 * form that Optuna uses): at the first look, and again after `factor` times as many epochs, a member goes on only while it
 * is among the best 1/factor of all members that came as far. The first ones find nobody to compare with and go on.
 */
import type { GroupPlan } from "./plan.ts";

export interface Halving {
  readonly first: number;
  readonly factor: number;
}

/** Epochs at which members are looked at, those below the last epoch. */
export function rungs({ first, factor }: Halving, epochs: number): readonly number[] {
  const found: number[] = [];
  for (let epoch = first; epoch < epochs; epoch *= factor) found.push(epoch);
  return found;
}

/** Epochs after which a member is judged; none where its group ends nobody early. */
export function judgedEpochs(plan: GroupPlan, epochs: number): readonly number[] {
  return plan.kind === "sweep" && plan.halving !== null ? rungs(plan.halving, epochs) : [];
}

/** What ended a member: its figure at the rung (null: not a number), the last figure that went on, and how many of how many do. */
export interface FellBehind {
  readonly own: number | null;
  readonly last: number | null;
  readonly kept: number;
  readonly all: number;
}

/**
 * @param own    figure of this member at the rung, smaller is better; null when it was not a number
 * @param others figures of other members at the same rung, whatever became of them
 * @returns null while it goes on
 */
export function fellBehind(own: number | null, others: readonly (number | null)[], factor: number): FellBehind | null {
  const finite = others.filter((value) => value !== null);
  const all = [...finite, ...(own === null ? [] : [own])].sort((a, b) => a - b);
  const kept = Math.floor(all.length / factor);
  const last = all[kept - 1] ?? null;
  const found = { own, last, kept, all: others.length + 1 };
  if (own === null) return found;
  return last === null || own <= last ? null : found;
}
