/** A baseline over the data of a design: the same split, the same prepared numbers, the same figures as a network's run, output by output. */
import type { BaselineTask, FittedBaseline, SaidOfBaseline } from "../baselines/baseline.ts";
import { baselineDefinitions } from "../baselines/definitions.ts";
import { baselineImplementation } from "../baselines/implementations.ts";
import type { GraphRows } from "../data/graph/node-graph.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { buildProgram } from "../spec/build.ts";
import { readTraining } from "../spec/training.ts";
import { asNodeRows, type BaselineNodes, baselineNodes, nodesBetween } from "./baseline-nodes.ts";
import { askedRestored } from "./baseline-restored.ts";
import { type AskedOutput, askedOutputs, inputsOf, rowsOfOutput, saidAsked, spreadRows } from "./baseline-rows.ts";
import { metricName } from "./evaluate.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { outputsOfNodes } from "./node-rows.ts";
import { type PredictedRows, predictedRows } from "./predicted-rows.ts";
import type { PreparedDesign } from "./prepare-design.ts";

export interface BaselineResult {
  readonly training: Evaluation;
  /** Null where the split holds none out. */
  readonly validation: Evaluation | null;
  /** Figures as the end of a run calls them. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** What was learnt of each output that it fits: one fit for each column of numbers or label, or one for all classes. */
export interface LearntBaseline {
  readonly pipeline: FittedPipeline;
  /** Where the rows are nodes of a graph. */
  readonly nodes: BaselineNodes | null;
  readonly outputs: readonly { readonly asked: AskedOutput; readonly fits: readonly FittedBaseline[] }[];
}

/** More training rows are not judged one by one: that would take longer than learning. */
const MOST_JUDGED = 20_000;
/** Rows that are predicted between two yields. */
const ROWS_AT_ONCE = 500;

/** Names of those that fit an output at least, in the order in which they are shown. @throws AppError baseline.* */
export function baselinesFor(prepared: PreparedDesign): string[] {
  const asked = questionsOf(prepared);
  return Object.values(baselineDefinitions)
    .filter(({ appliesTo }) => asked.some(({ tasks }) => tasks.every(appliesTo)))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}

/** Yields a few times a second. @throws AppError baseline.*, spec.unknown_baseline */
export function* runBaseline(name: string, design: PreparedDesign, seed: number): Generator<void, BaselineResult> {
  const learnt = yield* learnBaseline(name, design, seed);
  const { training, validation } = design.prepared;
  const found = yield* judgeTraining(learnt, training);
  const held = validation.rowCount === 0 ? null : yield* judgeBaseline(learnt, validation);
  const named = ({ outputs }: Evaluation, prefix: string): BaselineResult["metrics"] =>
    Object.fromEntries(
      outputs.flatMap(({ node_id, figures }) => {
        const output = design.outputs.find(({ layer }) => layer.id === node_id);
        if (output === undefined) return [];
        return Object.entries(figures).map(([figure, value]) => [`${prefix}${metricName(design.outputs, output, figure)}`, value]);
      }),
    );
  return { training: found, validation: held, metrics: { ...named(found, ""), ...(held === null ? {} : named(held, "val_")) } };
}

/**
 * The same rows, the same seed, the same fit: what is not kept of a baseline is learnt again.
 * @param onFit told how many of the fits are done
 * @throws AppError baseline.*, spec.unknown_baseline
 */
export function* learnBaseline(
  name: string,
  design: PreparedDesign,
  seed: number,
  onFit: (done: number, total: number) => void = () => undefined,
): Generator<void, LearntBaseline> {
  const implementation = baselineImplementation(name);
  const { pipeline } = design.prepared;
  const nodes = baselineNodes(design);
  const training = rowsOf(design.prepared.training, nodes);
  const { appliesTo } = baselineDefinitions[name] ?? { appliesTo: () => true };
  const all = questionsOf(design).filter(({ tasks }) => tasks.every(appliesTo));
  if (all.length === 0) throw new AppError("baseline.not_fitting", { name });
  const total = all.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const inputs = inputsOf(training);
  const outputs: { asked: AskedOutput; fits: FittedBaseline[] }[] = [];
  let done = 0;
  for (const asked of all) {
    const fits: FittedBaseline[] = [];
    for (const [column, task] of asked.tasks.entries()) {
      onFit(done, total);
      fits.push(
        yield* implementation.fit(rowsOfOutput(training, asked.output, pipeline, column, inputsTo(asked, training, inputs)), task, seed),
      );
      done += 1;
    }
    outputs.push({ asked, fits });
  }
  return { pipeline, nodes, outputs };
}

const rowsOf = (part: PreparedPart, nodes: BaselineNodes | null): PreparedPart => (nodes === null ? part : asNodeRows(part, nodes));

/** What an autoencoder is to give back is what its baselines are given. */
const inputsTo = ({ output, tasks }: AskedOutput, part: PreparedPart, inputs: Float32Array): Float32Array =>
  tasks[0]?.restores === undefined ? inputs : (part.targets[output.layer.id]?.values ?? inputs);

/** Of the rows that it learnt from those that are judged: evenly spread where they are many. */
export const judgedRows = (training: PreparedPart): PreparedPart => spreadRows(training, MOST_JUDGED);

/** Of the rows that it learnt from; where not of all of them it says so. */
export function* judgeTraining(learnt: LearntBaseline, training: PreparedPart): Generator<void, Evaluation> {
  const judgedPart = judgedRows(training);
  const found = yield* judgeBaseline(learnt, judgedPart);
  if (judgedPart === training) return found;
  const judged: SaidOfBaseline = { key: "baselines.judged_rows", params: { count: found.rows, rows: training.rowCount } };
  return { ...found, outputs: found.outputs.map((output) => ({ ...output, said: [...(output.said ?? []), judged] })) };
}

/** Rows that are prepared as those that it learnt from. */
export function* judgeBaseline({ pipeline, nodes, outputs }: LearntBaseline, given: PreparedPart): Generator<void, Evaluation> {
  const part = rowsOf(given, nodes);
  const inputs = inputsOf(part);
  const found: Evaluation["outputs"] = [];
  for (const { asked, fits } of outputs) {
    const said = saidOnce(fits);
    const answers = yield* answersTo(asked, fits, part, inputs);
    for (const output of evaluationOf(saidAsked(part, asked, answers, pipeline)).outputs)
      found.push(said.length === 0 ? output : { ...output, said });
  }
  return { rows: part.rowCount, loss: null, outputs: found };
}

/** What it says of each row. @param nodeId the first output that it answers when null @returns null where it answers no such output */
export function* baselineRows(
  { pipeline, nodes, outputs }: LearntBaseline,
  given: PreparedPart,
  nodeId: string | null,
): Generator<void, PredictedRows | null> {
  const part = rowsOf(given, nodes);
  const own = nodeId === null ? outputs[0] : outputs.find(({ asked }) => asked.output.layer.id === nodeId);
  if (own === undefined) return null;
  const answers = yield* answersTo(own.asked, own.fits, part, inputsOf(part));
  return predictedRows(saidAsked(part, own.asked, answers, pipeline), own.asked.output.layer.id);
}

/** To each of its questions: `[rows]` numbers, or `[rows, classes]` probabilities. */
function* answersTo(
  asked: AskedOutput,
  fits: readonly FittedBaseline[],
  part: PreparedPart,
  inputs: Float32Array,
): Generator<void, Float64Array[]> {
  const columns: Float64Array[] = [];
  for (const [column, task] of asked.tasks.entries()) {
    const answers = new Float64Array(part.rowCount * task.count);
    const learnt = fits[column];
    if (learnt !== undefined) yield* predictInto(answers, learnt, task, inputsTo(asked, part, inputs), part.graphRows);
    columns.push(answers);
  }
  return columns;
}

/** What its fits say, the same of several columns once. */
function saidOnce(fits: readonly FittedBaseline[]): SaidOfBaseline[] {
  const all = fits.flatMap(({ said }) => (said === undefined ? [] : [[JSON.stringify(said), said] as const]));
  return [...new Map(all).values()];
}

/** @throws AppError baseline.masked, baseline.no_target */
function questionsOf(design: PreparedDesign): AskedOutput[] {
  const { prepared, outputs } = design;
  const { pipeline, training } = prepared;
  const nodes = baselineNodes(design);
  if (nodes !== null) {
    const asked = askedOutputs(pipeline, asNodeRows(training, nodes), outputsOfNodes(outputs));
    return asked.map((one) => ({ ...one, tasks: one.tasks.map((task) => ({ ...task, graph: nodes.graph })) }));
  }
  const masked = maskedOutputs(design);
  const asked = [...askedOutputs(pipeline, training, outputs), ...askedRestored(design)];
  const answered = asked.filter(({ output }) => !masked.has(output.layer.id));
  if (answered.length === 0) throw new AppError(asked.length > 0 ? "baseline.masked" : "baseline.no_target");
  return answered;
}

/** Outputs of which the network itself says which steps count. */
function maskedOutputs({ spec, outputs, encodings }: PreparedDesign): ReadonlySet<string> {
  if (outputs.every(({ layer }) => layer.shape.length < 2)) return new Set();
  const { masks } = buildProgram(spec, { batch: 1, mode: "evaluate", training: readTraining({}), encodings });
  return new Set(Object.keys(masks));
}

/** @param answers `[rows, task.count]`, filled @param inputs `[rows, task.width]` @param nodes of rows that are nodes of a graph */
export function* predictInto(
  answers: Float64Array,
  { predict }: FittedBaseline,
  task: BaselineTask,
  inputs: Float32Array,
  nodes?: GraphRows,
): Generator<void> {
  const all = answers.length / task.count;
  for (let start = 0; start < all; start += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, all - start);
    const asked = nodes === undefined ? undefined : nodesBetween(nodes, start, start + rows);
    answers.set(predict(inputs.subarray(start * task.width, (start + rows) * task.width), rows, asked), start * task.count);
    yield;
  }
}
