/**
 * What the preparation of a table learns that does not fit into memory. What is one number a row (targets, weights, the split) is prepared
 * whole, as ever; the steps of the features learn from a sample of the training rows, as many as fit, or from all of them piece by piece.
 */
import type { DataNeeds } from "../data/data-needs.ts";
import { chooseRows } from "../data/filter/choose-rows.ts";
import { filterTable } from "../data/filter/filter-table.ts";
import { columnsForFilter } from "../data/filter/rows.ts";
import { applySteps, columnsOfTable, type FittedStep, takeRows } from "../data/pipeline.ts";
import { inputTargetLayouts, prepare } from "../data/prepare.ts";
import type { FittedPipeline, PreparedData } from "../data/prepared.ts";
import { targetForSteps } from "../data/row-classes.ts";
import type { Rows } from "../data/rows.ts";
import { idsInTime } from "../data/series-parts.ts";
import { splitColumn } from "../data/split-columns.ts";
import type { Table } from "../data/table.ts";
import type { TextChanges } from "../data/text/augment-texts.ts";
import { columnsToRead, WINDOW } from "../data/windows.ts";
import type { DataDocument } from "../graph/document.ts";
import type { StepTarget } from "../steps/step.ts";
import type { PartName, RowReader } from "./row-source.ts";
import { type Features, fitFeatures, passesToFit, passesToWrite, withSteps } from "./stored-features.ts";
import { crossFitOf } from "./stored-folds.ts";
import { hasGaps } from "./stored-gaps.ts";
import { type PictureInputs, type PictureSource, pictureInputs } from "./stored-pictures.ts";
import { fitSeries, learntFrom, type StoredSeries, seriesPasses, storedSeries, windowGroup } from "./stored-series.ts";
import { storedChanges, withCopies } from "./stored-texts.ts";

/** What keeps rows in memory. */
export type NotInPieces = "graph" | "gaps_beside_columns" | "pictures_not_alone" | "folds_in_series" | "target_is_input";

/** Why steps cannot learn from rows that are read in pieces; null where they can. */
export function whyNotLearnt(data: DataDocument, needs: DataNeeds): NotInPieces | null {
  const { window, graph, steps } = data;
  if (graph !== undefined) return "graph";
  if (hasGaps(data) && needs.inputs.some(({ columns }) => columns.some((name) => window?.columns.includes(name))))
    return "gaps_beside_columns";
  if (pictureInputs(data, needs) === null) return "pictures_not_alone";
  if (window !== undefined && steps.some((step) => crossFitOf(step) !== null)) return "folds_in_series";
  return null;
}

export interface LearntStored {
  /** Columns that were read whole. */
  readonly table: Table;
  /** Rows of all parts with what is true of them, and without what the network takes. */
  readonly targets: PreparedData;
  /** Where training rows come with copies that have changed texts; `targets` have those rows. */
  readonly copies: TextChanges | null;
  readonly features: Features;
  /** Those of inputs that take no windows. */
  readonly numbers: Features;
  readonly others: DataNeeds["inputs"];
  readonly series: StoredSeries | null;
  readonly pictures: PictureInputs;
  readonly shown: PictureSource | null;
  /** Training rows that the features learn from, or a sample of them. */
  readonly rowIds: Uint32Array;
  readonly pipeline: FittedPipeline;
  /** The same for outputs of other widths. */
  readonly again: (needs: DataNeeds) => Promise<LearntStored>;
}

/** @param writes whether the rows will be read once more to write them @throws AppError data.* */
export async function learnStored(
  data: DataDocument,
  needs: DataNeeds,
  source: RowReader,
  seed: number,
  writes: boolean,
): Promise<LearntStored> {
  const targetNames = targetColumns(data, needs);
  const withSeries = hasGaps(data);
  const isFilled = (name: string): boolean => withSeries && data.window?.columns.includes(name) === true;
  const pictures = pictureInputs(data, needs) ?? new Map<string, string>();
  const shown = pictures.size === 0 ? null : await source.pictures();
  const table = await source.whole(columnsToRead(data).filter(({ name }) => isReadWhole(data, name, targetNames) || isFilled(name)));
  const { augment: _augment, augment_text: _copies, ...unchanged } = data;
  const onTargets = withSteps(unchanged, (name) => targetNames.has(name) || isFilled(name));
  const outputsOnly = (now: DataNeeds): PreparedData =>
    prepare(table, onTargets, { inputs: [], outputs: fromColumns(now) }, seed, { withSeries });
  const first = outputsOnly(needs);
  const copies = storedChanges(data, needs, targetNames, first.training.rowCount, seed);
  const series = storedSeries(
    data,
    needs,
    () => idsInTime(filterTable(table, data), data.window),
    eachPart((name) => first[name]?.rowCount ?? 0),
  );
  const others = series === null ? needs.inputs : needs.inputs.filter(({ columns }) => columns.length > 0);
  // What an input takes beside the windows learns with that input.
  const beside = new Set(others.flatMap(({ columns }) => columns));
  const learnt = new Set([...targetNames, ...beside]);
  const isOwn = (name: string): boolean => series?.window.columns.includes(name) !== true || beside.has(name);
  const rowIds = first.learntFrom ?? (series === null ? (first.sampled?.rowIds ?? first.training.rowIds) : learntFrom(series));
  const own = withSteps(unchanged, isOwn);
  const needed = { needs: { ...needs, inputs: others }, targets: targetNames, seed, shown };
  const learnFeatures = (targets: PreparedData): Promise<Features> => {
    const target = (steps: number): StepTarget | null => targetAfter(steps, table, data, targets.pipeline, rowIds);
    return fitFeatures(own, rowIds, source, { ...needed, target });
  };
  const passes = passesToFit(own, needed) + (writes ? passesToWrite(own, needed) : 0);
  source.plan(passes + (series === null || withSeries ? 0 : seriesPasses(data, series, learnt)));
  const fitted = await learnFeatures(first);
  // A series that is held whole has learnt with the targets.
  const inSteps = withSeries || series === null ? [] : await fitSeries(data, series, learnt, source, seed);
  const learntWith = (now: DataNeeds, targets: PreparedData, numbers: Features): LearntStored => {
    const features = series === null ? numbers : withWindows(numbers, series, inSteps);
    const pipeline: FittedPipeline = {
      ...features.pipeline,
      ...(data.window === undefined ? {} : { window: data.window }),
      ...(targets.pipeline.window_fill === undefined ? {} : { window_fill: targets.pipeline.window_fill }),
      columns: data.columns,
      steps: [...targets.pipeline.steps, ...features.pipeline.steps],
      targets: { ...targets.pipeline.targets, ...layoutsOfInputs(data, now, features) },
    };
    const again = async (now: DataNeeds): Promise<LearntStored> => {
      const targetsAnew = outputsOnly(now);
      if (features.folded.length === 0) return learntWith(now, targetsAnew, numbers);
      source.plan(passes);
      return learntWith(now, targetsAnew, await learnFeatures(targetsAnew));
    };
    const rows = copies === null ? targets : { ...targets, training: withCopies(targets.training, copies) };
    return { table, targets: rows, copies, features, numbers, others, series, pictures, shown, rowIds, pipeline, again };
  };
  return learntWith(needs, first, fitted);
}

