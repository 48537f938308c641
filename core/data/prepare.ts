/**
 * Preparation: a table and the data section of a design become the numbers a network trains on. Everything that is
 * learnt (means, categories …) is learnt from the training rows; `applyPipeline` does the same to other rows later, to
 * the bit. The steps themselves are in core/steps, running them is pipeline.ts.
 */
import { AppError } from "../errors.ts";
import type { DataDocument, WindowDocument } from "../graph/document.ts";
import type { StepColumn } from "../steps/step.ts";
import { augmenterOf } from "./augment.ts";
import { type ColumnPlan, planColumns } from "./column-plan.ts";
import type { DataNeeds } from "./data-needs.ts";
import { chooseRows } from "./filter/choose-rows.ts";
import { filterTable } from "./filter/filter-table.ts";
import type { TellCounted } from "./graph/document-words.ts";
import { applyGraph, prepareGraph } from "./graph/prepare-graph.ts";
import { featureGroup, inputRows } from "./inputs.ts";
import { labelsOf, withLabels } from "./list-targets.ts";
import { mixupOf } from "./mixup.ts";
import {
  applySteps,
  type ColumnGroups,
  columnsOfTable,
  type FittedStep,
  fitSteps,
  inRowsOf,
  listed,
  takeColumnRows,
  takeRows,
  undoSteps,
} from "./pipeline.ts";
import type { ApplyOptions, FittedPipeline, PreparedData, PreparedPart } from "./prepared.ts";
import { classOfRows, targetForSteps } from "./row-classes.ts";
import { type FeatureGroup, ownValues, type Rows, type TargetLayout } from "./rows.ts";
import { refuseBag, refuseSampling, samplePart } from "./sampling.ts";
import {
  addWindowsAgain,
  addWindowsToParts,
  betweenParts,
  datedRows,
  idsInTime,
  inTime,
  isMissingAt,
  leftInTime,
  refuseOtherSplits,
  type SeriesPart,
} from "./series-parts.ts";
import { splitRows } from "./split.ts";
import { splitCodes } from "./split-columns.ts";
import type { Table } from "./table.ts";
import { chooseLayout, encodeTargets, type OutputNeeds } from "./targets.ts";
import { textCopies } from "./text/augment-texts.ts";
import { type RedrawnInput, TextRedraw } from "./text/text-redraw.ts";
import { refuseStepsOn, weightsOf } from "./weights.ts";
import type { FittedFill } from "./window-gaps.ts";
import { WINDOW } from "./windows.ts";

/**
 * @param table  every column the design uses; columns it ignores need not be there
 * @param seed   of the split, where the design gives it none
 * @throws AppError data.*
 */
export function prepare(table: Table, data: DataDocument, needs: DataNeeds, seed: number, options: PrepareOptions = {}): PreparedData {
  if (table.rowCount === 0) throw new AppError("data.no_rows");
  const chosen = chooseRows(table, data);
  const kept = filterTable(chosen, data);
  const prepared = prepareRows(kept, table, data, needs, seed, options);
  return kept === chosen ? prepared : { ...prepared, filteredRows: chosen.rowCount - kept.rowCount };
}

interface PrepareOptions {
  /** Steps that have learnt before, in the place of those that the design has. */
  readonly learnt?: readonly FittedStep[];
  /** Whether a series is prepared though no input takes it: which rows have a window then follows from its values. */
  readonly withSeries?: boolean;
  /** Is told how far the graph of texts is. */
  readonly tell?: TellCounted | undefined;
}

