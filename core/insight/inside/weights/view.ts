/** Histograms of a layer's weights, biases and moving statistics, and of the gradient of the row's loss by those that are trained. */
import { array, defineView, type LookArray } from "../look.ts";
import { histogramOf } from "./histogram.ts";

const BINS = 40;

export default defineView({
  name: "weights",
  gradientOf: "loss",
  fits: ({ weights }) => weights.length > 0,
  look: ({ layer, weights, weightGradient }) => {
    const arrays: LookArray[] = [];
    const figures: Record<string, number> = {};
    const add = (name: string, values: Float32Array): void => {
      const { counts, ...spread } = histogramOf(values, BINS);
      arrays.push(array(name, [BINS], counts));
      for (const [figure, value] of Object.entries(spread)) figures[`${name} ${figure}`] = value;
      figures[`${name} count`] = values.length;
    };
    for (const { name, fullName } of layer.weights) {
      add(name, weights(fullName));
      const gradient = weightGradient(fullName);
      if (gradient !== null) add(`∇ ${name}`, gradient);
    }
    return { arrays, labels: {}, figures };
  },
});
