/**
 * Two or more runs beside each other: one row a figure or option, whether the runs differ in it, and which is best. Pure; the
 * words of rows and values are in compare-words.ts.
 */
import { isBaseline } from "../../core/baselines/backend.ts";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readFigureName } from "../../core/metrics/figure-names.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { type DesignOption, flattenDesign, type OptionGroup, optionKey } from "../../core/spec/design-options.ts";
import { wordOfStatus } from "../runs/run-status.ts";
import { isLoss, OF_THE_LOSS } from "../sweeps/unlike-losses.ts";
import { higherIsBetter, sortedFigures } from "../training/metrics.ts";

export type CompareGroup = "figures" | "run" | OptionGroup;

export interface CompareRow {
  readonly key: string;
  readonly group: CompareGroup;
  readonly owner: string;
  /** Several layers of which this row says the same, `owner` the first of them. */
  readonly owners?: readonly string[];
  readonly field: string;
  /** As in DesignOption. */
  readonly type: string;
  /** One a run; undefined where the run has no such thing (the layer is not there). */
  readonly values: readonly unknown[];
  /** Whether it tells the runs apart: what of a layer nobody chose does not where a run has no such layer. */
  readonly differs: boolean;
  /** Places of the runs with the best figure; empty when all are alike or the row is no figure. */
  readonly best: readonly number[];
}

/** Order of the groups: what came out first, or what was changed first. */
export const RESULTS_FIRST: readonly CompareGroup[] = ["figures", "layers", "training", "data", "run"];
export const CHANGES_FIRST: readonly CompareGroup[] = ["layers", "training", "data", "figures", "run"];

/** What of a run's row is compared, besides its figures. */
const RUN_FIELDS = {
  status: (run: Run) => wordOfStatus(run),
  // Baselines and ensembles have none.
  epochs_done: (run: Run) => (hasDesign(run) ? run.epoch : null),
  best_epoch: (run: Run) => run.best_epoch,
  seconds: (run: Run) => run.seconds,
  seconds_per_epoch: (run: Run) => (run.epoch > 0 ? run.seconds / run.epoch : null),
  parameters: (run: Run) => run.parameters,
  dataset: (run: Run) => run.dataset_name,
  data_fingerprint: (run: Run) => run.data_fingerprint.slice(0, 12),
  backend: (run: Run) => run.backend,
  threads: (run: Run) => run.threads,
  engine: (run: Run) => run.engine_version,
} as const satisfies Readonly<Record<string, (run: Run) => unknown>>;
export type RunField = keyof typeof RUN_FIELDS;

/**
 * @param designs of the runs, in the same order
 * @returns rows group by group
 */
export function compareRuns(
  designs: readonly DesignDocument[],
  runs: readonly Run[],
  order: readonly CompareGroup[] = RESULTS_FIRST,
): readonly CompareRow[] {
  const rows = [...figureRows(designs, runs), ...runRows(runs), ...optionRows(designs, runs)];
  return order.flatMap((group) => rows.filter((found) => found.group === group));
}

function row(
  group: CompareGroup,
  owner: string,
  field: string,
  type: string,
  values: readonly unknown[],
  best: readonly number[] = [],
): CompareRow {
  return { key: JSON.stringify([group, owner, field]), group, owner, field, type, values, differs: !allAlike(values), best };
}

function allAlike(values: readonly unknown[]): boolean {
  const [first, ...others] = values.map((value) => (value === undefined ? "" : JSON.stringify(value)));
  return others.every((other) => other === first);
}

/** What the losses of its outputs measure, as one text. */
const lossesOf = (design: DesignDocument): string =>
  JSON.stringify(
    flattenDesign(design)
      .filter(({ group, field }) => group === "layers" && OF_THE_LOSS.has(field))
      .map(({ field, value }) => [field, value]),
  );

function figureRows(designs: readonly DesignDocument[], runs: readonly Run[]): readonly CompareRow[] {
  const names = sortedFigures(runs.flatMap((run) => Object.keys(run.metrics)));
  return names.map((name) => {
    const values = runs.map((run) => run.metrics[name]);
    const judged = designs.filter((_, place) => typeof values[place] === "number");
    // Of losses that measure different things none is the best.
    const unlike = isLoss(name) && new Set(judged.map(lossesOf)).size > 1;
    return row("figures", "", name, "", values, unlike ? [] : bestPlaces(values, higherIsBetter(name)));
  });
}