/** @param whole the table with the rows that were left out */
function prepareRows(
  table: Table,
  whole: Table,
  data: DataDocument,
  needs: DataNeeds,
  seed: number,
  { learnt: learntSteps, withSeries = false, tell }: PrepareOptions,
): PreparedData {
  if (data.graph !== undefined) return prepareGraph(table, whole, data, data.graph, needs, seed, tell);
  // Of rows on disk the windows are cut from the disk: here it is enough to know which rows have one.
  const cutsWindows = withSeries || needs.inputs.length > 0 || data.window?.fill !== undefined || table.leftOut !== undefined;
  const plan = planColumns(data.columns, needs, data.window, cutsWindows);
  refuseStepsOn(plan.weightName, data.steps);
  refuseOtherSplits(data);
  refuseSampling(data);
  refuseBag(data);
  const all = withLabels(inTime(columnsOfTable(table, plan.documents), table, data.window), plan.lists, table.rowIds);
  const kept = keptRows(all, plan, table);
  const known = kept.length === table.rowCount ? all : takeRows(all, kept);
  const keptIds = take(idsInTime(table, data.window), kept);
  const targets = chooseLayouts(plan, known, data);

  const strata = data.split.method === "stratified" ? classOfRows(targets, known, keptIds) : splitCodes(table, data, kept);
  const split = splitRows(kept.length, data.split, strata, seed);
  const training = takeRows(known, split.training);
  // Classes are encoded from the columns as they are before the steps, which are for numbers.
  const trainingClasses = new Map(training);
  // What was left out of the middle of a series stands in it, but teaches nothing.
  const excluded = leftInTime(table, data.window);
  const learning = excluded === null ? split.training : split.training.filter((row) => excluded[row] !== 1);
  const learnt = excluded === null ? training : takeRows(known, learning);
  const target = targetForSteps(targets, learnt, excluded === null ? trainingClasses : new Map(learnt), take(keptIds, learning));
  const idsOf = (rows: Uint32Array) => () => take(keptIds, rows);
  const steps = inRowsOf(idsOf(learning), () => {
    if (learntSteps === undefined)
      return fitSteps(data.steps, learnt, new Set(plan.targetNames), new Set(data.columns.map(({ name }) => name)), target);
    applySteps(learntSteps, learnt);
    return learntSteps;
  });
  if (excluded !== null) for (const [name, columns] of takeRows(learnt, lastLearnt(split.training, excluded))) training.set(name, columns);
  const withStepsDone = (rows: Uint32Array): SeriesPart => {
    const raw = takeRows(known, rows);
    const groups = new Map(raw);
    inRowsOf(idsOf(rows), () => applySteps(steps, groups));
    return { groups, raw };
  };
  const [validation, test] = [withStepsDone(split.validation), withStepsDone(split.test)];
  const left = split.outOfBag === undefined ? null : withStepsDone(split.outOfBag);
  const between = betweenParts(plan.window, split);
  const parts = { training: { groups: training, raw: trainingClasses }, validation, between: withStepsDone(between), test };
  const of = { steps, targetNames: plan.targetNames, cutsWindows, cuts: needs.inputs.length > 0 };
  const windows = inRowsOf(
    () => keptIds,
    () => addWindowsToParts(plan.window, table, { ...split, between }, parts, of),
  );

  const features = plan.featureNames.map((name) => featureGroup(name, training.get(name) as readonly StepColumn[]));
  const targetLayouts = { ...targets, ...inputTargetLayouts(needs, plan.inputColumns, features) };
  const sampled = samplePart(data, classOfRows(targets, trainingClasses, take(keptIds, split.training)), seed);
  const pipeline: FittedPipeline = {
    columns: data.columns,
    steps,
    features,
    targets: targetLayouts,
    ...windowOf(plan.window, windows.fill),
  };
  const part = (groups: ColumnGroups, classes: ColumnGroups, rows: Uint32Array, whole: Uint32Array | null): PreparedPart =>
    buildPart(plan, pipeline, groups, classes, take(keptIds, rows), true, whole);
  const copies = textCopies(data, trainingClasses, sampled ?? split.training.map((_, place) => place), seed);
  const places = copies?.rows ?? sampled;
  const placed = (groups: ColumnGroups): ColumnGroups => (places === null ? groups : takeRows(groups, places));
  const copied = copies?.drawn();
  if (copied !== undefined) applySteps(steps, copied);
  const trainingRows = places === null ? split.training : take(split.training, places);
  const trained = part(copied ?? placed(training), placed(trainingClasses), trainingRows, windows.training);
  const augmenter = augmenterOf(data, trained.inputs, needs, trained.rowCount, seed);
  const redraw = copies === null ? {} : { redraw: new TextRedraw(copies, steps, redrawnInputs(plan), trained.rowIds) };
  const mixup = mixupOf(data, trained.inputs, targetLayouts, trained.rowCount, seed);
  return {
    pipeline,
    training: { ...trained, ...redraw, ...(augmenter === null ? {} : { augmenter }), ...(mixup === null ? {} : { mixup }) },
    validation: part(validation.groups, validation.raw, split.validation, windows.validation),
    ...(split.test.length === 0 ? {} : { test: part(test.groups, test.raw, split.test, windows.test) }),
    ...(left === null || split.outOfBag === undefined ? {} : { out_of_bag: part(left.groups, left.raw, split.outOfBag, null) }),
    ...(data.window === undefined || !cutsWindows ? {} : { learntFrom: take(keptIds, learning) }),
    ...(sampled === null ? {} : { sampled: { rowIds: take(keptIds, split.training), places: sampled } }),
    ...(windows.filledGaps === undefined ? {} : { filledGaps: windows.filledGaps }),
    ...(windows.droppedWindows === undefined ? {} : { droppedWindows: windows.droppedWindows }),
    droppedRows: table.rowCount - kept.length,
  };
}

