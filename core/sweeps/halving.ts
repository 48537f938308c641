/**
 * Successive halving without waiting (Li and others, "A System for Massively Parallel Hyperparameter Tuning", 2020, in the
 * form that Optuna uses): at the first look, and again after `factor` times as many epochs, a member goes on only while it
 * is among the best 1/factor of all members that came as far. The first ones find nobody to compare with and go on.
 */
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

/**
 * @param own    figure of this member at the rung, smaller is better; null when it was not a number
 * @param others figures of other members at the same rung, whatever became of them
 */
export function isHopeless(own: number | null, others: readonly (number | null)[], factor: number): boolean {
  if (own === null) return true;
  const all = [...others.filter((value) => value !== null), own].sort((a, b) => a - b);
  if (all.length < factor) return false;
  const kept = Math.floor(all.length / factor);
  return own > (all[kept - 1] as number);
}
