/** Mean and deviation of each figure of the members of a group, and whether two groups differ by more than chance. */
import type { DesignDocument } from "../../core/graph/document.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { countedRuns, valuesOf } from "../../core/sweeps/group-figures.ts";
import { type Difference, pairedTest, type Summary, summaryOf, welchTest } from "../../core/sweeps/statistics.ts";
import { sortedFigures } from "../training/metrics.ts";
import { dividesAlike } from "./same-rows.ts";

export function figuresOfRuns(runs: readonly ListedRun[]): readonly { readonly name: string; readonly summary: Summary }[] {
  return sortedFigures(countedRuns(runs).flatMap((run) => Object.keys(run.metrics))).flatMap((name) => {
    const summary = summaryOf(valuesOf(runs, name));
    return summary === null ? [] : [{ name, summary }];
  });
}

type Member = Pick<Run, "status" | "has_model" | "metrics" | "data_fingerprint" | "seed" | "group_index">;

export interface ComparedGroup {
  readonly group: Pick<RunGroup, "plan">;
  readonly runs: readonly Member[];
  /** Of a member, or the one that all of them were made from; null while it is read. */
  readonly design: DesignDocument | null;
}

/**
 * Folds of the same rows are compared pair by pair, with the correction for the rows that they share; everything else as two
 * independent samples. Null while it is not known which, and of too few values.
 */
export function differenceOf(first: ComparedGroup, second: ComparedGroup, figure: string): Difference | null {
  const [a, b] = [first.group.plan, second.group.plan];
  const [one, two] = [countedRuns(first.runs), countedRuns(second.runs)];
  const [mine, theirs] = [one[0], two[0]];
  if (mine === undefined || theirs === undefined) return null;
  const maybeAlike = a.kind === "folds" && b.kind === "folds" && a.folds === b.folds && mine.data_fingerprint === theirs.data_fingerprint;
  if (maybeAlike && (first.design === null || second.design === null)) return null;
  const sameRows =
    maybeAlike &&
    first.design !== null &&
    second.design !== null &&
    dividesAlike({ design: first.design, seed: mine.seed }, { design: second.design, seed: theirs.seed });
  if (sameRows) {
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
