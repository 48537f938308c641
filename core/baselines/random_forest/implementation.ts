import { Random } from "../../data/random.ts";
import type { BaselineImplementation, Predict } from "../baseline.ts";
import { growTree, ranksOf } from "../tree.ts";

const TREES = 100;
const MOST_ROWS = 10_000;
const STREAM = 0xf07e;

export default {
  *fit(training, task, seed) {
    const { width, count, kind } = task;
    const random = new Random(seed, STREAM);
    const drawnFeatures = Math.max(1, Math.floor(kind === "classes" ? Math.sqrt(width) : width / 3));
    const places = Uint32Array.from({ length: width }, (_, feature) => feature);
    const features = (): Uint32Array => {
      random.shuffle(places);
      return places.slice(0, drawnFeatures);
    };
    const ranks = ranksOf(training, width);
    yield;
    const drawn = Math.min(training.rows, MOST_ROWS);
    const trees: Predict[] = [];
    for (let tree = 0; tree < TREES; tree += 1) {
      const rows = Uint32Array.from({ length: drawn }, () => random.below(training.rows));
      trees.push(yield* growTree(training, task, ranks, rows, { mostDepth: 64, leastRows: 1, features }));
      yield;
    }
    return {
      predict: (inputs, rows) => {
        const sum = new Float64Array(rows * count);
        for (const predict of trees) {
          const one = predict(inputs, rows);
          for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) + (one[i] as number);
        }
        return sum.map((value) => value / TREES);
      },
      ...(drawn < training.rows ? { said: { key: "baselines.rows_a_tree", params: { count: drawn, rows: training.rows } } } : {}),
    };
  },
} satisfies BaselineImplementation;
