/**
 * Between a prepared design and its baselines: the question that each output asks, its rows as a baseline wants them, and what a
 * baseline said judged as what a network said is.
 */
import type { BaselineRows, BaselineTask, BaselineWindow } from "../baselines/baseline.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { WINDOW } from "../data/windows.ts";
import { spreadPlaces } from "../insight/slices/residuals.ts";
import { sizeOf } from "../ir/tensor.ts";
import { stepDefinition } from "../steps/definitions.ts";
import type { OutputInfo } from "./evaluate.ts";
import type { EvaluationInput } from "./evaluation.ts";

/** An output that baselines can answer, with the question of each of its columns of numbers, of each label, or the one of all classes. */
export interface AskedOutput {
  readonly output: OutputInfo;
  /** One at least. */
  readonly tasks: readonly BaselineTask[];
  /** Each task is whether a label holds. */
  readonly labels: boolean;
}

/** None of what is no column: what an autoencoder is to give back. Each step of a sequence is a column, and a question of its own. */
export function askedOutputs(pipeline: FittedPipeline, part: PreparedPart, outputs: readonly OutputInfo[]): AskedOutput[] {
  return outputs.flatMap((output) => {
    const layout = pipeline.targets[output.layer.id];
    if (layout === undefined || !output.fromColumns) return [];
    const { columns, encoding } = layout;
    const labels = encoding === "multi_binary" || (encoding === "sign" && columns.length > 1);
    if (labels && sizeOf(part.targets[output.layer.id]?.shape ?? []) !== columns.length) return [];
    const isNumber = encoding === "value";
    if (!isNumber && !labels && columns.length !== 1) return [];
    const isStep = columns.length > 1 && output.layer.shape.length > 1;
    const tasks = columns.map(
      (column): BaselineTask => ({
        kind: isNumber ? "numbers" : "classes",
        count: isNumber ? 1 : labels ? 2 : layout.classes.length,
        width: widthOf(part),
        words: hasWords(pipeline),
        window: windowOf(pipeline, column),
        ...(isStep ? { isStep: true } : {}),
      }),
    );
    return tasks.length === 0 ? [] : [{ output, tasks, labels }];
  });
}

/** Whether the rows are words that are counted, and nothing else was made of the counts. */
function hasWords({ columns, features, steps }: FittedPipeline): boolean {
  const texts = new Set(columns.filter(({ type }) => type === "text").map(({ name }) => name));
  const isCounted = (name: string): boolean => {
    const last = steps.findLast(({ step }) => step.columns.includes(name));
    return last !== undefined && stepDefinition(last.step.type).mostlyZeros === true;
  };
  return features.length > 0 && features.every(({ column }) => texts.has(column) && isCounted(column));
}

function windowOf({ window, features }: FittedPipeline, target: string): BaselineWindow | null {
  if (window === undefined || features.length !== 1 || features[0]?.column !== WINDOW) return null;
  return { length: window.length, horizon: window.horizon, columns: window.columns.length, target: window.columns.indexOf(target) };
}

