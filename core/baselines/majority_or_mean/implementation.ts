import type { BaselineImplementation, BaselineRows } from "../baseline.ts";

const weightOf = ({ weights }: BaselineRows, row: number): number => (weights === null ? 1 : (weights[row] as number));

export default {
  *fit(training, { kind, count, restores }) {
    const answer = new Float64Array(count);
    let total = 0;
    for (let row = 0; row < training.rows; row += 1) {
      const weight = weightOf(training, row);
      const target = training.targets[row] as number;
      total += weight;
      if (restores !== undefined)
        for (let i = 0; i < count; i += 1) answer[i] = (answer[i] as number) + weight * (training.inputs[row * count + i] as number);
      else if (kind === "numbers") answer[0] = (answer[0] as number) + weight * target;
      else answer[target] = (answer[target] as number) + weight;
    }
    const shares = answer.map((sum) => sum / total);
    return { predict: (_, rows) => Float64Array.from({ length: rows * count }, (__, i) => shares[i % count] as number) };
  },
} satisfies BaselineImplementation;
