/**
 * Occlusion (Zeiler & Fergus 2013): how far the prediction falls with a part of the input taken away: a square of a picture made grey,
 * a word made unknown, a number of a row made zero. Positive: that part speaks for the prediction.
 */
import { array, defineView, required, sizeOfShape } from "../look.ts";

/** Squares along the longer side of a picture. */
const SQUARES = 12;
/** What stands for no word, and for an unknown one. */
const [PADDING, UNKNOWN] = [0, 1];
/** Passes that a look may cost. */
const MOST_PARTS = 600;

export default defineView({
  name: "occlusion",
  explains: true,
  fits: ({ shapes: [shape = []], traits, feeds }) =>
    traits.role === "input" &&
    ((feeds === "numbers" && (shape.length === 3 || sizeOfShape(shape) <= MOST_PARTS)) ||
      (feeds === "indices" && shape.length === 1 && sizeOfShape(shape) <= MOST_PARTS)),
  look: ({ layer, row, objective, scoreOf, stepNames, featureNames }) => {
    const shape = layer.shapes[0] ?? [];
    const given = required(row[layer.id], layer.name);
    const fall = (changed: Float32Array): number => objective.value - scoreOf({ ...row, [layer.id]: changed });
    const indices = layer.feeds === "indices";
    const falls = shape.length === 3 ? squares(given, shape, fall) : oneByOne(given, indices, fall);
    const steps = stepNames(null);
    const features = featureNames(layer.id);
    return {
      arrays: [array("input", shape, given), array("occlusion", shape.length === 3 ? shape.slice(0, 2) : shape, falls)],
      labels: {
        explained: [objective.label],
        ...(steps === null ? {} : { steps }),
        ...(features.length === shape.at(-1) ? { units: features } : {}),
      },
      figures: { explained: objective.value },
    };
  },
});

/** Each number, or index, in turn; a place that is padding is left. */
function oneByOne(given: Float32Array, indices: boolean, fall: (changed: Float32Array) => number): Float32Array {
  return Float32Array.from(given, (value, place) => {
    const without = indices ? UNKNOWN : 0;
    if (value === without || (indices && value === PADDING)) return 0;
    const changed = given.slice();
    changed[place] = without;
    return fall(changed);
  });
}

/** A square at a time, over every place once: `[height, width]`. */
function squares(given: Float32Array, shape: readonly number[], fall: (changed: Float32Array) => number): Float32Array {
  const [height = 1, width = 1, channels = 1] = shape;
  const side = Math.max(1, Math.ceil(Math.max(height, width) / SQUARES));
  const grey = meanOfChannels(given, channels);
  const falls = new Float32Array(height * width);
  for (let top = 0; top < height; top += side)
    for (let left = 0; left < width; left += side) {
      const places: number[] = [];
      for (let y = top; y < Math.min(height, top + side); y += 1)
        for (let x = left; x < Math.min(width, left + side); x += 1) places.push(y * width + x);
      const changed = given.slice();
      for (const place of places) changed.set(grey, place * channels);
      const its = fall(changed);
      for (const place of places) falls[place] = its;
    }
  return falls;
}

function meanOfChannels(given: Float32Array, channels: number): Float32Array {
  const means = new Float32Array(channels);
  given.forEach((value, i) => {
    means[i % channels] = (means[i % channels] ?? 0) + (value * channels) / given.length;
  });
  return means;
}
