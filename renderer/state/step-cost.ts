/** What a row costs in a step of training, found once whenever shapes are. */

import type { Propagation } from "../../core/graph/propagation.ts";
import { stepMultiplyAdds } from "../../core/graph/step-cost.ts";
import type { DocumentState } from "./document.ts";

const found = new WeakMap<Propagation, number>();

/** @returns multiply–adds a row, forward and backward */
export function stepCost({ design, propagation }: Pick<DocumentState, "design" | "propagation">): number {
  if (design === null || propagation === null) return 0;
  const known = found.get(propagation);
  if (known !== undefined) return known;
  const cost = stepMultiplyAdds(design, propagation);
  found.set(propagation, cost);
  return cost;
}