/** Place among the learnt rows of each training row; of one that was left out, which nobody reads, that of the row before. */
function lastLearnt(training: Uint32Array, left: Uint8Array): Uint32Array {
  let learnt = -1;
  return training.map((row) => {
    if (left[row] !== 1) learnt += 1;
    return Math.max(0, learnt);
  });
}

function windowOf(window: WindowDocument | undefined, fill: FittedFill | undefined): Pick<FittedPipeline, "window" | "window_fill"> {
  return { ...(window === undefined ? {} : { window }), ...(fill === undefined ? {} : { window_fill: fill }) };
}

const redrawnInputs = (plan: ColumnPlan): RedrawnInput[] =>
  plan.needs.inputs.map((needs, place) => ({ needs, columns: plan.inputColumns[place] as readonly string[] }));

/** A series keeps every row: one that is left out would put others side by side that are not. */
function keptRows(groups: ColumnGroups, plan: ColumnPlan, table: Table): Uint32Array {
  if (plan.window !== undefined) return Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  return rowsWithTargets(groups, plan.targetNames, table.rowCount);
}

/**
 * The same preparation for other rows. Rows without a target are left out when targets are asked for, those without a time of a series
 * always: `rowIds` says which remain.
 * @throws AppError data.column_missing, data.unknown_class …
 */
export function applyPipeline(given: Table, pipeline: FittedPipeline, needs: DataNeeds, options: ApplyOptions): PreparedPart {
  if (pipeline.graph !== undefined) return applyGraph(given, pipeline, pipeline.graph, options);
  const table = datedRows(given, pipeline.window);
  const part = applyToDated(table, pipeline, needs, options);
  return table === given ? part : { ...part, undatedRows: given.rowCount - table.rowCount };
}

