/**
 * Of a network with two numbers in: what each unit of a layer gives all over their plane, as TensorFlow Playground shows it, with
 * training rows on it. Axes are in the numbers that the network sees, after the preparation.
 */
import { array, defineView, sizeOfShape } from "../look.ts";

const RESOLUTION = 40;
const MARGIN = 0.1;
const MOST_UNITS = 64;
const MOST_POINTS = 400;

export default defineView({
  name: "boundaries",
  ofRow: false,
  ofSample: true,
  fits: ({ shapes: [shape = []] }, { inputs: [input, ...others] }) =>
    input !== undefined && others.length === 0 && sizeOfShape(input.shape) === 2 && shape.length === 1 && (shape[0] ?? 0) <= MOST_UNITS,
  look: ({ layer, network, sample, valueFor, featureNames }) => {
    const id = network.inputs[0]?.id ?? "";
    const { values, labels } = sample(id);
    const units = layer.shapes[0]?.[0] ?? 0;
    const [x, y] = [axisOf(values, 0), axisOf(values, 1)];
    const cells = new Float32Array(units * RESOLUTION * RESOLUTION);
    for (let row = 0; row < RESOLUTION; row += 1)
      for (let column = 0; column < RESOLUTION; column += 1) {
        const given = Float32Array.of(x[column] as number, y[row] as number);
        const found = valueFor({ [id]: given })?.values ?? given;
        for (let unit = 0; unit < units; unit += 1) cells[(unit * RESOLUTION + row) * RESOLUTION + column] = found[unit] as number;
      }
    const points = Math.min(MOST_POINTS, labels.length);
    return {
      arrays: [
        array("units", [units, RESOLUTION, RESOLUTION], cells),
        array("x", [RESOLUTION], x),
        array("y", [RESOLUTION], y),
        array("points", [points, 2], values.subarray(0, 2 * points)),
        array("labels", [points], labels.slice(0, points)),
      ],
      labels: { features: featureNames(id) },
      figures: {},
    };
  },
});

/** Even steps from a little below the least to a little above the most. @param values `[rows, 2]` */
function axisOf(values: Float32Array, place: 0 | 1): Float32Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = place; i < values.length; i += 2) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  if (!(low <= high)) [low, high] = [-1, 1];
  const margin = (high - low || 1) * MARGIN;
  return Float32Array.from({ length: RESOLUTION }, (_, i) => low - margin + ((high - low + 2 * margin) * i) / (RESOLUTION - 1));
}
