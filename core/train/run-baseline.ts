/** A baseline over the data of a design: the same split, the same prepared numbers, the same figures as a network's run. */
import type { BaselineTask, FittedBaseline } from "../baselines/baseline.ts";
import { baselineDefinitions } from "../baselines/definitions.ts";
import { baselineImplementation } from "../baselines/implementations.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { evaluationOfAnswers, inputsOf, rowsBetween, rowsOfOutput, taskOfOutput } from "./baseline-rows.ts";
import type { OutputInfo } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PreparedDesign } from "./prepare-design.ts";

export interface BaselineResult {
  readonly training: Evaluation;
  /** Null where the split holds none out. */
  readonly validation: Evaluation | null;
  readonly said: FittedBaseline["said"] | null;
}

/** More training rows are not judged one by one: that would take longer than learning. */
const MOST_JUDGED = 20_000;
/** Rows that are predicted between two yields. */
const ROWS_AT_ONCE = 500;

/** Names of those that fit the data, in the order in which they are shown. @throws AppError baseline.* */
export function baselinesFor(prepared: PreparedDesign): string[] {
  const { task } = problemOf(prepared);
  return Object.values(baselineDefinitions)
    .filter((definition) => definition.appliesTo(task))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}

/** Yields a few times a second. @throws AppError baseline.*, spec.unknown_baseline */
export function* runBaseline(name: string, design: PreparedDesign, seed: number): Generator<void, BaselineResult> {
  const { task, output } = problemOf(design);
  const { training, validation, pipeline } = design.prepared;
  const fitted = yield* baselineImplementation(name).fit(rowsOfOutput(training, output, pipeline), task, seed);
  const judged = rowsBetween(training, 0, MOST_JUDGED);
  return {
    training: yield* evaluated(judged, fitted, task, output, pipeline),
    validation: validation.rowCount === 0 ? null : yield* evaluated(validation, fitted, task, output, pipeline),
    said: fitted.said ?? null,
  };
}

function problemOf({ prepared, outputs }: PreparedDesign): { task: BaselineTask; output: OutputInfo } {
  const { pipeline, training } = prepared;
  const [output] = outputs;
  if (pipeline.graph !== undefined) throw new AppError("baseline.graph");
  const isOne = output !== undefined && outputs.length === 1 && pipeline.targets[output.layer.id]?.columns.length === 1;
  const task = isOne ? taskOfOutput(pipeline, training, output) : null;
  if (output === undefined || task === null) throw new AppError("baseline.one_target");
  return { output, task };
}

function* evaluated(
  part: PreparedPart,
  fitted: FittedBaseline,
  task: BaselineTask,
  output: OutputInfo,
  pipeline: FittedPipeline,
): Generator<void, Evaluation> {
  const answers = new Float64Array(part.rowCount * task.count);
  yield* predictInto(answers, fitted, task, inputsOf(part));
  return evaluationOfAnswers(part, task.kind, answers, output, pipeline);
}

/** @param answers `[rows, task.count]`, filled @param inputs `[rows, task.width]` */
export function* predictInto(
  answers: Float64Array,
  { predict }: FittedBaseline,
  task: BaselineTask,
  inputs: Float32Array,
): Generator<void> {
  const all = answers.length / task.count;
  for (let start = 0; start < all; start += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, all - start);
    answers.set(predict(inputs.subarray(start * task.width, (start + rows) * task.width), rows), start * task.count);
    yield;
  }
}
