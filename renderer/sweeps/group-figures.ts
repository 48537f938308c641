/** Mean and deviation of each figure of the members of a group, and whether two groups differ by more than chance. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { countedRuns, valuesOf } from "../../core/sweeps/group-figures.ts";
import { type Difference, pairedTest, type Summary, summaryOf, welchTest } from "../../core/sweeps/statistics.ts";
import { sortedFigures } from "../training/metrics.ts";

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
