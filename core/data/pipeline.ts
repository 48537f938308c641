/**
 * The pipeline: steps run one after the other over named columns, first learning from the training rows, later applied
 * as learnt. It knows columns and steps; which columns are inputs and targets, and splitting, is prepare.ts.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, StepDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { validateConfig } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { StepColumn, StepTarget } from "../steps/step.ts";

import type { Column, NumberColumn, Table } from "./table.ts";

/** A step with what it learnt from the training rows. JSON; stored with the model. */
export interface FittedStep {
  readonly step: StepDocument;
  readonly fitted: unknown;
  /** Of one that could not learn from all training rows: from how many it has, and of how many. */
  readonly sample?: LearntSample;
}

export interface LearntSample {
  readonly rows: number;
  readonly of: number;
}

/** What has become of each column of the table so far, by its name there: one column, or the parts of a date. */
export type ColumnGroups = Map<string, readonly StepColumn[]>;

/**
 * The columns that are needed, as the table has them.
 * @throws AppError data.column_missing naming all that are not there, data.column_wrong_type
 */
export function columnsOfTable(table: Table, documents: readonly ColumnDocument[]): ColumnGroups {
  const given = new Map(table.columns.map((column) => [column.name, column]));
  const missing = documents.filter(({ name }) => !given.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new AppError("data.column_missing", { columns: listed(missing), count: missing.length });
  return new Map(documents.map((document) => [document.name, [asTyped(given.get(document.name) as Column, document)]]));
}

/** At most ten names, so that an error stays readable. */
export function listed(names: readonly string[]): string {
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} … (+${names.length - 10})`;
}

function asTyped(column: Column, document: ColumnDocument): StepColumn {
  const wanted = kindOf(document);
  if (column.kind !== wanted)
    throw new AppError("data.column_wrong_type", { column: document.name, expected: document.type, received: column.kind });
  return column.kind === "number" && document.type === "date" ? { kind: "date", name: column.name, values: column.values } : column;
}

/** What a reader gives for a column. Texts that are a target are classes. */
function kindOf({ type, role }: ColumnDocument): Column["kind"] {
  if (type === "picture") return "picture";
  if (type === "text" && role === "feature") return "text";
  return type === "numeric" || type === "date" ? "number" : "category";
}

/** The same columns, only the rows at these positions, in this order. */
export function takeRows(groups: ColumnGroups, rows: Uint32Array): ColumnGroups {
  const taken: ColumnGroups = new Map();
  for (const [name, columns] of groups)
    taken.set(
      name,
      columns.map((column) => takeColumnRows(column, rows)),
    );
  return taken;
}

export function takeColumnRows(column: StepColumn, rows: Uint32Array): StepColumn {
  if (column.kind === "number" || column.kind === "date")
    return { ...column, values: gather(column.values, rows, new Float64Array(rows.length)) };
  if (column.kind === "text") return { ...column, values: Array.from(rows, (row) => column.values[row] ?? null) };
  if ("places" in column && column.places !== undefined)
    return { ...column, places: gather(column.places, rows, new Uint32Array(rows.length)) };
  if (column.kind === "picture") return { ...column, pixels: gatherRows(column.pixels, rows, sizeOf(column.shape)) };
  if (column.kind === "tensor") return { ...column, values: gatherRows(column.values, rows, sizeOf(column.shape)) };
  return { ...column, codes: gather(column.codes, rows, new Int32Array(rows.length)) };
}

/** The same table, only the rows at these positions, in this order. */
export function takeTableRows(table: Table, rows: Uint32Array): Table {
  return {
    ...table,
    rowCount: rows.length,
    rowIds: rows.map((row) => table.rowIds[row] as number),
    columns: table.columns.map((column) => takeColumnRows(column, rows) as Column),
  };
}

/** A plain loop: `from` with a function is ten times slower on a large table. */
function gather<A extends Float64Array | Int32Array | Uint32Array>(source: A, rows: Uint32Array, out: A): A {
  for (let i = 0; i < rows.length; i += 1) out[i] = source[rows[i] as number] as number;
  return out;
}

/** Rows of `width` numbers each. */
function gatherRows<A extends Float32Array | Uint8Array>(source: A, rows: Uint32Array, width: number): A {
  const out = new (source.constructor as new (size: number) => A)(rows.length * width);
  for (let i = 0; i < rows.length; i += 1) {
    const start = (rows[i] as number) * width;
    out.set(source.subarray(start, start + width), i * width);
  }
  return out;
}

/**
 * Learns every step in order, each from what the steps before it made of the training rows.
 * @param training columns of the training rows; replaced by what the steps make of them
 * @param targets  names of target columns: only steps with an inverse may name them
 * @param known    names of all columns of the design: a step that names another is an error, one that names a column not needed is skipped for it
 * @param target   the one target as the steps so far have made it
 */
export function fitSteps(
  steps: readonly StepDocument[],
  training: ColumnGroups,
  targets: ReadonlySet<string>,
  known: ReadonlySet<string>,
  target: () => StepTarget | null,
): FittedStep[] {
  return steps.map((step) => {
    const { config, columns } = readStep(step, training, targets, known);
    const implementation = stepImplementation(step.type);
    const { crossFit } = implementation;
    if (columns.length > 0 && crossFit !== undefined) {
      const learner = crossFit.learner(columns.length, config, target());
      for (let pass = 0; pass < crossFit.passes(config); pass += 1) {
        if (pass > 0) learner.again();
        learner.add(columns);
      }
      const { fitted, folds } = learner.finish();
      applyInFolds(step, folds, learner.foldOf, training);
      return fittedStep(step, fitted);
    }
    const done = fittedStep(step, columns.length === 0 ? {} : implementation.fit(columns, config, target()));
    applyStep(done, training);
    return done;
  });
}

/**
 * A step that was learnt in folds, applied to training rows: those of each fold get what the other folds say.
 * @param folds  what was learnt outside each fold
 * @param foldOf of each row of `groups`, which is replaced by what the step makes of it
 */
export function applyInFolds(step: StepDocument, folds: readonly unknown[], foldOf: Int32Array, groups: ColumnGroups): void {
  const names = new Set(step.columns.filter((name) => groups.has(name)));
  const own: ColumnGroups = new Map([...groups].filter(([name]) => names.has(name)));
  const made = new Map<string, NumberColumn[]>();
  for (const [fold, fitted] of folds.entries()) {
    const rows = Uint32Array.from(foldOf.keys()).filter((row) => foldOf[row] === fold);
    const part = takeRows(own, rows);
    applyStep({ step, fitted }, part);
    for (const [name, columns] of part) {
      const whole =
        made.get(name) ?? columns.map((column) => ({ kind: "number", name: column.name, values: new Float64Array(foldOf.length) }));
      made.set(name, whole);
      columns.forEach((column, place) => scatter(column, rows, whole[place] as NumberColumn));
    }
  }
  for (const [name, columns] of made) groups.set(name, columns);
}

function scatter(from: StepColumn, rows: Uint32Array, to: NumberColumn): void {
  if (from.kind !== "number") throw new Error(`column '${from.name}' is of kind ${from.kind}, not number`);
  rows.forEach((row, place) => (to.values[row] = from.values[place] as number));
}

/** Through JSON and back: training then sees the very numbers that are stored with the model. */
export function fittedStep(step: StepDocument, learnt: unknown): FittedStep {
  return { step, fitted: JSON.parse(JSON.stringify(learnt)) as unknown };
}

/** The same step, saying what sample it learnt from: where that was not all rows, and it has learnt anything. */
export function learntFromSample(step: FittedStep, { rows, of }: LearntSample): FittedStep {
  return rows < of && holdsAnything(step.fitted) ? { ...step, sample: { rows, of } } : step;
}

const holdsAnything = (learnt: unknown): boolean =>
  typeof learnt === "object" && learnt !== null ? Object.values(learnt).some(holdsAnything) : learnt !== null;

/**
 * Steps count rows in what they are given, from 1: an error that names one names the row of the table instead.
 * @param rowIds of the rows that are given, from 0
 */
export function inRowsOf<T>(rowIds: () => Uint32Array, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || typeof thrown.params["row"] !== "number") throw thrown;
    const row = 1 + (rowIds()[thrown.params["row"] - 1] ?? thrown.params["row"] - 1);
    throw new AppError(thrown.code, { ...thrown.params, row }, { nodeId: thrown.nodeId, cause: thrown });
  }
}

/** Applies fitted steps in order; `groups` is replaced by what they make of it. */
export function applySteps(steps: readonly FittedStep[], groups: ColumnGroups): void {
  for (const step of steps) applyStep(step, groups);
}

function applyStep({ step, fitted }: FittedStep, groups: ColumnGroups): void {
  const names = [...new Set(step.columns)].filter((name) => groups.has(name));
  const columns = names.flatMap((name) => partsOf(groups, name));
  if (columns.length === 0) return;
  const made = stepImplementation(step.type).apply(columns, fitted, configOf(step));
  let place = 0;
  for (const name of names) {
    const count = (groups.get(name) as readonly StepColumn[]).length;
    groups.set(name, made.slice(place, place + count).flat());
    place += count;
  }
}

function partsOf(groups: ColumnGroups, name: string): StepColumn[] {
  return (groups.get(name) ?? []).map((part) => (part.name === name ? part : { ...part, of: name }));
}

/** A step's own options, checked against its schema. */
export function configOf(step: StepDocument): Readonly<Record<string, unknown>> {
  const { type, columns: _columns, ...options } = step;
  return validateConfig(stepDefinition(type).schema, options, `step '${type}'`);
}

/** What a step takes. @throws AppError data.step_unknown_column, data.step_wrong_column, data.step_not_for_targets */
export function readStep(
  step: StepDocument,
  groups: ColumnGroups,
  targets: ReadonlySet<string>,
  known: ReadonlySet<string>,
): { config: Readonly<Record<string, unknown>>; columns: StepColumn[] } {
  const definition = stepDefinition(step.type);
  const config = configOf(step);
  const columns: StepColumn[] = [];
  for (const name of new Set(step.columns)) {
    if (!known.has(name)) throw new AppError("data.step_unknown_column", { step: step.type, column: name });
    for (const column of partsOf(groups, name)) {
      if (!definition.takes.includes(column.kind))
        throw new AppError("data.step_wrong_column", {
          step: step.type,
          column: column.name,
          expected: definition.takes.join(", "),
          received: column.kind,
        });
      columns.push(column);
    }
    if (groups.has(name) && targets.has(name) && !definition.onTargets)
      throw new AppError("data.step_not_for_targets", { step: step.type, column: name });
  }
  return { config, columns };
}

/**
 * Undoes the steps of a column, last first.
 * @param values in the units of the prepared column
 * @returns in the units of the table; unchanged when a step that names the column cannot be undone
 */
export function undoSteps(steps: readonly FittedStep[], column: string, values: Float64Array): Float64Array {
  const own = steps.filter(({ step }) => step.columns.includes(column));
  let undone = values;
  for (const { step, fitted } of own.toReversed()) {
    const inverse = stepImplementation(step.type).inverse;
    if (inverse === undefined) return values;
    undone = inverse(undone, column, fitted, configOf(step));
  }
  return undone;
}

/**
 * What the steps make of numbers of one column: the way back of `undoSteps`.
 * @param values in the units of the table; every step that names the column must be one that can be undone
 */
export function redoSteps(steps: readonly FittedStep[], column: string, values: Float64Array): Float64Array {
  const groups: ColumnGroups = new Map([[column, [{ kind: "number", name: column, values }]]]);
  applySteps(steps, groups);
  const [made] = groups.get(column) ?? [];
  if (made?.kind !== "number") throw new Error(`column '${column}' is no number after its steps`);
  return made.values;
}
