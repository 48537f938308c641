/**
 * Preparation: a table and the data section of a design become the numbers a network trains on. Everything that is
 * learnt (means, categories …) is learnt from the training rows; `applyPipeline` does the same to other rows later, to
 * the bit. The steps themselves are in core/steps, running them is pipeline.ts.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument } from "../graph/document.ts";
import type { StepColumn } from "../steps/step.ts";
import { featureGroup, inputRows } from "./inputs.ts";
import { applySteps, type ColumnGroups, columnsOfTable, fitSteps, listed, takeRows, undoSteps } from "./pipeline.ts";
import type { DataNeeds, FeatureGroup, FittedPipeline, PreparedData, PreparedPart, Rows, TargetLayout } from "./prepared.ts";
import { splitRows } from "./split.ts";
import type { Table } from "./table.ts";
import { chooseLayout, classCodes, encodeTargets, type OutputNeeds } from "./targets.ts";
import { refuseStepsOn, refuseWeight, weightColumn, weightsOf } from "./weights.ts";

/**
 * @param table every column the design uses; columns it ignores need not be there
 * @param seed  of the split, where the design gives it none
 * @throws AppError data.*
 */
export function prepare(table: Table, data: DataDocument, needs: DataNeeds, seed: number): PreparedData {
  if (table.rowCount === 0) throw new AppError("data.no_rows");
  const plan = planColumns(data.columns, needs);
  refuseStepsOn(plan.weightName, data.steps);
  const all = columnsOfTable(table, plan.documents);
  const kept = rowsWithTargets(all, plan.targetNames, table.rowCount);
  const known = kept.length === table.rowCount ? all : takeRows(all, kept);
  const keptIds = take(table.rowIds, kept);
  const targets = chooseLayouts(plan, known, data);

  const strata = data.split.method === "stratified" ? stratify(targets, known, keptIds) : null;
  const split = splitRows(kept.length, data.split, strata, seed);
  const training = takeRows(known, split.training);
  const validation = takeRows(known, split.validation);
  // Classes are encoded from the columns as they are before the steps, which are for numbers.
  const trainingClasses = new Map(training);
  const validationClasses = new Map(validation);
  const steps = fitSteps(data.steps, training, new Set(plan.targetNames), new Set(data.columns.map(({ name }) => name)));
  applySteps(steps, validation);

  const features = plan.featureNames.map((name) => featureGroup(name, training.get(name) as readonly StepColumn[]));
  const pipeline: FittedPipeline = { columns: data.columns, steps, features, targets: withInputTargets(targets, plan, features) };
  const part = (groups: ColumnGroups, classes: ColumnGroups, rows: Uint32Array): PreparedPart =>
    buildPart(plan, pipeline, groups, classes, take(keptIds, rows), true);
  return {
    pipeline,
    training: part(training, trainingClasses, split.training),
    validation: part(validation, validationClasses, split.validation),
    droppedRows: table.rowCount - kept.length,
  };
}

/**
 * The same preparation for other rows. Rows without a target are left out when targets are asked for: `rowIds` says
 * which remain.
 * @throws AppError data.column_missing, data.unknown_class …
 */
