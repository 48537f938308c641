/**
 * What the steps of a table learn that does not fit into memory: those of texts from all training rows, piece by piece; those of numbers
 * and words from a sample of the training rows, as many as fit; those of pictures learn nothing. And what the inputs become by it.
 */
import { shuffledRows, tableOrder } from "../data/blocks/row-order.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import {
  applySteps,
  type ColumnGroups,
  columnsOfTable,
  configOf,
  type FittedStep,
  fitSteps,
  fittedStep,
  inRowsOf,
  learntFromSample,
  readStep,
  takeTableRows,
} from "../data/pipeline.ts";
import { prepare } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import { unsplit } from "../data/split.ts";
import type { Column, Table, TextColumn } from "../data/table.ts";
import { rowsAtATime } from "../data/text/text-widths.ts";
import type { ColumnDocument, DataDocument, DesignDocument, StepDocument } from "../graph/document.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { StepTarget } from "../steps/step.ts";
import type { RowReader } from "./row-source.ts";
import { applyFolded, crossFitOf, type FoldedStep, learnInFolds } from "./stored-folds.ts";
import { type PictureSource, standingForAll } from "./stored-pictures.ts";

/** Of what a step learns from that needs all rows at once. */
const LEARNT_BYTES = 256 << 20;
/** Stands where the epoch stands when rows are shuffled: no epoch has it. */
const SAMPLE_DRAW = 0x5a3;

export interface Features {
  readonly pipeline: FittedPipeline;
  /** Of a few rows: their shapes count. */
  readonly inputs: Readonly<Record<string, Rows>>;
  readonly columns: readonly ColumnDocument[];
  /** Steps of the pipeline whose training rows get what was learnt without them. */
  readonly folded: readonly FoldedStep[];
}

export interface FeatureOptions {
  readonly needs: DataNeeds;
  readonly targets: ReadonlySet<string>;
  readonly seed: number;
  readonly shown: PictureSource | null;
  /** The target of the rows that steps learn from, as so many steps that name a target have made it. */
  readonly target: (steps: number) => StepTarget | null;
}

/** The same data with the steps of these columns alone. */
export function withSteps(data: DataDocument, wanted: (column: string) => boolean): DataDocument {
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter(wanted) })).filter(({ columns }) => columns.length > 0);
  return { ...data, steps };
}

/** A text to learn from. */
const isText = ({ type, role }: ColumnDocument): boolean => type === "text" && role === "feature";

/** Names of the texts that inputs take. */
export function textsOf({ columns }: Pick<DataDocument, "columns">, { inputs }: DataNeeds): ReadonlySet<string> {
  const texts = columns.filter(isText).map(({ name }) => name);
  const isTaken = (name: string): boolean => inputs.some(({ columns: named }) => named.length === 0 || named.includes(name));
  return new Set(texts.filter(isTaken));
}

/** Numbers that the texts of a row become, at most. */
export function widthOfTexts({ data }: Pick<DesignDocument, "data">): number {
  const texts = new Set((data?.columns ?? []).filter(isText).map(({ name }) => name));
  return (data?.steps ?? []).reduce((sum, step) => {
    const { textWidthField } = stepDefinition(step.type);
    if (textWidthField === undefined) return sum;
    return sum + step.columns.filter((name) => texts.has(name)).length * Number(configOf(step)[textWidthField]);
  }, 0);
}

/** What is read of a table: features that an input takes, as in memory without those that an output names. */
function plannedColumns(data: DataDocument, { needs, targets }: Pick<FeatureOptions, "needs" | "targets">) {
  const columns = data.columns.map((column) =>
    targets.has(column.name) && column.role === "feature" ? { ...column, role: "target" as const } : column,
  );
  const isTaken = (name: string): boolean => needs.inputs.some(({ columns: named }) => named.length === 0 || named.includes(name));
  const read = columns.filter(({ name, role }) => role === "feature" && isTaken(name));
  const texts = textsOf({ columns }, needs);
  const isOther = (name: string): boolean => !texts.has(name) && read.some((column) => column.name === name);
  return { columns, read: needs.inputs.length === 0 ? [] : read, texts, isOther };
}

