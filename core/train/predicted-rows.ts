/**
 * What a network says of each row of a part beside what should have been said, as plain arrays: from it slices, residuals, comparisons of
 * two runs and ensembles follow without the network.
 */
import type { MetricRows, MetricTask } from "../metrics/metric.ts";
import { tallyOf } from "../metrics/tally.ts";
import { classSaid, thresholdOf, widthOf } from "../metrics/task.ts";
import { allFigures, askedOf, rowsOfOutput } from "./evaluate.ts";
import { type Evaluation, type EvaluationInput, evaluateRows, labelsOf } from "./evaluation.ts";

export interface PredictedRows extends MetricRows {
  readonly nodeId: string;
  readonly name: string;
  readonly task: MetricTask;
  /** Of classes, labels or columns of numbers. */
  readonly labels: readonly string[];
  /** Row of the table that each is of, from 0: a sequence has one a step, so that rows come several times. */
  readonly rowIds: Uint32Array;
  /** The one column of the table that holds the label or number; left out where there are several, or none. */
  readonly targetColumn?: string;
}

/** Null where there is no such output. Steps that do not count are left out. @param nodeId the first output when null */
export function predictedRows({ outputs, pipeline, data, found }: EvaluationInput, nodeId: string | null): PredictedRows | null {
  const given = nodeId === null ? outputs[0] : outputs.find(({ layer }) => layer.id === nodeId);
  const [predicted, target] = [found.predictions[given?.layer.id ?? ""], data.targets[given?.layer.id ?? ""]];
  if (given === undefined || predicted === undefined || target === undefined) return null;
  const { id, name } = given.layer;
  const output = askedOf(given, found.masks[id] !== undefined);
  const rows = rowsOfOutput(output, pipeline, predicted, target.values, data.rowCount, data.weights ?? null, found.masks[id]);
  const steps = rows.rows / Math.max(1, data.rowCount);
  const rowIds = Uint32Array.from({ length: rows.rows }, (_, place) => data.rowIds[Math.floor(place / steps)] as number);
  const { columns = [] } = pipeline.targets[id] ?? {};
  const [only] = output.fromColumns && columns.length === 1 ? columns : [];
  const column = only === undefined ? {} : { targetColumn: only };
  const all = { ...rows, nodeId: id, name, task: output.task, labels: labelsOf(output, pipeline), rowIds, ...column };
  if (found.masks[id] === undefined) return all;
  return pickRows(
    all,
    [...rowIds.keys()].filter((place) => rows.weights?.[place] !== 0),
  );
}

/** Some of the rows, in the order of the places. */
export function pickRows(all: PredictedRows, places: readonly number[]): PredictedRows {
  const pick = (values: ArrayLike<number>, width: number): Float64Array => {
    const picked = new Float64Array(places.length * width);
    places.forEach((place, k) => {
      for (let i = 0; i < width; i += 1) picked[k * width + i] = values[place * width + i] as number;
    });
    return picked;
  };
  const targetWidth = all.task.kind === "numbers" || all.task.kind === "labels" ? all.task.count : 1;
  return {
    ...all,
    rows: places.length,
    predictions: pick(all.predictions, widthOf(all.task)),
    targets: pick(all.targets, targetWidth),
    weights: all.weights === null ? null : pick(all.weights, 1),
    rowIds: Uint32Array.from(places, (place) => all.rowIds[place] as number),
  };
}

/** Rows of one network after each other; they are numbered anew. @param all at least one */
export function joinPredicted(all: readonly PredictedRows[]): PredictedRows {
  const [first] = all;
  if (first === undefined) throw new Error("no rows to join");
  const rows = all.reduce((sum, one) => sum + one.rows, 0);
  const joined = (of: (one: PredictedRows) => ArrayLike<number>): Float64Array =>
    Float64Array.from(all.flatMap((one) => Array.from(of(one))));
  return {
    ...first,
    rows,
    predictions: joined(({ predictions }) => predictions),
    targets: joined(({ targets }) => targets),
    weights: null,
    rowIds: Uint32Array.from({ length: rows }, (_, row) => row),
  };
}

/** Every figure that can be asked of the rows, those that are finite. */
export function figuresOfRows(rows: PredictedRows): Record<string, number> {
  const figures = allFigures(rows.task, rows, tallyOf(rows.task, rows));
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

/** Of rows that were predicted already, by whomever: as a network's own evaluation, without a loss. */
export function evaluatePredicted(rows: PredictedRows): Evaluation {
  const { nodeId, name, task, labels } = rows;
  return { rows: rows.rows, loss: null, outputs: [{ node_id: nodeId, name, loss: null, ...evaluateRows(task, rows, labels) }] };
}

/** The class that a row is taken for; of numbers and labels there is none. */
export const saidClass = ({ task, predictions }: Pick<PredictedRows, "task" | "predictions">, place: number): number =>
  classSaid(task, predictions, place);

/** How wrong each row is: 0 or 1 where an answer is right or wrong, of numbers the mean absolute difference. */
export function errorsOfRows({ task, predictions, targets, rows }: PredictedRows): { kind: "wrong" | "error"; values: Float64Array } {
  const { kind, count } = task;
  const own = (place: number, from: (i: number) => number): number =>
    Array.from({ length: count }, (_, k) => from(place * count + k)).reduce((a, b) => a + b, 0);
  const difference = (i: number): number => Math.abs((predictions[i] as number) - (targets[i] as number));
  const missed = (i: number): number => Number((predictions[i] as number) > thresholdOf(task, i % count) !== (targets[i] as number) > 0.5);
  const errorOf = (place: number): number => {
    if (kind === "numbers") return own(place, difference) / count;
    if (kind === "labels") return Number(own(place, missed) > 0);
    return Number(saidClass({ task, predictions }, place) !== targets[place]);
  };
  return { kind: kind === "numbers" ? "error" : "wrong", values: Float64Array.from({ length: rows }, (_, place) => errorOf(place)) };
}

type Words = (string | number)[];

/** What a row is taken for: a class, the labels that hold, or numbers. */
export function saidWords(rows: PredictedRows, place: number): Words {
  const { task, labels, predictions } = rows;
  return answerWords(
    task,
    labels,
    () => saidClass(rows, place),
    predictions,
    place,
    (k) => thresholdOf(task, k),
  );
}

/** What a row is. */
export function actualWords({ task, labels, targets }: PredictedRows, place: number): Words {
  return answerWords(
    task,
    labels,
    () => targets[place] as number,
    targets,
    place,
    () => 0.5,
  );
}

function answerWords(
  { kind, count }: MetricTask,
  labels: readonly string[],
  classOf: () => number,
  values: ArrayLike<number>,
  place: number,
  above: (label: number) => number,
): Words {
  const own = Array.from({ length: count }, (_, k) => values[place * count + k] as number);
  const label = (index: number): string => labels[index] ?? String(index);
  if (kind === "numbers") return own;
  if (kind === "labels") return own.flatMap((value, k) => (value > above(k) ? [label(k)] : []));
  return [label(classOf())];
}
