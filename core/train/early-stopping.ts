/** Early stopping as Keras's callback: an epoch counts as better when it falls below the best by more than min_delta. */
import type { EarlyStopping } from "../spec/training.ts";

export interface StoppingState {
  best: number;
  bestEpoch: number;
  waited: number;
}

export const freshStopping = (): StoppingState => ({ best: Number.POSITIVE_INFINITY, bestEpoch: 0, waited: 0 });

/**
 * @param epoch from 1
 * @returns whether this epoch is the best so far, and whether to stop now
 */
export function observe(state: StoppingState, options: EarlyStopping, epoch: number, value: number): { better: boolean; stop: boolean } {
  if (value < state.best - options.min_delta) {
    state.best = value;
    state.bestEpoch = epoch;
    state.waited = 0;
    return { better: true, stop: false };
  }
  state.waited += 1;
  return { better: false, stop: options.enabled && state.waited >= options.patience && epoch > 1 };
}