/** Where the best value stands; several where they are equal, none where there is no choice. */
export function bestPlaces(values: readonly unknown[], higher: boolean): readonly number[] {
  const numbers = values.map((value) => (typeof value === "number" && Number.isFinite(value) ? value : null));
  const known = numbers.filter((value) => value !== null);
  if (known.length < 2) return [];
  const best = higher ? Math.max(...known) : Math.min(...known);
  const places = numbers.flatMap((value, place) => (value === best ? [place] : []));
  return places.length === known.length ? [] : places;
}

function runRows(runs: readonly Run[]): readonly CompareRow[] {
  return Object.entries(RUN_FIELDS).map(([field, read]) =>
    row(
      "run",
      "",
      field,
      "",
      runs.map((run) => read(run)),
    ),
  );
}

/** Only such a figure asks for k. */
const isTopK = (name: string): boolean => readFigureName(name).known?.metric.name === "top_k_accuracy";

/** Baselines and ensembles have none of their own. */
export const hasDesign = (run: Pick<Run, "backend">): boolean => !isBaseline(run) && !isEnsemble(run);

/** Baselines and ensembles keep the design beside which they were made: of it only what is done with the data is theirs. */
export const isOptionOf = (run: Pick<Run, "backend">, { group }: Pick<DesignOption, "group">): boolean =>
  group === "data" || hasDesign(run);

/**
 * What an option says of runs, by all that it is in any of them.
 * @param found one a run, or each that is there once; undefined where a run that could have it does not
 * @returns null where it does nothing in any of them: it is not listed
 */
export function saidByOption(
  found: readonly (DesignOption | undefined)[],
  runs: readonly Pick<Run, "metrics">[],
): "alike" | "differs" | null {
  const known = found.filter((one) => one !== undefined);
  const [option] = known;
  if (option === undefined || known.every(({ isIdle }) => isIdle === true)) return null;
  const { group, field } = option;
  if (group === "training" && field === "top_k" && !runs.some(({ metrics }) => Object.keys(metrics).some(isTopK))) return null;
  // Of a layer that some runs lack its type says so; a default that all others share says it no second time.
  const isSaid = group === "layers" && known.every(({ isDefault }) => isDefault) && allAlike(known.map(({ value }) => value));
  return !isSaid && !allAlike(found.map((one) => one?.value)) ? "differs" : "alike";
}

function optionRows(designs: readonly DesignDocument[], runs: readonly Run[]): readonly CompareRow[] {
  const flat = designs.map((design, place) => {
    const run = runs[place];
    const options = flattenDesign(design).filter((option) => run === undefined || isOptionOf(run, option));
    return new Map(options.map((option) => [optionKey(option), option]));
  });
  const order = mergedOrder(flat.map((options) => [...options.keys()]));
  return order.flatMap((key) => {
    const found = flat.map((options) => options.get(key));
    const option = found.find((one) => one !== undefined);
    if (option === undefined) return [];
    const said = saidByOption(
      found.filter((_, place) => {
        const run = runs[place];
        return run === undefined || isOptionOf(run, option);
      }),
      runs,
    );
    if (said === null) return [];
    const { group, owner, field, type } = option;
    const made = row(
      group,
      owner,
      field,
      type,
      found.map((one) => one?.value),
    );
    return [{ ...made, differs: said === "differs" }];
  });
}

/** All keys, each once, in an order that keeps a key of a later list behind the one it follows there. */
function mergedOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const order: string[] = [...(lists[0] ?? [])];
  const known = new Set(order);
  for (const list of lists.slice(1)) {
    let after = -1;
    for (const key of list) {
      if (known.has(key)) {
        // Most often it stands close behind the last one.
        const ahead = order.indexOf(key, after + 1);
        after = ahead === -1 ? order.indexOf(key) : ahead;
        continue;
      }
      after += 1;
      order.splice(after, 0, key);
      known.add(key);
    }
  }
  return order;
}
