/** The one place of the input that says most: what the last step brought, or the one some steps before. Of equally good places the last counts. */
import type { BaselineImplementation, BaselineRows, BaselineTask, FittedBaseline } from "../baseline.ts";

export default {
  *fit(training, task) {
    return task.kind === "numbers" ? yield* repeated(training, task) : yield* lookedUp(training, task);
  },
} satisfies BaselineImplementation;

const weightOf = ({ weights }: BaselineRows, row: number): number => (weights === null ? 1 : (weights[row] as number));

function* repeated(training: BaselineRows, { width }: BaselineTask): Generator<void, FittedBaseline> {
  const { inputs, targets, rows } = training;
  let best = { place: width - 1, error: Number.POSITIVE_INFINITY };
  for (let place = width - 1; place >= 0; place -= 1) {
    let error = 0;
    for (let row = 0; row < rows && error < best.error; row += 1)
      error += weightOf(training, row) * ((targets[row] as number) - (inputs[row * width + place] as number)) ** 2;
    if (error < best.error) best = { place, error };
    yield;
  }
  return { predict: (given, asked) => Float64Array.from({ length: asked }, (_, row) => given[row * width + best.place] as number) };
}

function* lookedUp(training: BaselineRows, { width, count }: BaselineTask): Generator<void, FittedBaseline> {
  let best = { place: width - 1, right: -1, table: new Map<number, Float64Array>() };
  for (let place = width - 1; place >= 0; place -= 1) {
    const table = tableOf(training, width, count, place);
    let right = 0;
    for (const sums of table.values()) right += sums.reduce((most, sum) => Math.max(most, sum), 0);
    if (right > best.right) best = { place, right, table };
    yield;
  }
  const shares = (sums: Float64Array): Float64Array => {
    const total = sums.reduce((sum, one) => sum + one, 0);
    return sums.map((one) => one / total);
  };
  const known = new Map([...best.table].map(([value, sums]) => [value, shares(sums)]));
  const all = new Float64Array(count);
  for (const sums of best.table.values()) sums.forEach((sum, k) => (all[k] = (all[k] as number) + sum));
  const unseen = shares(all);
  return {
    predict: (given, asked) => {
      const answer = new Float64Array(asked * count);
      for (let row = 0; row < asked; row += 1) answer.set(known.get(given[row * width + best.place] as number) ?? unseen, row * count);
      return answer;
    },
  };
}

/** Of each value at the place the weights of the classes. */
function tableOf(training: BaselineRows, width: number, count: number, place: number): Map<number, Float64Array> {
  const table = new Map<number, Float64Array>();
  for (let row = 0; row < training.rows; row += 1) {
    const value = training.inputs[row * width + place] as number;
    const sums = table.get(value) ?? new Float64Array(count);
    const target = training.targets[row] as number;
    sums[target] = (sums[target] as number) + weightOf(training, row);
    table.set(value, sums);
  }
  return table;
}
