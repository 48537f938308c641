/**
 * Values of a choice that this design cannot be trained with, each with the reason: a loss that does not take the target, an activation
 * whose values the loss does not take. A sweep does not offer them: each would be a run that fails before its first step.
 */

import { CheckMemory } from "../../checks/check-memory.ts";
import type { DataFacts } from "../../checks/data-facts.ts";
import { examine } from "../../checks/examine.ts";
import { encodingFits } from "../../data/encoding-fits.ts";
import type { ErrorData } from "../../errors.ts";
import type { DataDocument, DesignDocument } from "../../graph/document.ts";
import type { Propagation } from "../../graph/propagation.ts";
import { PropagationCache } from "../../graph/propagation-cache.ts";
import { applyOptions } from "../apply-options.ts";
import { dimensionKey, type SweepPlan, type Target } from "../plan.ts";
import { knownTarget } from "./known-target.ts";

/**
 * @param values what the option may be set to
 * @param facts what is known of the rows; without it only the design decides
 * @returns the reason by value; a mistake that the design has without the value counts for none
 */
export function unfitValues(
  design: DesignDocument,
  target: Target,
  values: readonly unknown[],
  facts: DataFacts | null,
): ReadonlyMap<unknown, ErrorData> {
  const options = { cache: new PropagationCache(), memory: new CheckMemory(), facts };
  const before = mistakesOf(examine(design, options));
  const found = new Map<unknown, ErrorData>();
  for (const value of values) {
    const changed = withValue(design, target, value);
    const propagation = examine(changed, options);
    const mistake =
      [...mistakesOf(propagation)].find(([key]) => !before.has(key))?.[1] ?? lossMisfit(changed, target, propagation, facts) ?? undefined;
    if (mistake !== undefined) found.set(value, mistake);
  }
  return found;
}

function withValue(design: DesignDocument, target: Target, value: unknown): DesignDocument {
  const dimension: SweepPlan["dimensions"][number] = { target, values: { form: "list", values: [value] } };
  const plan: SweepPlan = {
    kind: "sweep",
    dimensions: [dimension],
    method: "grid",
    trials: 1,
    seeds: [0],
    monitor: "loss",
    better: "low",
    seed: 0,
    halving: null,
  };
  return applyOptions(design, plan, { [dimensionKey(dimension)]: value });
}

/** What keeps the design from being trained, by code and place. */
function mistakesOf({ nodes, problems }: Propagation): ReadonlyMap<string, ErrorData> {
  const all = [...problems, ...[...nodes.values()].flatMap((node) => node.problems)];
  return new Map(
    all.flatMap(({ severity, error, nodeId }) => (severity === "error" ? [[`${error.code} ${nodeId ?? ""}`, error] as const] : [])),
  );
}

/** Whether the preparation would find no way to turn the target columns into what the loss takes; null where that is not known. */
function lossMisfit(design: DesignDocument, target: Target, propagation: Propagation, facts: DataFacts | null): ErrorData | null {
  if (target.of !== "layer" || target.option !== "loss") return null;
  const known = knownTarget(design, target.node_id, propagation, facts);
  if (known?.loss.counts === true && design.data !== null) {
    const below = known.columns.find((column) => isBelowZero(design.data as DataDocument, column, facts));
    if (below !== undefined) return { code: "sweep.loss_takes_counts", params: { column: below } };
  }
  if (known === null || known.loss.encodings.some((encoding) => encodingFits(encoding, known))) return null;
  const { columns, width, classes, loss } = known;
  const params = { column: columns.join(", "), columns: columns.length, units: width, values: classes };
  return { code: loss.encodings.includes("value") ? "sweep.loss_takes_numbers" : "sweep.loss_takes_classes", params };
}

/** Steps that leave about half of a column below zero. */
const CENTRES: ReadonlySet<string> = new Set(["standardise", "robust"]);

/** Whether the network is given targets below zero; what other steps make of them is not known before. */
function isBelowZero({ steps }: DataDocument, column: string, facts: DataFacts | null): boolean {
  const own = steps.filter(({ columns }) => columns.includes(column));
  return own.some(({ type }) => CENTRES.has(type)) || (own.length === 0 && (facts?.lows?.get(column) ?? 0) < 0);
}