/** How often the rows are gone over until all of it is learnt. */
export function passesToFit(data: DataDocument, options: Pick<FeatureOptions, "needs" | "targets">): number {
  const { read, texts, isOther } = plannedColumns(data, options);
  if (read.length === 0) return 0;
  const { steps } = withSteps(data, isOther);
  const inFolds = steps.reduce((sum, step) => sum + (crossFitOf(step)?.passes(configOf(step)) ?? 0), 0);
  return inPasses(data, texts).length + (read.some(({ name }) => isOther(name)) ? 1 : 0) + inFolds;
}

/** Once more, to prepare them. */
export const passesToWrite = (data: DataDocument, options: Pick<FeatureOptions, "needs" | "targets">): number =>
  plannedColumns(data, options).read.length > 0 ? 1 : 0;

export async function fitFeatures(data: DataDocument, rowIds: Uint32Array, source: RowReader, options: FeatureOptions): Promise<Features> {
  const { needs, targets, seed, shown } = options;
  const { columns, read, texts, isOther } = plannedColumns(data, options);
  if (needs.inputs.length === 0)
    return {
      pipeline: { columns: data.columns, steps: [], features: [], targets: {} },
      inputs: {},
      columns: [],
      folded: [],
    };
  const { filter: _filter, row_choices: _choices, window: _window, sampling: _sampling, ...rest } = data;
  // Rows of parts, of a bag, and of classes that are evened out, were drawn with the targets.
  // Their weights too.
  const unweighted = columns.map((column) => (column.role === "weight" ? { ...column, role: "ignored" as const } : column));
  const own: DataDocument = withSteps({ ...rest, columns: unweighted, split: unsplit(data.split) }, (name) => !targets.has(name));
  const inTexts = texts.size === 0 ? { steps: [], first: [] } : await fitTexts(own, texts, rowIds.slice().sort(), source, seed);
  const others = read.filter(({ name }) => isOther(name));
  const places = sampledPlaces(rowIds.length, seed, source.sampleRows);
  const ids = places.map((place) => rowIds[place] as number);
  const sample = others.length === 0 ? null : await readSample(others, ids, source, shown);
  const inOthers =
    sample === null ? { steps: [], folded: [] } : await fitOthers(data, sample, places, { ...options, others, texts, rowIds, source });
  const steps = [...inTexts.steps, ...inOthers.steps];
  // One row is enough to see what becomes of each column.
  const one = Uint32Array.of(0);
  const first: Table = {
    rowCount: 1,
    rowIds: ids.slice(0, 1),
    columns: [...(sample === null ? [] : takeTableRows(sample, one).columns), ...inTexts.first],
  };
  const { pipeline, training } = prepare(first, own, { inputs: needs.inputs, outputs: [] }, seed, { learnt: steps });
  return { pipeline, inputs: training.inputs, columns: read, folded: inOthers.folded };
}

interface OthersOptions extends FeatureOptions {
  readonly others: readonly ColumnDocument[];
  readonly texts: ReadonlySet<string>;
  readonly rowIds: Uint32Array;
  readonly source: RowReader;
}

