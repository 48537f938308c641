/** What the tests of run groups share: a sweep whose dimensions can be read at a glance. */
import type { Dimension, SweepPlan } from "./plan.ts";

export const range = (option: string, low: number, high: number, more: object = {}): Dimension => ({
  target: { of: "training", option },
  values: { form: "range", low, high, scale: "linear", whole: false, points: 3, ...more },
});
export const list = (option: string, ...values: unknown[]): Dimension => ({
  target: { of: "training", option },
  values: { form: "list", values },
});
export const sweep = (more: Partial<SweepPlan>): SweepPlan => ({
  kind: "sweep",
  dimensions: [range("optimizer.learning_rate", 0.001, 0.1, { scale: "log" }), list("batch_size", 8, 32)],
  method: "grid",
  trials: 100,
  seeds: [0],
  monitor: "val_loss",
  better: "low",
  seed: 1,
  halving: null,
  ...more,
});