function applyToDated(table: Table, pipeline: FittedPipeline, needs: DataNeeds, options: ApplyOptions): PreparedPart {
  const plan = planColumns(pipeline.columns, needs, pipeline.window);
  const documents = options.withTargets
    ? plan.documents
    : plan.documents.filter(({ name }) => plan.featureNames.includes(name) || pipeline.window?.columns.includes(name) === true);
  const read = inTime(columnsOfTable(table, documents), table, pipeline.window);
  const ids = idsInTime(table, pipeline.window);
  const all = options.withTargets ? withLabels(read, plan.lists, ids, labelsOf(pipeline.targets)) : read;
  const kept = options.withTargets ? keptRows(all, plan, table) : null;
  const groups = kept === null || kept.length === table.rowCount ? all : takeRows(all, kept);
  const classes = new Map(groups);
  const keptIds = (): Uint32Array => (kept === null ? ids : take(ids, kept));
  inRowsOf(keptIds, () => applySteps(pipeline.steps, groups));
  const part = { groups, raw: classes };
  const targetNames = options.withTargets ? plan.targetNames : null;
  const { window } = plan;
  const again = (own: WindowDocument) => () => addWindowsAgain(own, table, part, pipeline.window_fill, targetNames);
  const whole = window === undefined ? null : inRowsOf(keptIds, again(window));
  return buildPart(plan, pipeline, groups, classes, keptIds(), options.withTargets, whole);
}

/**
 * Undoes the steps of a target: predictions and errors in its own units.
 * @param values [rows, columns of the target], as the network puts them out
 */
export function inverseTarget(pipeline: FittedPipeline, nodeId: string, values: ArrayLike<number>): Float64Array {
  const layout = Object.hasOwn(pipeline.targets, nodeId) ? pipeline.targets[nodeId] : undefined;
  if (layout === undefined) throw new AppError("data.unknown_output", { node: nodeId });
  const out = Float64Array.from(values);
  if (layout.encoding !== "value") return out;
  const width = layout.columns.length;
  layout.columns.forEach((column, place) => {
    const one = Float64Array.from({ length: out.length / width }, (_, row) => out[row * width + place] as number);
    undoSteps(pipeline.steps, column, one).forEach((value, row) => (out[row * width + place] = value));
  });
  return out;
}

function chooseLayouts(plan: ColumnPlan, known: ColumnGroups, data: DataDocument): Record<string, TargetLayout> {
  return Object.fromEntries(
    plan.needs.outputs.flatMap((output, place) => {
      if (output.targetInput !== null) return [];
      const names = plan.outputColumns[place] as readonly string[];
      const chosen = chooseLayout(
        output,
        names.flatMap((name) => known.get(name) as readonly StepColumn[]),
      );
      const [column] = names;
      const separator = plan.lists.get(column ?? "");
      const layout = column === undefined || separator === undefined ? chosen : { ...chosen, lists: { column, separator } };
      const step = data.steps.find(({ columns }) => columns.some((name) => names.includes(name)));
      if (layout.encoding !== "value" && step !== undefined)
        throw new AppError("data.target_step_on_classes", { step: step.type, column: names.join(", ") }, { nodeId: output.nodeId });
      return [[output.nodeId, layout]];
    }),
  );
}

/**
 * The outputs whose target is an input: their columns are named as the numbers of that input.
 * @param inputColumns of each input, by its place
 * @throws AppError data.target_input_unknown, data.target_input_needs_numbers, data.target_width_mismatch
 */
export function inputTargetLayouts(
  needs: DataNeeds,
  inputColumns: readonly (readonly string[])[],
  features: readonly FeatureGroup[],
): Record<string, TargetLayout> {
  const layouts = needs.outputs.flatMap((output): [string, TargetLayout][] => {
    if (output.targetInput === null) return [];
    const place = needs.inputs.findIndex(({ nodeId }) => nodeId === output.targetInput);
    if (place < 0) throw new AppError("data.target_input_unknown", { input: output.targetInput }, { nodeId: output.nodeId });
    const groups = (inputColumns[place] as readonly string[]).flatMap((name) => features.filter(({ column }) => column === name));
    const columns = groups.flatMap(({ names }) => names);
    if (!output.encodings.some((encoding) => encoding === "value" || encoding === "multi_binary"))
      throw new AppError("data.target_input_needs_numbers", { encodings: output.encodings.join(", ") }, { nodeId: output.nodeId });
    const width = groups.reduce((sum, group) => sum + group.width, 0);
    if (output.width !== 0 && width !== output.width)
      throw new AppError(
        "data.target_width_mismatch",
        { columns: width, names: listed(columns), width: output.width },
        { nodeId: output.nodeId },
      );
    return [[output.nodeId, { columns, encoding: "value", classes: [] }]];
  });
  return Object.fromEntries(layouts);
}

