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
import { type Dimension, dimensionKey, type MemberOptions, type SweepPlan, type Target, type Values } from "../plan.ts";
import { knownTarget } from "./known-target.ts";

/** So many combinations are held against the design; of more each value is judged with the others as the design has them. */
const MOST_COMBINATIONS = 128;

/**
 * @param values what the option may be set to
 * @param facts what is known of the rows; without it only the design decides
 * @param beside what else is searched over: a value fits that fits with any combination of those
 * @returns the reason by value; a mistake that the design has without the value counts for none
 */
export function unfitValues(
  design: DesignDocument,
  target: Target,
  values: readonly unknown[],
  facts: DataFacts | null,
  beside: readonly Dimension[] = [],
): ReadonlyMap<unknown, ErrorData> {
  const mistakeOf = judgeOf(design, facts);
  const others = listsOf(beside.filter((one) => dimensionKey(one) !== dimensionKey({ target, values: list([null]) })));
  const found = new Map<unknown, ErrorData>();
  for (const value of values) {
    const mistakes = combinationsOf(others, values.length).map((set) => mistakeOf([...set, { target, value }]));
    const [first] = mistakes;
    if (first !== undefined && mistakes.every((mistake) => mistake !== undefined)) found.set(value, first);
  }
  return found;
}

export interface UnfitCombination {
  readonly options: MemberOptions;
  readonly reason: ErrorData;
}

/** Combinations of listed values that the design cannot be trained with, by dimensionKey; none where they are too many to look at. */
export function unfitCombinations(design: DesignDocument, dimensions: readonly Dimension[], facts: DataFacts | null): UnfitCombination[] {
  const lists = listsOf(dimensions);
  const mistakeOf = judgeOf(design, facts);
  return lists.length === 0
    ? []
    : combinationsOf(lists, 1).flatMap((set) => {
        const reason = mistakeOf(set);
        const options = Object.fromEntries(set.map(({ target, value }) => [dimensionKey({ target, values: list([value]) }), value]));
        return reason === undefined || set.length === 0 ? [] : [{ options, reason }];
      });
}

interface Setting {
  readonly target: Target;
  readonly value: unknown;
}

const list = (values: unknown[]): Values => ({ form: "list", values });

const listsOf = (dimensions: readonly Dimension[]): readonly (readonly Setting[])[] =>
  dimensions.flatMap(({ target, values }) => (values.form === "list" ? [values.values.map((value) => ({ target, value }))] : []));

/** One empty one where there would be too many, each of them `times` times. */
function combinationsOf(lists: readonly (readonly Setting[])[], times: number): readonly (readonly Setting[])[] {
  if (lists.reduce((product, { length }) => product * length, times) > MOST_COMBINATIONS) return [[]];
  return lists.reduce<readonly (readonly Setting[])[]>((sets, one) => sets.flatMap((set) => one.map((setting) => [...set, setting])), [[]]);
}

type Judge = (settings: readonly Setting[]) => ErrorData | undefined;

/** What was said of a design is remembered as long as it is there: a search is put together value by value, and asks for most of them again. */
const judges = new WeakMap<DesignDocument, { readonly facts: DataFacts | null; readonly judge: Judge }>();

function judgeOf(design: DesignDocument, facts: DataFacts | null): Judge {
  const known = judges.get(design);
  if (known !== undefined && known.facts === facts) return known.judge;
  const [judge, said] = [newJudge(design, facts), new Map<string, ErrorData | undefined>()];
  const remembering: Judge = (settings) => {
    const key = JSON.stringify(settings.map(({ target, value }) => JSON.stringify([target, value])).sort());
    if (!said.has(key)) said.set(key, judge(settings));
    return said.get(key);
  };
  judges.set(design, { facts, judge: remembering });
  return remembering;
}

/** Says what keeps the design from being trained with some settings, and not without them. */
function newJudge(design: DesignDocument, facts: DataFacts | null): Judge {
  const options = { cache: new PropagationCache(), memory: new CheckMemory(), facts };
  const before = mistakesOf(examine(design, options));
  return (settings) => {
    const changed = withValues(design, settings);
    const propagation = examine(changed, options);
    const mistake = [...mistakesOf(propagation)].find(([key]) => !before.has(key))?.[1];
    if (mistake !== undefined) return mistake;
    for (const { target } of settings) {
      const misfit = lossMisfit(changed, target, propagation, facts);
      if (misfit !== null) return misfit;
    }
    return undefined;
  };
}

function withValues(design: DesignDocument, settings: readonly Setting[]): DesignDocument {
  const dimensions = settings.map(({ target, value }): Dimension => ({ target, values: list([value]) }));
  const plan: SweepPlan = {
    kind: "sweep",
    dimensions,
    method: "grid",
    trials: 1,
    seeds: [0],
    monitor: "loss",
    better: "low",
    seed: 0,
    halving: null,
  };
  return applyOptions(design, plan, Object.fromEntries(dimensions.map((one, place) => [dimensionKey(one), settings[place]?.value])));
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