export function applyPipeline(
  table: Table,
  pipeline: FittedPipeline,
  needs: DataNeeds,
  options: { readonly withTargets: boolean },
): PreparedPart {
  const plan = planColumns(pipeline.columns, needs);
  const documents = options.withTargets ? plan.documents : plan.documents.filter(({ name }) => plan.featureNames.includes(name));
  const all = columnsOfTable(table, documents);
  const kept = options.withTargets ? rowsWithTargets(all, plan.targetNames, table.rowCount) : null;
  const groups = kept === null || kept.length === table.rowCount ? all : takeRows(all, kept);
  const classes = new Map(groups);
  applySteps(pipeline.steps, groups);
  return buildPart(plan, pipeline, groups, classes, kept === null ? table.rowIds : take(table.rowIds, kept), options.withTargets);
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

interface ColumnPlan {
  readonly needs: DataNeeds;
  /** Of all columns that are read. */
  readonly documents: readonly ColumnDocument[];
  readonly featureNames: readonly string[];
  readonly targetNames: readonly string[];
  /** Column of the rows' weights. */
  readonly weightName: string | null;
  /** Feature columns of each input node, target columns of each output node, by place in `needs`. */
  readonly inputColumns: readonly (readonly string[])[];
  readonly outputColumns: readonly (readonly string[])[];
}

/** Which columns each node takes, and the weights of the rows; only these are read. */
function planColumns(columns: readonly ColumnDocument[], needs: DataNeeds): ColumnPlan {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const weightName = weightColumn(columns);
  const ofRole = (role: ColumnDocument["role"]): string[] => columns.filter((column) => column.role === role).map(({ name }) => name);
  const outputColumns = needs.outputs.map((output) => {
    if (output.targetInput !== null) return [];
    const names = output.columns.length > 0 ? [...output.columns] : ofRole("target");
    if (names.length === 0) throw new AppError("data.no_target", {}, { nodeId: output.nodeId });
    refuseWeight(names, weightName, output.nodeId);
    return refuseUnknown(names, byName, output.nodeId);
  });
  const targetNames = [...new Set(outputColumns.flat())];
  const inputColumns = needs.inputs.map((input) => {
    const names = input.columns.length > 0 ? [...input.columns] : ofRole("feature").filter((name) => !targetNames.includes(name));
    if (names.length === 0) throw new AppError("data.no_features", {}, { nodeId: input.nodeId });
    refuseWeight(names, weightName, input.nodeId);
    return refuseUnknown(names, byName, input.nodeId);
  });
  const wanted = new Set(inputColumns.flat());
  const featureNames = columns.filter(({ name }) => wanted.has(name)).map(({ name }) => name);
  const documents = columns.filter(({ name }) => wanted.has(name) || targetNames.includes(name) || name === weightName);
  return { needs, documents, featureNames, targetNames, weightName, inputColumns, outputColumns };
}

function refuseUnknown(names: string[], known: ReadonlyMap<string, ColumnDocument>, nodeId: string): string[] {
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new AppError("data.column_missing", { columns: listed(unknown), count: unknown.length }, { nodeId });
  return names;
}

function chooseLayouts(plan: ColumnPlan, known: ColumnGroups, data: DataDocument): Record<string, TargetLayout> {
  return Object.fromEntries(
    plan.needs.outputs.flatMap((output, place) => {
      if (output.targetInput !== null) return [];
      const names = plan.outputColumns[place] as readonly string[];
      const layout = chooseLayout(
        output,
        names.flatMap((name) => known.get(name) as readonly StepColumn[]),
      );
      const step = data.steps.find(({ columns }) => columns.some((name) => names.includes(name)));
      if (layout.encoding !== "value" && step !== undefined)
        throw new AppError("data.target_step_on_classes", { step: step.type, column: names.join(", ") }, { nodeId: output.nodeId });
      return [[output.nodeId, layout]];
    }),
  );
}

/** A number for each combination of classes over all targets that are classes; rows of one number are split alike. */
function stratify(targets: Readonly<Record<string, TargetLayout>>, known: ColumnGroups, rowIds: Uint32Array): Int32Array {
  const codes = Object.entries(targets)
    .filter(([, layout]) => layout.encoding !== "value")
    .flatMap(([nodeId, layout]) => layout.columns.map((name) => classCodes(layout, known.get(name)?.[0] as StepColumn, rowIds, nodeId)));
  if (codes.length === 0) throw new AppError("data.stratified_needs_classes");
  const strata = new Map<string, number>();
  return Int32Array.from(rowIds, (_, row) => {
    const key = codes.map((column) => column[row]).join();
    const known = strata.get(key) ?? strata.size;
    strata.set(key, known);
    return known;
  });
}

/** Adds the outputs whose target is an input: their columns are named as the numbers of that input. */
function withInputTargets(
  targets: Record<string, TargetLayout>,
  plan: ColumnPlan,
  features: readonly FeatureGroup[],
): Record<string, TargetLayout> {
  const namesOf = (column: string): readonly string[] => features.find((group) => group.column === column)?.names ?? [];
  const added = plan.needs.outputs.flatMap((output): [string, TargetLayout][] => {
    if (output.targetInput === null) return [];
    const place = plan.needs.inputs.findIndex(({ nodeId }) => nodeId === output.targetInput);
    if (place < 0) throw new AppError("data.target_input_unknown", { input: output.targetInput }, { nodeId: output.nodeId });
    const columns = (plan.inputColumns[place] as readonly string[]).flatMap(namesOf);
    if (!output.encodings.some((encoding) => encoding === "value" || encoding === "multi_binary"))
      throw new AppError("data.target_input_needs_numbers", { encodings: output.encodings.join(", ") }, { nodeId: output.nodeId });
    if (output.width !== 0 && columns.length !== output.width)
      throw new AppError(
        "data.target_width_mismatch",
        { columns: columns.length, names: listed(columns), width: output.width },
        { nodeId: output.nodeId },
      );
    return [[output.nodeId, { columns, encoding: "value", classes: [] }]];
  });
  return Object.fromEntries([...Object.entries(targets), ...added]);
}

function buildPart(
  plan: ColumnPlan,
  pipeline: FittedPipeline,
  groups: ColumnGroups,
  classes: ColumnGroups,
  rowIds: Uint32Array,
  withTargets: boolean,
): PreparedPart {
  const inputs: Record<string, Rows> = Object.fromEntries(
    plan.needs.inputs.map((input, place) => [
      input.nodeId,
      inputRows(input, plan.inputColumns[place] as readonly string[], groups, rowIds),
    ]),
  );
  if (!withTargets) return { rowCount: rowIds.length, rowIds, inputs, targets: {} };
  const targets = plan.needs.outputs.map((output, place): [string, Rows] => {
    if (output.targetInput !== null) return [output.nodeId, targetFromInput(output, inputs)];
    const layout = pipeline.targets[output.nodeId] as TargetLayout;
    const source = layout.encoding === "value" ? groups : classes;
    const columns = (plan.outputColumns[place] as readonly string[]).flatMap((name) => source.get(name) as readonly StepColumn[]);
    return [output.nodeId, encodeTargets(layout, columns, rowIds, output.nodeId)];
  });
  const weights = plan.weightName === null ? {} : { weights: weightsOf(groups, plan.weightName, rowIds) };
  return { rowCount: rowIds.length, rowIds, inputs, targets: Object.fromEntries(targets), ...weights };
}

function targetFromInput(output: OutputNeeds, inputs: Readonly<Record<string, Rows>>): Rows {
  const rows = inputs[output.targetInput as string] as Rows;
  return { values: rows.values, shape: rows.shape };
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

function isMissingAt(column: StepColumn, row: number): boolean {
  if (column.kind === "number" || column.kind === "date") return Number.isNaN(column.values[row]);
  return "codes" in column && (column.codes[row] as number) < 0;
}

function take(ids: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.map((row) => ids[row] as number);
}
