/** Whether two groups of folds cut the same rows in the same way, so that their members can be compared pair by pair. */
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { canonicalJson, preparationOf } from "../../core/spec/hash.ts";

/** @param seed of the training, by which rows are drawn where the split has none of its own */
export interface Divided {
  readonly design: DesignDocument;
  readonly seed: number;
}

/** The data themselves are not compared: their fingerprint says whether they are the same. */
export function dividesAlike(first: Divided, second: Divided): boolean {
  const [a, b] = [first.design.data, second.design.data];
  return a !== null && b !== null && canonicalJson(dividedBy(a, first.seed)) === canonicalJson(dividedBy(b, second.seed));
}

/** All that decides which rows there are and which fold each is in; how many folds there are is the group's own. */
function dividedBy(data: DataDocument, seed: number): object {
  const { fold: _fold, folds: _folds, ...split } = data.split;
  const targets = data.columns.filter(({ role }) => role === "target");
  return {
    ...pick(preparationOf(data), ["filter", "row_choices", "window", "graph"]),
    split: { ...split, column: split.column ?? null, seed: split.seed ?? seed },
    targets: targets.map(({ name, type, lists }) => ({ name, type, lists })),
  };
}

const pick = (of: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));