function buildPart(
  plan: ColumnPlan,
  pipeline: FittedPipeline,
  groups: ColumnGroups,
  classes: ColumnGroups,
  allIds: Uint32Array,
  withTargets: boolean,
  whole: Uint32Array | null,
): PreparedPart {
  // Inputs made of windows have these rows only; what is compared with them must be the same.
  const rowIds = whole === null ? allIds : take(allIds, whole);
  const ofRows = (all: readonly StepColumn[]): readonly StepColumn[] =>
    whole === null ? all : all.map((column) => takeColumnRows(column, whole));
  const inputs: Record<string, Rows> = Object.fromEntries(
    plan.needs.inputs.map((input, place) => {
      const names = plan.inputColumns[place] as readonly string[];
      // The windows are those of these rows already.
      const own = whole === null ? groups : new Map(names.map((name) => [name, windowsOrRows(name, groups, ofRows)]));
      return [input.nodeId, inputRows(input, names, own, rowIds)];
    }),
  );
  if (!withTargets) return { rowCount: rowIds.length, rowIds, inputs, targets: {} };
  const targets = plan.needs.outputs.map((output, place): [string, Rows] => {
    if (output.targetInput !== null) return [output.nodeId, targetFromInput(output, inputs)];
    const layout = pipeline.targets[output.nodeId] as TargetLayout;
    const source = layout.encoding === "value" ? groups : classes;
    const columns = (plan.outputColumns[place] as readonly string[]).flatMap((name) => source.get(name) as readonly StepColumn[]);
    return [output.nodeId, encodeTargets(layout, ofRows(columns), rowIds, output.nodeId)];
  });
  const weights =
    plan.weightName === null
      ? {}
      : {
          weights: weightsOf(
            whole === null ? groups : new Map([[plan.weightName, ofRows(groups.get(plan.weightName) ?? [])]]),
            plan.weightName,
            rowIds,
          ),
        };
  return { rowCount: rowIds.length, rowIds, inputs, targets: Object.fromEntries(targets), ...weights };
}

function windowsOrRows(
  name: string,
  groups: ColumnGroups,
  ofRows: (all: readonly StepColumn[]) => readonly StepColumn[],
): readonly StepColumn[] {
  const own = groups.get(name) ?? [];
  return name === WINDOW ? own : ofRows(own);
}

function targetFromInput(output: OutputNeeds, inputs: Readonly<Record<string, Rows>>): Rows {
  const rows = inputs[output.targetInput as string] as Rows;
  return { values: rows.places === undefined ? rows.values : ownValues(rows, 0, rows.places.length), shape: rows.shape };
}

/** Positions of the rows that have every target. @throws AppError data.target_all_missing */
function rowsWithTargets(groups: ColumnGroups, targetNames: readonly string[], rowCount: number): Uint32Array {
  const missing = new Uint8Array(rowCount);
  for (const column of targetNames.flatMap((name) => groups.get(name) as readonly StepColumn[])) {
    for (let row = 0; row < rowCount; row += 1) if (isMissingAt(column, row)) missing[row] = 1;
  }
  const kept: number[] = [];
  for (let row = 0; row < rowCount; row += 1) if (missing[row] === 0) kept.push(row);
  if (kept.length === 0 && rowCount > 0) throw new AppError("data.target_all_missing", { column: targetNames.join(", ") });
  return Uint32Array.from(kept);
}

function take(ids: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.map((row) => ids[row] as number);
}
