/** Weights of the rows by true class (rows of the matrix) and predicted class (columns). Of more than MOST_CLASSES there is none. */
import type { MetricImplementation } from "../metric.ts";
import { classSaid } from "../task.ts";

const MOST_CLASSES = 256;

export default {
  details: (task, { rows, predictions, targets, weights }) => {
    const { count } = task;
    if (count > MOST_CLASSES) return {};
    const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
    for (let row = 0; row < rows; row++) {
      const predicted = classSaid(task, predictions, row);
      const line = matrix[targets[row] as number];
      if (line !== undefined) line[predicted] = (line[predicted] as number) + (weights === null ? 1 : (weights[row] as number));
    }
    return { matrix };
  },
} satisfies MetricImplementation;