/** What is learnt of numbers and words, in the order of the steps: from the sample, or from all training rows where a step learns in folds. */
async function fitOthers(
  data: DataDocument,
  sample: Table,
  places: Uint32Array,
  { others, texts, rowIds, source, targets, target }: OthersOptions,
): Promise<{ readonly steps: FittedStep[]; readonly folded: FoldedStep[] }> {
  const known = new Set(data.columns.map(({ name }) => name));
  const groups = columnsOfTable(sample, others);
  const steps: FittedStep[] = [];
  const folded: FoldedStep[] = [];
  let onTarget = 0;
  for (const whole of data.steps) {
    const step = { ...whole, columns: whole.columns.filter((name) => !targets.has(name) && !texts.has(name)) };
    const isFolded = crossFitOf(step) !== null && step.columns.some((name) => groups.has(name));
    if (isFolded) {
      readStep(step, groups, new Set(), known);
      const needed = columnsBefore(step, steps);
      const columns = others.filter(({ name }) => needed.has(name));
      const learnt = await learnInFolds(step, columns, steps, { rowIds, source, target: target(onTarget) });
      applyFolded(learnt, places, groups);
      folded.push(learnt);
      steps.push(learnt.done);
    } else if (step.columns.length > 0)
      steps.push(
        ...inRowsOf(
          () => sample.rowIds,
          () => fitSteps([step], groups, new Set(), known, () => null),
        ).map((fitted) => learntFromSample(fitted, { rows: sample.rowCount, of: rowIds.length })),
      );
    if (whole.columns.some((name) => targets.has(name))) onTarget += 1;
  }
  return { steps, folded };
}

/** Columns of a step, and those that the steps before it look at together with them. */
function columnsBefore(step: StepDocument, before: readonly FittedStep[]): ReadonlySet<string> {
  const needed = new Set(step.columns);
  for (const { step: earlier } of before.toReversed())
    if (earlier.columns.some((name) => needed.has(name))) for (const name of earlier.columns) needed.add(name);
  return needed;
}

/** Steps of texts as they can be learnt: those of a group in one pass over the texts, once the groups before it have learnt. */
function inPasses(data: DataDocument, texts: ReadonlySet<string>): readonly (readonly StepDocument[])[] {
  const passOf = new Map<string, number>();
  const groups: StepDocument[][] = texts.size === 0 ? [] : [[]];
  for (const step of withSteps(data, (name) => texts.has(name)).steps) {
    const pass = Math.max(...step.columns.map((name) => passOf.get(name) ?? 0));
    for (const name of step.columns) passOf.set(name, pass + 1);
    groups[pass] = [...(groups[pass] ?? []), step];
  }
  return groups;
}

interface FittedTexts {
  readonly steps: readonly FittedStep[];
  /** The texts of the first training row. */
  readonly first: readonly Column[];
}

/** What is learnt of the texts of all training rows. @throws AppError data.step_* as in memory */
async function fitTexts(
  data: DataDocument,
  texts: ReadonlySet<string>,
  rowIds: Uint32Array,
  source: RowReader,
  seed: number,
): Promise<FittedTexts> {
  const known = new Set(data.columns.map(({ name }) => name));
  const columns = data.columns.filter(({ name }) => texts.has(name));
  const all = withSteps(data, (name) => texts.has(name)).steps;
  const steps: FittedStep[] = [];
  let first: readonly Column[] = [];
  for (const [pass, group] of inPasses(data, texts).entries()) {
    const learners = group.map((step) => ({
      step,
      learner: stepImplementation(step.type).learner?.(step.columns, configOf(step), { bytes: LEARNT_BYTES, seed }),
    }));
    const named = pass === 0 ? columns : columns.filter(({ name }) => group.some((step) => step.columns.includes(name)));
    const learn = (groups: ColumnGroups): void => {
      applySteps(steps, groups);
      for (const { step, learner } of learners) {
        const { columns: taken } = readStep(step, groups, new Set(), known);
        if (learner === undefined) throw new Error(`step '${step.type}' does not learn in pieces`);
        learner.add(taken);
      }
    };
    await eachTexts(named, rowIds, source, pass === 0 ? undefined : rowsAtATime(all, 0), (groups, place) => {
      if (pass === 0 && place === 0) first = named.map(({ name }) => textOf(groups, name));
      learn(groups);
    });
    for (const { step, learner } of learners) {
      const own = learner?.sampled?.() ?? null;
      steps.push(learntFromSample(fittedStep(step, learner?.finish()), { rows: own ?? rowIds.length, of: rowIds.length }));
    }
  }
  return { steps, first };
}

