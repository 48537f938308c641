/** A baseline over the data of a design: the same split, the same prepared numbers, the same figures as a network's run. */
import type { BaselineRows, BaselineTask, BaselineWindow, FittedBaseline } from "../baselines/baseline.ts";
import { baselineDefinitions } from "../baselines/definitions.ts";
import { baselineImplementation } from "../baselines/implementations.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { WINDOW } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { OutputInfo } from "./evaluate.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
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
  const fitted = yield* baselineImplementation(name).fit(rowsOf(training, output, pipeline), task, seed);
  const judged = firstOf(training, MOST_JUDGED);
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
  const layout = output === undefined ? undefined : pipeline.targets[output.layer.id];
  const takesOne =
    output !== undefined && layout !== undefined && outputs.length === 1 && output.fromColumns && layout.columns.length === 1;
  if (!takesOne) throw new AppError("baseline.one_target");
  const isNumber = layout.encoding === "value";
  return {
    output,
    task: {
      kind: isNumber ? "numbers" : "classes",
      count: isNumber ? 1 : layout.classes.length,
      width: widthOf(training),
      words: hasWords(pipeline),
      window: windowOf(pipeline, layout.columns[0] ?? ""),
    },
  };
}

/** Words that are counted are a vector; a sequence of words has a shape. */
function hasWords({ columns, features }: FittedPipeline): boolean {
  const texts = new Set(columns.filter(({ type }) => type === "text").map(({ name }) => name));
  return features.length > 0 && features.every(({ column, shape }) => texts.has(column) && shape === undefined);
}

function windowOf({ window, features }: FittedPipeline, target: string): BaselineWindow | null {
  if (window === undefined || features.length !== 1 || features[0]?.column !== WINDOW) return null;
  return { length: window.length, horizon: window.horizon, columns: window.columns.length, target: window.columns.indexOf(target) };
}

const widthOf = ({ inputs }: PreparedPart): number => Object.values(inputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Inputs of all nodes side by side. */
function inputsOf(part: PreparedPart): Float32Array {
  const groups = Object.values(part.inputs);
  const [only] = groups;
  if (only !== undefined && groups.length === 1) return only.values as Float32Array;
  const width = widthOf(part);
  const all = new Float32Array(part.rowCount * width);
  let start = 0;
  for (const { values, shape } of groups) {
    const own = sizeOf(shape);
    for (let row = 0; row < part.rowCount; row += 1)
      for (let i = 0; i < own; i += 1) all[row * width + start + i] = values[row * own + i] as number;
    start += own;
  }
  return all;
}

function rowsOf(part: PreparedPart, output: OutputInfo, pipeline: FittedPipeline): BaselineRows {
  const target = part.targets[output.layer.id];
  const values = target?.values ?? [];
  const width = sizeOf(target?.shape ?? []);
  const encoding = pipeline.targets[output.layer.id]?.encoding;
  const placeOf = (row: number): number => {
    if (encoding === "one_hot" || (encoding === "sign" && width > 1)) {
      let best = 0;
      for (let k = 1; k < width; k += 1) if ((values[row * width + k] as number) > (values[row * width + best] as number)) best = k;
      return best;
    }
    return encoding === "sign" ? ((values[row] as number) + 1) / 2 : (values[row] as number);
  };
  return {
    rows: part.rowCount,
    inputs: inputsOf(part),
    targets: Float64Array.from({ length: part.rowCount }, (_, row) => placeOf(row)),
    weights: part.weights ?? null,
  };
}

/** The first rows of a part: its order is the table's, or by chance. */
function firstOf(part: PreparedPart, most: number): PreparedPart {
  if (part.rowCount <= most) return part;
  const cut = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(Object.entries(rows).map(([id, one]) => [id, { ...one, values: one.values.slice(0, most * sizeOf(one.shape)) }]));
  const { weights } = part;
  return {
    ...part,
    rowCount: most,
    rowIds: part.rowIds.slice(0, most),
    inputs: cut(part.inputs),
    targets: cut(part.targets),
    ...(weights === undefined ? {} : { weights: weights.slice(0, most) }),
  };
}

function* evaluated(
  part: PreparedPart,
  { predict }: FittedBaseline,
  task: BaselineTask,
  output: OutputInfo,
  pipeline: FittedPipeline,
): Generator<void, Evaluation> {
  const inputs = inputsOf(part);
  const answers = new Float64Array(part.rowCount * task.count);
  for (let start = 0; start < part.rowCount; start += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, part.rowCount - start);
    answers.set(predict(inputs.subarray(start * task.width, (start + rows) * task.width), rows), start * task.count);
    yield;
  }
  const { id } = output.layer;
  const { encoding } = output;
  const isSign = encoding === "sign";
  const one = task.kind === "numbers" || (task.count === 2 && sizeOf(part.targets[id]?.shape ?? []) <= 1 && encoding !== "class_index");
  const values =
    task.kind === "classes" && one
      ? Float32Array.from({ length: part.rowCount }, (_, row) => signed(answers[2 * row + 1] as number, isSign))
      : Float32Array.from(answers, (value) => (task.kind === "classes" ? signed(value, isSign) : value));
  const judged = { ...output, lossWeight: 0, task: { ...output.task, probabilities: task.kind === "classes" && !isSign } };
  return evaluationOf({
    outputs: [judged],
    pipeline,
    data: part,
    found: { loss: Number.NaN, losses: {}, predictions: { [id]: values }, masks: {} },
  });
}

const signed = (probability: number, isSign: boolean): number => (isSign ? 2 * probability - 1 : probability);
