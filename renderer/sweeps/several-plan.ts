/** The plan of several runs of one design, by their kind and number: folds, seeds, or bags for an ensemble. */
import type { BaggingPlan, GroupPlan } from "../../core/sweeps/plan.ts";

export type SeveralKind = Exclude<GroupPlan["kind"], "sweep">;

/** As core/sweeps/plan.ts allows. */
export const MOST_MEMBERS: Readonly<Record<SeveralKind, number>> = { folds: 100, seeds: 200, ensemble: 50 };

export function severalPlan(kind: SeveralKind, count: number, rule: BaggingPlan["rule"] = "average"): GroupPlan {
  switch (kind) {
    case "folds":
      return { kind, folds: count };
    case "seeds":
      return { kind, seeds: Array.from({ length: count }, (_, seed) => seed) };
    case "ensemble":
      return { kind, method: "bagging", bags: count, rule, seed: 0 };
    default:
      return kind satisfies never;
  }
}
