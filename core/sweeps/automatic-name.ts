/** What a group is called until somebody names it: kept in English, shown in the language of the window as long as it is this. */
import type { GroupPlan } from "./plan.ts";

export function automaticName(plan: GroupPlan): string {
  switch (plan.kind) {
    case "folds":
      return `${plan.folds} folds`;
    case "seeds":
      return `${plan.seeds.length} seeds`;
    case "sweep":
      return `${plan.method} sweep`;
    case "ensemble":
      return `${plan.bags} bags`;
    default:
      return plan satisfies never;
  }
}