const widthOf = ({ inputs }: PreparedPart): number => Object.values(inputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Inputs of all nodes side by side. */
export function inputsOf(part: PreparedPart): Float32Array {
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

/** @param column of an output of numbers, or place of a label @param inputs of the part, where they are at hand */
export function rowsOfOutput(
  part: PreparedPart,
  output: OutputInfo,
  pipeline: FittedPipeline,
  column = 0,
  inputs: Float32Array = inputsOf(part),
): BaselineRows {
  const target = part.targets[output.layer.id];
  const values = target?.values ?? [];
  const width = sizeOf(target?.shape ?? []);
  const { encoding, columns = [] } = pipeline.targets[output.layer.id] ?? {};
  const labels = encoding === "multi_binary" || (encoding === "sign" && columns.length > 1);
  const placeOf = (row: number): number => {
    if (labels) return (values[row * width + column] as number) > 0 ? 1 : 0;
    if (encoding === "value") return values[row * Math.max(1, width) + column] as number;
    if (encoding === "one_hot" || (encoding === "sign" && width > 1)) {
      let best = 0;
      for (let k = 1; k < width; k += 1) if ((values[row * width + k] as number) > (values[row * width + best] as number)) best = k;
      return best;
    }
    return encoding === "sign" ? ((values[row] as number) + 1) / 2 : (values[row] as number);
  };
  return {
    rows: part.rowCount,
    inputs,
    targets: Float64Array.from({ length: part.rowCount }, (_, row) => placeOf(row)),
    weights: part.weights ?? null,
    ...(part.graphRows === undefined ? {} : { nodes: part.graphRows.nodes }),
  };
}

/** Rows `from` to before `to` of a part: its order is the table's, that of time, or by chance. */
export function rowsBetween(part: PreparedPart, from: number, to: number): PreparedPart {
  if (from === 0 && to >= part.rowCount) return part;
  const cut = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(
      Object.entries(rows).map(([id, one]) => [id, { ...one, values: one.values.slice(from * sizeOf(one.shape), to * sizeOf(one.shape)) }]),
    );
  const { weights } = part;
  return {
    ...part,
    rowCount: Math.min(to, part.rowCount) - from,
    rowIds: part.rowIds.slice(from, to),
    inputs: cut(part.inputs),
    targets: cut(part.targets),
    ...(weights === undefined ? {} : { weights: weights.slice(from, to) }),
  };
}

/** So many rows of a part at most, evenly spread over it: the first ones would be those of one time, or of one class. */
export function spreadRows(part: PreparedPart, most: number): PreparedPart {
  if (part.rowCount <= most) return part;
  const places = spreadPlaces(part.rowCount, most);
  const pick = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(
      Object.entries(rows).map(([id, one]) => {
        const size = sizeOf(one.shape);
        const values = one.values.slice(0, most * size);
        places.forEach((row, place) => {
          values.set(one.values.subarray(row * size, (row + 1) * size), place * size);
        });
        return [id, { ...one, values }];
      }),
    );
  const { weights } = part;
  return {
    ...part,
    rowCount: most,
    rowIds: Uint32Array.from(places, (row) => part.rowIds[row] as number),
    inputs: pick(part.inputs),
    targets: pick(part.targets),
    ...(weights === undefined ? {} : { weights: Float32Array.from(places, (row) => weights[row] as number) }),
  };
}

/** As what a network said. @param columns what was answered to each task: `[rows]` numbers, or `[rows, classes]` probabilities */
export function saidAsked(
  part: PreparedPart,
  { output, tasks, labels }: AskedOutput,
  columns: readonly Float64Array[],
  pipeline: FittedPipeline,
): EvaluationInput {
  const [first = new Float64Array(0)] = columns;
  const kind = tasks[0]?.kind ?? "numbers";
  // Of a label the second of two classes is that it holds.
  const answers = labels ? columns.map((answered) => answered.filter((_, place) => place % 2 === 1)) : columns;
  if (!labels && answers.length === 1) return saidOf(part, kind, first, output, pipeline);
  const sideBySide = new Float64Array(part.rowCount * answers.length);
  answers.forEach((answered, column) => {
    answered.forEach((value, row) => {
      sideBySide[row * answers.length + column] = value;
    });
  });
  return saidOf(part, kind, sideBySide, output, pipeline);
}

/** @param answers `[rows, width]` as a baseline gives them: numbers of all columns side by side, or probabilities of all classes */
function saidOf(
  part: PreparedPart,
  kind: BaselineTask["kind"],
  answers: Float64Array,
  output: OutputInfo,
  pipeline: FittedPipeline,
): EvaluationInput {
  const { id } = output.layer;
  const isSign = output.encoding === "sign";
  const count = answers.length / Math.max(1, part.rowCount);
  const isOne = kind === "classes" && count === 2 && sizeOf(part.targets[id]?.shape ?? []) <= 1 && output.encoding !== "class_index";
  const values = isOne
    ? Float32Array.from({ length: part.rowCount }, (_, row) => signed(answers[2 * row + 1] as number, isSign))
    : Float32Array.from(answers, (value) => (kind === "classes" ? signed(value, isSign) : value));
  const judged = { ...output, lossWeight: 0, task: { ...output.task, probabilities: kind === "classes" && !isSign } };
  return { outputs: [judged], pipeline, data: part, found: { loss: Number.NaN, losses: {}, predictions: { [id]: values }, masks: {} } };
}

const signed = (probability: number, isSign: boolean): number => (isSign ? 2 * probability - 1 : probability);
