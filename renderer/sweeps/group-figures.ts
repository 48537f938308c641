/** What the members of groups say together: mean and deviation of each figure, and whether two groups differ by more than chance. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { holm } from "../../core/sweeps/holm.ts";
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

/** One setting of a sweep: what its runs have in common, whatever their seed. */
export interface Setting {
  readonly options: Readonly<Record<string, unknown>>;
  /** Those that came to the figure, with it. */
  readonly runs: readonly Run[];
  readonly values: readonly number[];
}

function settingsOf({ plan }: RunGroup, runs: readonly Run[], figure: string): readonly Setting[] {
  if (plan.kind !== "sweep") return [];
  const keys = plan.dimensions.map(dimensionKey);
  const bySetting = new Map<string, { options: Record<string, unknown>; runs: Run[]; values: number[] }>();
  for (const run of countedRuns(runs)) {
    const value = run.metrics[figure];
    if (value == null) continue;
    const options = Object.fromEntries(keys.map((key) => [key, run.group_options?.[key]]));
    const setting = JSON.stringify(options);
    const known = bySetting.get(setting) ?? { options, runs: [], values: [] };
    known.runs.push(run);
    known.values.push(value);
    bySetting.set(setting, known);
  }
  return [...bySetting.values()];
}

/** Settings of a sweep with the mean of their figure over the seeds, as a loss. */
export function trialsOf(group: RunGroup, runs: readonly Run[], figure: string): readonly FinishedTrial[] {
  return settingsOf(group, runs, figure).map(({ options, values }) => ({ options, loss: summaryOf(values)?.mean ?? Number.NaN }));
}

export interface RankedSetting extends Setting {
  readonly summary: Summary;
  /** The best of its runs. */
  readonly best: Run;
  /** That it is no other than the first, by Welch's test, corrected for how many are asked (Holm); null for the first and where nothing can be said. */
  readonly p: number | null;
}

/**
 * Settings of a sweep, the best mean first: one seed that was lucky makes no best setting. Those that fewer seeds have come to stand behind
 * the others.
 */
export function rankedSettings(group: RunGroup, runs: readonly Run[], figure: string, better: "low" | "high"): readonly RankedSetting[] {
  const sign = better === "low" ? 1 : -1;
  const ranked = settingsOf(group, runs, figure)
    .flatMap((setting) => {
      const summary = summaryOf(setting.values);
      const [best] = [...setting.runs].sort((a, b) => sign * ((a.metrics[figure] ?? 0) - (b.metrics[figure] ?? 0)));
      return summary === null || best === undefined ? [] : [{ ...setting, summary, best }];
    })
    .sort((a, b) => b.summary.count - a.summary.count || sign * (a.summary.mean - b.summary.mean));
  const [first, ...others] = ranked;
  const chances = holm(others.map(({ values }) => welchTest(first?.values ?? [], values)?.p ?? null));
  return ranked.map((setting, place) => ({ ...setting, p: place === 0 ? null : (chances[place - 1] ?? null) }));
}
