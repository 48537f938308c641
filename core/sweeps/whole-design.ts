/** A member's design to go on with by itself: without the fold that it held out, or the bag that it drew. Its options and seed stay. */
import type { DesignDocument } from "../graph/document.ts";

export function wholeDesign(design: DesignDocument): DesignDocument {
  if (design.data === null) return design;
  const { folds: _folds, fold: _fold, bag: _bag, ...split } = design.data.split;
  return { ...design, data: { ...design.data, split } };
}