/** The texts of training rows, piece by piece. @param take is given the place of the first of them, too */
async function eachTexts(
  columns: readonly ColumnDocument[],
  rowIds: Uint32Array,
  source: RowReader,
  rowsAtOnce: number | undefined,
  take: (groups: ColumnGroups, place: number) => void,
): Promise<void> {
  let next = 0;
  await source.pieces(
    columns,
    (piece) => {
      const first = piece.rowIds[0] ?? 0;
      const start = next;
      while (next < rowIds.length && (rowIds[next] as number) < first + piece.rowCount) next += 1;
      const rows = rowIds.subarray(start, next);
      if (rows.length > 0) take(new Map(columns.map(({ name }) => [name, [textsAt(piece, name, rows, first)]])), start);
    },
    rowsAtOnce,
  );
}

/** The first of these texts. */
function textOf(groups: ColumnGroups, name: string): TextColumn {
  const [column] = groups.get(name) ?? [];
  if (column?.kind !== "text") throw new Error(`'${name}' is no column of texts`);
  return { ...column, values: column.values.slice(0, 1) };
}

function textsAt({ columns }: Table, name: string, rows: Uint32Array, first: number): TextColumn {
  const column = columns.find((one) => one.name === name);
  if (column?.kind !== "text") throw new Error(`'${name}' is no column of texts`);
  return { kind: "text", name, values: Array.from(rows, (row) => column.values[row - first] ?? null) };
}

/** Training rows drawn from the seed, ascending, by their place among them. */
export function sampledPlaces(rows: number, seed: number, most: number): Uint32Array {
  const order = shuffledRows(rows, SAMPLE_DRAW, { shuffle: rows > most, seed });
  return rows > most ? order.slice(0, most).sort() : order;
}

export async function readSample(
  columns: readonly ColumnDocument[],
  ids: Uint32Array,
  source: RowReader,
  shown: PictureSource | null,
): Promise<Table> {
  const read = new Map(columns.map((column) => [column.name, emptyColumn(column, ids.length)]));
  const order = tableOrder(ids);
  const placeOf = (i: number): number => (order === null ? i : (order[i] as number));
  let built: readonly Column[] = [];
  let taken = 0;
  await source.pieces(columns, (piece) => {
    built = piece.columns;
    const first = piece.rowIds[0] ?? 0;
    const start = taken;
    while (taken < ids.length && (ids[placeOf(taken)] as number) < first + piece.rowCount) taken += 1;
    for (let i = start; i < taken; i++) {
      const row = (ids[placeOf(i)] as number) - first;
      for (const column of piece.columns) copyCell(column, row, read.get(column.name) as Column, placeOf(i));
    }
  });
  const pictures = new Set(columns.filter(({ type }) => type === "picture").map(({ name }) => name));
  const made = built.map(async (column): Promise<Column> => {
    const own = read.get(column.name) as Column;
    if (shown !== null && pictures.has(column.name)) return standingForAll(column.name, ids.length, shown);
    return column.kind === "category" && own.kind === "category" ? { ...own, categories: column.categories } : own;
  });
  return { rowCount: ids.length, rowIds: ids, columns: await Promise.all(made) };
}

function emptyColumn(document: ColumnDocument, rows: number): Column {
  const { type, name } = document;
  if (isText(document)) return { kind: "text", name, values: new Array<string | null>(rows).fill(null) };
  return type === "categorical"
    ? { kind: "category", name, codes: new Int32Array(rows), categories: [] }
    : { kind: "number", name, values: new Float64Array(rows) };
}

function copyCell(from: Column, row: number, to: Column, place: number): void {
  if (from.kind === "category" && to.kind === "category") to.codes[place] = from.codes[row] as number;
  else if (from.kind === "number" && to.kind === "number") to.values[place] = from.values[row] as number;
  else if (from.kind === "text" && to.kind === "text") (to.values as (string | null)[])[place] = from.values[row] ?? null;
  else throw new Error(`column '${from.name}' came as ${from.kind}`);
}
