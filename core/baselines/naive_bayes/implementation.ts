import { type BaselineImplementation, WORK_A_YIELD } from "../baseline.ts";

export default {
  *fit({ inputs, targets, weights, rows }, { width, count }) {
    const classes = new Float64Array(count);
    // Every word counts as seen once in every class.
    const words = new Float64Array(count * width).fill(1);
    const rowsAYield = Math.max(1, Math.floor(WORK_A_YIELD / (width + 1)));
    for (let row = 0; row < rows; row += 1) {
      const target = targets[row] as number;
      const weight = weights === null ? 1 : (weights[row] as number);
      classes[target] = (classes[target] as number) + weight;
      for (let i = 0; i < width; i += 1)
        words[target * width + i] = (words[target * width + i] as number) + weight * (inputs[row * width + i] as number);
      if (row % rowsAYield === rowsAYield - 1) yield;
    }
    const total = classes.reduce((sum, one) => sum + one, 0);
    const priors = classes.map((one) => Math.log(one / total));
    for (let k = 0; k < count; k += 1) {
      let sum = 0;
      for (let i = 0; i < width; i += 1) sum += words[k * width + i] as number;
      for (let i = 0; i < width; i += 1) words[k * width + i] = Math.log((words[k * width + i] as number) / sum);
    }
    return {
      predict: (given, asked) => {
        const answer = new Float64Array(asked * count);
        for (let row = 0; row < asked; row += 1) {
          const own = answer.subarray(row * count, (row + 1) * count);
          own.set(priors);
          for (let i = 0; i < width; i += 1) {
            const times = given[row * width + i] as number;
            if (times !== 0) for (let k = 0; k < count; k += 1) own[k] = (own[k] as number) + times * (words[k * width + i] as number);
          }
          const largest = own.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
          let sum = 0;
          for (let k = 0; k < count; k += 1) sum += own[k] = Math.exp((own[k] as number) - largest);
          for (let k = 0; k < count; k += 1) own[k] = (own[k] as number) / sum;
        }
        return answer;
      },
    };
  },
} satisfies BaselineImplementation;
