import { describe, expect, it } from "vitest";
import { defaultsOf } from "../schema/validate.ts";
import { type EarlyStopping, earlyStoppingSchema } from "../spec/training.ts";
import { freshStopping, observe } from "./early-stopping.ts";

/** Epochs that were the best so far, and the epoch after which training stops; null when it does not. */
function follow(values: readonly number[], options: Partial<EarlyStopping>): { better: number[]; stoppedAt: number | null } {
  const state = freshStopping();
  const all: EarlyStopping = { ...defaultsOf(earlyStoppingSchema), enabled: true, ...options };
  const better: number[] = [];
  for (const [i, value] of values.entries()) {
    const observed = observe(state, all, i + 1, value);
    if (observed.better) {
      better.push(i + 1);
      expect(state.bestEpoch).toBe(i + 1);
      expect(state.best).toBe(value);
    }
    if (observed.stop) return { better, stoppedAt: i + 1 };
  }
  return { better, stoppedAt: null };
}

/**
 * Keras 3, `keras.callbacks.EarlyStopping.on_epoch_end`, mode "min": a value is better when it lies below the best by more than
 * min_delta; `wait` is 0 after an improvement and else grows by 1; training stops when `wait >= patience and epoch > 0`, epochs
 * counted from 0.
 */
describe("early stopping, case by case as in Keras", () => {
  it("takes the first epoch for an improvement, whatever its loss", () => {
    expect(follow([1e30], {})).toEqual({ better: [1], stoppedAt: null });
  });

  it("stops after as many epochs without improvement as its patience", () => {
    expect(follow([1, 2, 2, 2, 2], { patience: 3, min_delta: 0 })).toEqual({ better: [1], stoppedAt: 4 });
  });

  it("begins to count anew after each improvement", () => {
    expect(follow([5, 6, 4, 6, 3, 6, 6, 6], { patience: 2, min_delta: 0 })).toEqual({ better: [1, 3, 5], stoppedAt: 7 });
  });

  it("asks for more than min_delta: exactly min_delta is no improvement", () => {
    expect(follow([1, 0.75, 0.5], { patience: 2, min_delta: 0.25 })).toEqual({ better: [1, 3], stoppedAt: null });
    expect(follow([1, 0.875, 0.8125, 0.7421875], { patience: 10, min_delta: 0.25 })).toEqual({ better: [1, 4], stoppedAt: null });
  });

  it("measures against the best, not against the last: slow progress adds up", () => {
    expect(follow([1, 0.9, 0.8, 0.7], { patience: 5, min_delta: 0.25 })).toEqual({ better: [1, 4], stoppedAt: null });
  });

  it("takes the same loss again for no improvement, with no min_delta too", () => {
    expect(follow([1, 1, 1], { patience: 2, min_delta: 0 })).toEqual({ better: [1], stoppedAt: 3 });
  });

  it("stops at the second epoch at the earliest, with a patience of 0 or 1", () => {
    for (const patience of [0, 1]) {
      expect(follow([1, 2, 3], { patience, min_delta: 0 })).toEqual({ better: [1], stoppedAt: 2 });
      expect(follow([Number.NaN, 2, 3], { patience, min_delta: 0 })).toEqual({ better: [2], stoppedAt: 3 });
    }
  });

  it("goes on with a patience of 0 as long as every epoch is better", () => {
    expect(follow([3, 2, 1], { patience: 0, min_delta: 0 })).toEqual({ better: [1, 2, 3], stoppedAt: null });
  });

  it("takes a loss that is not a number for no improvement", () => {
    expect(follow([1, Number.NaN, Number.NaN], { patience: 2, min_delta: 0 })).toEqual({ better: [1], stoppedAt: 3 });
  });

  it("never stops while it is off, and still knows the best epoch", () => {
    expect(follow([1, 2, 2, 2, 2, 2, 2], { enabled: false, patience: 1 })).toEqual({ better: [1], stoppedAt: null });
  });

  it("is off, watches val_loss and waits for five epochs by default", () => {
    expect(defaultsOf(earlyStoppingSchema)).toEqual({
      enabled: false,
      monitor: "val_loss",
      min_delta: 0.001,
      patience: 5,
      restore_best_weights: true,
    });
  });
});
