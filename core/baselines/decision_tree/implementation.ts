import type { BaselineImplementation } from "../baseline.ts";
import { growTree, ranksOf } from "../tree.ts";

const OPTIONS = { mostDepth: 12, leastRows: 5, features: null };

export default {
  *fit(training, task) {
    const all = Uint32Array.from({ length: training.rows }, (_, row) => row);
    const ranks = ranksOf(training, task.width);
    yield;
    return { predict: yield* growTree(training, task, ranks, all, OPTIONS) };
  },
} satisfies BaselineImplementation;
