/** What the host says of a layer, with its arrays read; and how parts of them are taken out. Pure. */
import { decodeNumbers } from "../../core/export/json/numbers.ts";
import { pixelRun } from "../../core/graph/pixel-run.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { Matrix } from "./HeatMap.tsx";

type Answer = MethodOutput<"inside.look">;

export interface LookArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface LookAnswer {
  readonly arrays: readonly LookArray[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly figures: Readonly<Record<string, number | null>>;
  /** Of a view that explains a number of the prediction: which there are, and which one it is. */
  readonly choices: NonNullable<Answer["choices"]>;
  readonly explained: Answer["explained"];
  /** When weights in the middle of training were taken. */
  readonly at: Answer["at"];
}

export function readLook({ arrays, labels, figures, choices = [], explained, at }: Answer): LookAnswer {
  const read = arrays.map(({ name, shape, values }) => ({ name, shape, values: decodeNumbers(values, name) }));
  return { arrays: read, labels, figures, choices, explained, at };
}

export const arrayOf = ({ arrays }: LookAnswer, name: string): LookArray | null => arrays.find((one) => one.name === name) ?? null;

/** Columns that are the pixels of a picture by their names, in the places of the picture; all else as it is. */
export function asPicture(array: LookArray, units: readonly string[] | null): LookArray {
  if (units === null || array.shape.length !== 1) return array;
  const run = pixelRun(units);
  if (run === null || run.columns.length !== units.length) return array;
  const values = Float32Array.from(run.columns, (name) => array.values[units.indexOf(name)] ?? 0);
  return { ...array, shape: [...run.shape], values };
}

/** Of each place of a picture its effect, of several channels the strongest with its sign; null where the effects are of no places. */
export function effectMatrix({ shape, values }: LookArray): Matrix | null {
  const [rows = 1, columns = 1, channels = 1] = shape;
  if (shape.length < 2) return null;
  const most = Float32Array.from({ length: rows * columns }, (_, place) =>
    values
      .subarray(place * channels, (place + 1) * channels)
      .reduce((found, value) => (Math.abs(value) > Math.abs(found) ? value : found), 0),
  );
  return { rows, columns, values: most };
}

/** Channel `channel` of `[height, width, channels]`. */
export function channelOf({ shape, values }: LookArray, channel: number): Matrix {
  const [rows = 1, columns = 1, channels = 1] = shape;
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, (_, place) => values[place * channels + channel] ?? 0) };
}

/** A filter as a picture: `[height, width, in, out]` of one channel that goes in, or `[window, in, out]` whole. */
export function filterOf({ shape, values }: LookArray, filter: number, channel: number): Matrix {
  const filters = shape.at(-1) ?? 1;
  const at = (place: number): number => values[place * filters + filter] ?? 0;
  if (shape.length === 3) {
    const [rows = 1, columns = 1] = shape;
    return { rows, columns, values: Float32Array.from({ length: rows * columns }, (_, place) => at(place)) };
  }
  const [rows = 1, columns = 1, channels = 1] = shape;
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, (_, place) => at(place * channels + channel)) };
}

/** Matrix `index` of `[count, rows, columns]`. */
export function matrixOf({ shape, values }: LookArray, index: number): Matrix {
  const [, rows = 1, columns = 1] = shape;
  return { rows, columns, values: values.subarray(index * rows * columns, (index + 1) * rows * columns) };
}

/** `[rows, columns]` the other way round: time goes from left to right. */
export function transposed({ shape, values }: LookArray): Matrix {
  const [steps = 1, units = 1] = shape;
  return {
    rows: units,
    columns: steps,
    values: Float32Array.from({ length: steps * units }, (_, place) => values[(place % steps) * units + Math.floor(place / steps)] ?? 0),
  };
}
