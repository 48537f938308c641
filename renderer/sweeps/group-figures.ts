/** What the members of groups say together: mean and deviation of each figure, and whether two groups differ by more than chance. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { dimensionKey } from "../../core/sweeps/plan.ts";
import { type Difference, pairedTest, type Summary, summaryOf, welchTest } from "../../core/sweeps/statistics.ts";
import type { FinishedTrial } from "../../core/sweeps/tpe.ts";
import { sortedFigures } from "../training/metrics.ts";

const COUNTED: ReadonlySet<Run["status"]> = new Set<Run["status"]>(["done", "stopped"]);

/** Members whose figures count: those that ended with a model. */
export function countedRuns<Kept extends ListedRun>(runs: readonly Kept[]): readonly Kept[] {
  return runs.filter((run) => COUNTED.has(run.status) && run.has_model);
}

export function valuesOf(runs: readonly ListedRun[], figure: string): readonly number[] {
  return countedRuns(runs).flatMap((run) => run.metrics[figure] ?? []);
}

export function figuresOfRuns(runs: readonly ListedRun[]): readonly { readonly name: string; readonly summary: Summary }[] {
  return sortedFigures(countedRuns(runs).flatMap((run) => Object.keys(run.metrics))).flatMap((name) => {
    const summary = summaryOf(valuesOf(runs, name));
    return summary === null ? [] : [{ name, summary }];
  });
}

/**
 * Folds of the same rows are compared pair by pair, with the correction for the rows that they share; everything else as two
 * independent samples.
 */
export function differenceOf(
  first: { readonly group: RunGroup; readonly runs: readonly Run[] },
  second: { readonly group: RunGroup; readonly runs: readonly Run[] },
  figure: string,
): Difference | null {
  const [a, b] = [first.group.plan, second.group.plan];
  const [one, two] = [countedRuns(first.runs), countedRuns(second.runs)];
  const sameRows =
    a.kind === "folds" &&
    b.kind === "folds" &&
    a.folds === b.folds &&
    one[0]?.data_fingerprint === two[0]?.data_fingerprint &&
    one[0]?.seed === two[0]?.seed;
  if (sameRows && a.kind === "folds") {
    const pairs = one.flatMap((run) => {
      const other = two.find((candidate) => candidate.group_index === run.group_index);
      const [mine, theirs] = [run.metrics[figure] ?? null, other?.metrics[figure] ?? null];
      return mine === null || theirs === null ? [] : [[mine, theirs] as const];
    });
    return pairedTest(
      pairs.map(([mine]) => mine),
      pairs.map(([, theirs]) => theirs),
      1 / (a.folds - 1),
    );
  }
  return welchTest(valuesOf(first.runs, figure), valuesOf(second.runs, figure));
}

/** Settings of a sweep with the mean of their figure over the seeds, as a loss. */
export function trialsOf({ plan }: RunGroup, runs: readonly Run[], figure: string): readonly FinishedTrial[] {
  if (plan.kind !== "sweep") return [];
  const keys = plan.dimensions.map(dimensionKey);
  const bySetting = new Map<string, { options: Record<string, unknown>; values: number[] }>();
  for (const run of countedRuns(runs)) {
    const value = run.metrics[figure];
    if (value == null) continue;
    const options = Object.fromEntries(keys.map((key) => [key, run.group_options?.[key]]));
    const setting = JSON.stringify(options);
    const known = bySetting.get(setting) ?? { options, values: [] };
    known.values.push(value);
    bySetting.set(setting, known);
  }
  return [...bySetting.values()].map(({ options, values }) => ({
    options,
    loss: values.reduce((sum, value) => sum + value, 0) / values.length,
  }));
}
