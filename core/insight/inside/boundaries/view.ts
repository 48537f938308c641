/**
 * What each unit of a layer gives all over the plane of two numbers that come in, as TensorFlow Playground shows it, with training rows on
 * it; where more come in, the others are held at their median. Axes are in the numbers that the network sees, after the preparation.
 */
import { array, defineView, type PlaneOfInput, sizeOfShape } from "../look.ts";

const RESOLUTION = 40;
const MARGIN = 0.1;
const MOST_UNITS = 64;
/** Of pixels and the like no two say much. */
const MOST_INPUTS = 64;
const MOST_POINTS = 400;

export default defineView({
  name: "boundaries",
  ofRow: false,
  ofSample: true,
  fits: ({ shapes: [shape = []] }, { inputs: [input, ...others] }) => {
    if (input === undefined || others.length > 0 || input.feeds !== "numbers" || input.shape.length !== 1) return false;
    const width = sizeOfShape(input.shape);
    return width >= 2 && width <= MOST_INPUTS && shape.length === 1 && (shape[0] ?? 0) <= MOST_UNITS;
  },
  look: ({ layer, network, plane: asked, sample, valueFor, featureNames }) => {
    const [input] = network.inputs;
    const id = input?.id ?? "";
    const width = sizeOfShape(input?.shape ?? []);
    const { values, labels } = sample(id);
    const units = layer.shapes[0]?.[0] ?? 0;
    const plane = planeOf(asked, width);
    const columns = Array.from({ length: width }, (_, place) => values.filter((_value, i) => i % width === place));
    const [x, y] = [axisOf(columns[plane.x]), axisOf(columns[plane.y])];
    const given = Float32Array.from(columns, medianOf);
    const cells = new Float32Array(units * RESOLUTION * RESOLUTION);
    for (let row = 0; row < RESOLUTION; row += 1)
      for (let column = 0; column < RESOLUTION; column += 1) {
        given[plane.x] = x[column] as number;
        given[plane.y] = y[row] as number;
        const found = valueFor({ [id]: given })?.values ?? given;
        for (let unit = 0; unit < units; unit += 1) cells[(unit * RESOLUTION + row) * RESOLUTION + column] = found[unit] as number;
      }
    const points = Math.min(MOST_POINTS, labels.length);
    const places = Array.from({ length: points }, (_, row) => [values[row * width + plane.x] ?? 0, values[row * width + plane.y] ?? 0]);
    return {
      arrays: [
        array("units", [units, RESOLUTION, RESOLUTION], cells),
        array("x", [RESOLUTION], x),
        array("y", [RESOLUTION], y),
        array("points", [points, 2], places.flat()),
        array("labels", [points], labels.slice(0, points)),
      ],
      labels: { features: featureNames(id) },
      figures: { x: plane.x, y: plane.y, inputs: width },
    };
  },
});

/** The two that were asked for, where there are such; else the first two. */
function planeOf(asked: PlaneOfInput | null, width: number): PlaneOfInput {
  const isThere = asked !== null && asked.x !== asked.y && [asked.x, asked.y].every((place) => place >= 0 && place < width);
  return isThere ? asked : { x: 0, y: 1 };
}

/** Of an even number of rows the lower of the middle two: a value that there is. */
function medianOf(column: Float32Array): number {
  const sorted = column.slice().sort();
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

/** Even steps from a little below the least to a little above the most. */
function axisOf(column: Float32Array = new Float32Array(0)): Float32Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) [low, high] = [-1, 1];
  const margin = (high - low || 1) * MARGIN;
  return Float32Array.from({ length: RESOLUTION }, (_, i) => low - margin + ((high - low + 2 * margin) * i) / (RESOLUTION - 1));
}
