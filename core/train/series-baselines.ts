/**
 * What stands beside every result of a time series: the seasonal naive and the linear baseline, fitted to the same prepared rows and
 * judged by the same figures as the network. They have closed forms, so that a result need not wait long for them.
 */
import type { BaselineTask } from "../baselines/baseline.ts";
import { baselineDefinition } from "../baselines/definitions.ts";
import { baselineImplementation } from "../baselines/implementations.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { type AskedOutput, askedOutputs, inputsOf, rowsBetween, rowsOfOutput, saidAsked } from "./baseline-rows.ts";
import type { OutputInfo } from "./evaluate.ts";
import { type BesideBaseline, evaluationOf } from "./evaluation.ts";
import type { PreparedDesign } from "./prepare-design.ts";
import { predictInto } from "./run-baseline.ts";

/** By id of the output; outputs that no baseline fits are not there. */
export type BesideOutputs = Readonly<Record<string, readonly BesideBaseline[]>>;
export type BesidePart = "training" | "validation" | "test";

/** Of classes the line is a logistic one. */
const BESIDE_A_SERIES = ["seasonal_naive", "linear_regression", "logistic_regression"];
/** Multiply-adds of a fit: some seconds. Of a longer or wider series the newest rows are learnt from. */
const MOST_WORK = 3e9;
/** Where rows have no other rows to learn from, each of so many stretches is predicted from the others. */
const STRETCHES = 5;
const FEWEST_ROWS = 2 * STRETCHES;

/** Fitted to the training rows, judged on every part. Yields a few times a second. @throws AppError baseline.no_target */
export function* seriesBaselines(
  { prepared, outputs }: PreparedDesign,
  seed: number,
): Generator<void, Partial<Record<BesidePart, BesideOutputs>>> {
  const { training, validation, test, pipeline } = prepared;
  const parts = { training, validation, ...(test === undefined ? {} : { test }) };
  const found: Partial<Record<BesidePart, Record<string, BesideBaseline[]>>> = {};
  for (const question of questions(pipeline, training, outputs)) {
    const { name, output, tasks } = question;
    const learnt = newest(training, tasks[0] as BaselineTask);
    const fits = [];
    for (const [column, task] of tasks.entries())
      fits.push(yield* baselineImplementation(name).fit(rowsOfOutput(learnt, output, pipeline, column), task, seed));
    for (const [part, rows] of Object.entries(parts) as [BesidePart, PreparedPart][]) {
      if (rows.rowCount === 0) continue;
      const columns: Float64Array[] = [];
      for (const [column, task] of tasks.entries()) {
        const answers = new Float64Array(rows.rowCount * task.count);
        yield* predictInto(answers, fits[column] as (typeof fits)[number], task, inputsOf(rows));
        columns.push(answers);
      }
      const said = fits.map((fit) => fit.said ?? null);
      const own = { name, said: sameOf(said), learnt_from: { rows: learnt.rowCount, held_out: part !== "training" } };
      add(found, part, output, { ...own, figures: figuresOf(rows, question, columns, pipeline) });
    }
  }
  return found;
}

/**
 * Of rows that come without the ones a network learnt from: each fifth of them, in their order, is predicted from the other four.
 * @throws AppError baseline.no_target, baseline.few_rows
 */
export function* baselinesOfRows(
  pipeline: FittedPipeline,
  outputs: readonly OutputInfo[],
  part: PreparedPart,
  seed: number,
): Generator<void, BesideOutputs> {
  if (part.rowCount < FEWEST_ROWS) throw new AppError("baseline.few_rows", { rows: part.rowCount, least: FEWEST_ROWS });
  const found: { all?: Record<string, BesideBaseline[]> } = {};
  for (const question of questions(pipeline, part, outputs)) {
    const { name, output, tasks } = question;
    const columns: Float64Array[] = [];
    const said: BesideBaseline["said"][] = [];
    for (const [column, task] of tasks.entries()) {
      const answers = new Float64Array(part.rowCount * task.count);
      for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
        const [from, to] = [0, 1].map((more) => Math.floor(((stretch + more) * part.rowCount) / STRETCHES)) as [number, number];
        const others = newest(rowsWithout(part, from, to), task);
        const fit = yield* baselineImplementation(name).fit(rowsOfOutput(others, output, pipeline, column), task, seed);
        said.push(fit.said ?? null);
        const inputs = inputsOf(part).subarray(from * task.width, to * task.width);
        yield* predictInto(answers.subarray(from * task.count, to * task.count), fit, task, inputs);
      }
      columns.push(answers);
    }
    const own = { name, said: sameOf(said), learnt_from: { rows: part.rowCount - Math.floor(part.rowCount / STRETCHES), held_out: true } };
    add(found, "all", output, { ...own, figures: figuresOf(part, question, columns, pipeline) });
  }
  return found.all ?? {};
}

/** All of it at once. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}

interface Question extends AskedOutput {
  readonly name: string;
}

function questions(pipeline: FittedPipeline, part: PreparedPart, outputs: readonly OutputInfo[]): Question[] {
  const all = askedOutputs(pipeline, part, outputs).flatMap((asked) =>
    BESIDE_A_SERIES.filter((name) => asked.tasks.every(baselineDefinition(name).appliesTo)).map((name) => ({ ...asked, name })),
  );
  if (all.length === 0) throw new AppError("baseline.no_target");
  return all;
}

/** The last rows, as many as are learnt from in some seconds. */
function newest(part: PreparedPart, { width, count }: BaselineTask): PreparedPart {
  const most = Math.max(2 * width, Math.floor(MOST_WORK / (width * width * count)));
  return rowsBetween(part, Math.max(0, part.rowCount - most), part.rowCount);
}

function rowsWithout(part: PreparedPart, from: number, to: number): PreparedPart {
  const [before, after] = [rowsBetween(part, 0, from), rowsBetween(part, to, part.rowCount)];
  const join = (a: PreparedPart["inputs"], b: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(Object.entries(a).map(([id, rows]) => [id, { ...rows, values: joined(rows.values, b[id]?.values ?? []) }]));
  return {
    rowCount: before.rowCount + after.rowCount,
    rowIds: Uint32Array.from([...before.rowIds, ...after.rowIds]),
    inputs: join(before.inputs, after.inputs),
    targets: join(before.targets, after.targets),
    ...(part.weights === undefined ? {} : { weights: joined(before.weights ?? [], after.weights ?? []) }),
  };
}

function joined(before: ArrayLike<number>, after: ArrayLike<number>): Float32Array {
  const all = new Float32Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}

function figuresOf(
  part: PreparedPart,
  asked: AskedOutput,
  columns: readonly Float64Array[],
  pipeline: FittedPipeline,
): BesideBaseline["figures"] {
  return evaluationOf(saidAsked(part, asked, columns, pipeline)).outputs[0]?.figures ?? {};
}

/** What all fits say alike: of several columns, or stretches, each may have a season of its own. */
function sameOf(said: readonly BesideBaseline["said"][]): BesideBaseline["said"] {
  const [first = null] = said;
  return said.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null;
}

function add<P extends string>(
  found: Partial<Record<P, Record<string, BesideBaseline[]>>>,
  part: P,
  { layer }: OutputInfo,
  one: BesideBaseline,
): void {
  const own = found[part] ?? {};
  own[layer.id] = [...(own[layer.id] ?? []), one];
  found[part] = own;
}
