/**
 * The surface over two features: what a network says on an even grid of their own units, and the rows of the data in the
 * same units. The grid goes through the fitted preparation as any row does; a feature whose preparation cannot be undone
 * is drawn as the network sees it.
 */
import type { InputNeeds } from "../../../core/data/inputs.ts";
import { canUndo, redoSteps, undoSteps } from "../../../core/data/pipeline.ts";
import { inverseTarget } from "../../../core/data/prepare.ts";
import type { FittedPipeline, PreparedData, PreparedPart } from "../../../core/data/prepared.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";

type Surface = MethodOutput<"runs.surface">;
type Point = Surface["points"][number];

/** The plane is drawn this much beyond the outermost points, as a share of their range. */
const MARGIN = 0.1;
/** Of each part. */
const MOST_POINTS = 2000;

/** The way of one feature between the units that people know and those of the network. */
interface Axis {
  readonly name: string;
  readonly own_units: boolean;
  readonly toOwn: (prepared: Float64Array) => Float64Array;
  readonly toPrepared: (own: Float64Array) => Float64Array;
}

/** @param input takes two numbers a row */
export function surfaceOf(predictor: Predictor, input: InputNeeds, prepared: PreparedData, resolution: number): Surface {
  const [xAxis, yAxis] = axesOf(prepared.pipeline, input);
  const ofParts = (place: 0 | 1): Float64Array =>
    Float64Array.from([prepared.training, prepared.validation].flatMap((part) => numbersAt(part, input.nodeId, place)));
  const [preparedX, preparedY] = [ofParts(0), ofParts(1)];
  const [pointsX, pointsY] = [xAxis.toOwn(preparedX), yAxis.toOwn(preparedY)];
  const x = gridOf(xAxis, preparedX, pointsX, resolution);
  const y = gridOf(yAxis, preparedY, pointsY, resolution);
  return {
    x_axis: { name: xAxis.name, own_units: xAxis.own_units },
    y_axis: { name: yAxis.name, own_units: yAxis.own_units },
    x: [...x],
    y: [...y],
    values: predictedOver(predictor, prepared.pipeline, input.nodeId, xAxis.toPrepared(x), yAxis.toPrepared(y)),
    points: labelsOf(prepared).map((point, row) => ({ x: pointsX[row] ?? 0, y: pointsY[row] ?? 0, ...point })),
  };
}

/** A feature that became one number by steps that can all be undone has units of its own. */
function axesOf(pipeline: FittedPipeline, input: InputNeeds): [Axis, Axis] {
  const groups =
    input.columns.length === 0
      ? pipeline.features
      : input.columns.flatMap((name) => pipeline.features.filter(({ column }) => column === name));
  const as = (values: Float64Array): Float64Array => values;
  const axes = groups.flatMap(({ column, width, names }): Axis[] => {
    const numeric = pipeline.columns.some(({ name, type }) => name === column && type === "numeric");
    if (width === 1 && numeric && canUndo(pipeline.steps, column))
      return [
        {
          name: column,
          own_units: true,
          toOwn: (values) => undoSteps(pipeline.steps, column, values),
          toPrepared: (values) => redoSteps(pipeline.steps, column, values),
        },
      ];
    return Array.from({ length: width }, (_, place) => ({
      name: names[place] ?? `${column} ${place + 1}`,
      own_units: false,
      toOwn: as,
      toPrepared: as,
    }));
  });
  const [x, y] = axes;
  if (x === undefined || y === undefined) throw new Error("an input of two numbers has two features");
  return [x, y];
}

/** Even in own units, a little beyond the points; never where the preparation has no value (the logarithm of −5). */
function gridOf(axis: Axis, prepared: Float64Array, own: Float64Array, resolution: number): Float64Array {
  const [low, high] = widened(own);
  const [first = low, last = high] = axis.toOwn(Float64Array.from(widened(prepared)));
  const [start, end] = [Math.max(low, Math.min(first, last)), Math.min(high, Math.max(first, last))];
  return Float64Array.from({ length: resolution }, (_, i) => start + ((end - start) * i) / (resolution - 1));
}

function widened(values: Float64Array): [low: number, high: number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const margin = (high - low || 1) * MARGIN;
  return [low - margin, high + margin];
}

/** One number a cell, row by row from the lowest `y`, in the units of the target. */
function predictedOver(predictor: Predictor, pipeline: FittedPipeline, inputId: string, x: Float64Array, y: Float64Array): number[] {
  const rowCount = x.length * y.length;
  const grid = Float32Array.from({ length: 2 * rowCount }, (_, i) => {
    const cell = i >> 1;
    return (i % 2 === 0 ? x[cell % x.length] : y[Math.floor(cell / x.length)]) ?? 0;
  });
  const predictions = predictor.predict({
    rowCount,
    rowIds: Uint32Array.from({ length: rowCount }, (_, i) => i),
    inputs: { [inputId]: { shape: [2], values: grid } },
    targets: {},
  });
  const [output] = predictor.outputs;
  const width = output === undefined ? 1 : sizeOf(output.layer.shape);
  const values = output === undefined ? new Float32Array(0) : (predictions[output.layer.id] ?? new Float32Array(0));
  const cells = Array.from({ length: rowCount }, (_, i) => classValue(values.subarray(i * width, (i + 1) * width)));
  return output === undefined || width > 1 ? cells : inTargetUnits(pipeline, output.layer.id, cells);
}

function inTargetUnits(pipeline: FittedPipeline, outputId: string, values: readonly number[]): number[] {
  return Object.hasOwn(pipeline.targets, outputId) ? [...inverseTarget(pipeline, outputId, values)] : [...values];
}

/** One number a cell: the value itself, or the index of the largest of several. */
function classValue(values: Float32Array): number {
  return values.length === 1 ? (values[0] ?? 0) : values.indexOf(Math.max(...values));
}

const pointsOf = (part: PreparedPart): number => Math.min(part.rowCount, MOST_POINTS);

function numbersAt(part: PreparedPart, inputId: string, place: 0 | 1): number[] {
  return Array.from({ length: pointsOf(part) }, (_, row) => part.inputs[inputId]?.values[2 * row + place] ?? 0);
}

/** Labels in the order of `numbersAt` over the two parts, numbers in the units of the target. */
function labelsOf({ pipeline, training, validation }: PreparedData): Pick<Point, "label" | "validation">[] {
  return [training, validation].flatMap((part) => {
    const [outputId = "", target] = Object.entries(part.targets)[0] ?? [];
    const width = target === undefined ? 1 : sizeOf(target.shape);
    const labels = Array.from({ length: pointsOf(part) }, (_, row) =>
      target === undefined ? 0 : classValue(target.values.subarray(row * width, (row + 1) * width)),
    );
    const known = target === undefined || width > 1 ? labels : inTargetUnits(pipeline, outputId, labels);
    return known.map((label) => ({ label, validation: part === validation }));
  });
}
