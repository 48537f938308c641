/** What the members of a group say together: which of them count, the values of a figure, and the settings of a sweep over their seeds. */
import { holm } from "./holm.ts";
import { dimensionKey, type GroupPlan } from "./plan.ts";
import { type Summary, summaryOf, welchTest } from "./statistics.ts";
import type { FinishedTrial } from "./tpe.ts";

/** What is asked of a run. */
export interface CountedRun {
  readonly status: string;
  readonly has_model: boolean;
  readonly metrics: Readonly<Record<string, number | null>>;
}
interface SweptRun extends CountedRun {
  readonly group_options: Readonly<Record<string, unknown>> | null;
}
interface Planned {
  readonly plan: GroupPlan;
}

const COUNTED: ReadonlySet<string> = new Set(["done", "stopped"]);

/** Members whose figures count: those that ended with a model. */
export function countedRuns<Kept extends CountedRun>(runs: readonly Kept[]): readonly Kept[] {
  return runs.filter((run) => COUNTED.has(run.status) && run.has_model);
}

export function valuesOf(runs: readonly CountedRun[], figure: string): readonly number[] {
  return countedRuns(runs).flatMap((run) => run.metrics[figure] ?? []);
}

/** One setting of a sweep: what its runs have in common, whatever their seed. */
export interface Setting<Swept> {
  readonly options: Readonly<Record<string, unknown>>;
  /** Those that came to the figure, one a seed, with it. */
  readonly runs: readonly Swept[];
  readonly values: readonly number[];
}

function settingsOf<Swept extends SweptRun>({ plan }: Planned, runs: readonly Swept[], figure: string): readonly Setting<Swept>[] {
  if (plan.kind !== "sweep") return [];
  const keys = plan.dimensions.map(dimensionKey);
  const bySetting = new Map<string, { options: Record<string, unknown>; runs: Swept[]; values: number[] }>();
  for (const run of countedRuns(runs)) {
    const value = run.metrics[figure];
    if (value == null) continue;
    const options = Object.fromEntries(keys.map((key) => [key, run.group_options?.[key]]));
    const setting = JSON.stringify(options);
    const known = bySetting.get(setting) ?? { options, runs: [], values: [] };
    bySetting.set(setting, known);
    const seed = run.group_options?.["seed"];
    // Searches of before tried a setting twice with the same seed: the same run again says nothing more.
    if (seed !== undefined && known.runs.some((other) => other.group_options?.["seed"] === seed)) continue;
    known.runs.push(run);
    known.values.push(value);
  }
  return [...bySetting.values()];
}

/** Settings of a sweep with the mean of their figure over the seeds, as a loss. */
export function trialsOf(group: Planned, runs: readonly SweptRun[], figure: string): readonly FinishedTrial[] {
  return settingsOf(group, runs, figure).map(({ options, values }) => ({ options, loss: summaryOf(values)?.mean ?? Number.NaN }));
}

export interface RankedSetting<Swept> extends Setting<Swept> {
  readonly summary: Summary;
  /** The best of its runs. */
  readonly best: Swept;
  /** That it is no other than the first, by Welch's test, corrected for how many are asked (Holm); null for the first and where nothing can be said. */
  readonly p: number | null;
}

/**
 * Settings of a sweep, the best mean first: one seed that was lucky makes no best setting. Those that fewer seeds have come to stand behind
 * the others.
 */
export function rankedSettings<Swept extends SweptRun>(
  group: Planned,
  runs: readonly Swept[],
  figure: string,
  better: "low" | "high",
): readonly RankedSetting<Swept>[] {
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