/** Outputs whose target stands in columns, and is not what an input brings. */
export const fromColumns = ({ outputs }: DataNeeds): DataNeeds["outputs"] => outputs.filter(({ targetInput }) => targetInput === null);

/** Of outputs whose target is what an input brings. */
function layoutsOfInputs(data: DataDocument, needs: DataNeeds, { pipeline: { features } }: Features): FittedPipeline["targets"] {
  const columns = columnsOfInputs(data, needs);
  return inputTargetLayouts(
    needs,
    needs.inputs.map(({ nodeId }) => columns[nodeId] ?? []),
    features,
  );
}

/** Columns of each input, by its node id: those that it names, or all features. */
export function columnsOfInputs(data: DataDocument, needs: DataNeeds): Record<string, readonly string[]> {
  const targets = targetColumns(data, needs);
  const all = data.columns.filter(({ name, role }) => role === "feature" && !targets.has(name)).map(({ name }) => name);
  const others = data.window === undefined ? all : [WINDOW];
  return Object.fromEntries(needs.inputs.map(({ nodeId, columns }) => [nodeId, columns.length > 0 ? columns : others]));
}

/** The windows beside the features of other inputs. */
function withWindows(
  { pipeline, inputs, columns, folded }: Features,
  { window, inputs: taken }: StoredSeries,
  fitted: readonly FittedStep[],
): Features {
  const group = windowGroup(window);
  const none: Rows = { shape: group.shape ?? [], values: new Float32Array(0) };
  return {
    pipeline: { ...pipeline, steps: [...pipeline.steps, ...fitted], features: [...pipeline.features, group] },
    inputs: { ...inputs, ...Object.fromEntries(taken.map((id) => [id, none])) },
    columns,
    folded,
  };
}

/** What the steps learn from where they learn from the target. @param steps that name a target and come before */
function targetAfter(steps: number, table: Table, data: DataDocument, fitted: FittedPipeline, rowIds: Uint32Array): StepTarget | null {
  const names = new Set(Object.values(fitted.targets).flatMap(({ columns }) => columns));
  const documents = data.columns.filter(({ name }) => names.has(name));
  const kept = filterTable(chooseRows(table, data), data);
  const placeOf = new Uint32Array(table.rowCount);
  kept.rowIds.forEach((id, place) => (placeOf[id] = place));
  const raw = takeRows(
    columnsOfTable(kept, documents),
    rowIds.map((id) => placeOf[id] as number),
  );
  const made = new Map(raw);
  applySteps(fitted.steps.slice(0, steps), made);
  return targetForSteps(fitted.targets, made, raw, rowIds)();
}

/** Those that outputs are compared with: an autoencoder alone has none, whatever the roles of columns are. */
export function targetColumns(data: Pick<DataDocument, "columns">, needs: DataNeeds): ReadonlySet<string> {
  const ofRole = data.columns.filter(({ role }) => role === "target").map(({ name }) => name);
  return new Set(fromColumns(needs).flatMap(({ columns }) => (columns.length > 0 ? columns : ofRole)));
}

/** Targets and weights, what the split reads, and what a filter may ask of. */
export function isReadWhole(data: DataDocument, name: string, targets: ReadonlySet<string>): boolean {
  const { role, type } = data.columns.find((column) => column.name === name) ?? {};
  if (targets.has(name) || role !== "feature" || name === splitColumn(data) || name === data.window?.order_by) return true;
  return columnsForFilter(data.columns, data.filter).some((column) => column.name === name) && type !== "picture";
}

export const eachPart = <T>(make: (name: PartName) => T): Record<PartName, T> => ({
  training: make("training"),
  validation: make("validation"),
  test: make("test"),
});
