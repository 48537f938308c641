/** Cross-entropy summed over the rows and half the squared weights, intercepts left free; minimised by L-BFGS. Two classes have one set of weights. */
import { type BaselineImplementation, type BaselineRows, WORK_A_YIELD } from "../baseline.ts";
import { minimise, type Objective } from "../minimise.ts";

const MOST_STEPS = 1000;
const TOLERANCE = 1e-8;

export default {
  *fit(training, { width, count }) {
    const sets = count === 2 ? 1 : count;
    const size = sets * (width + 1);
    const objective: Objective = (point, gradient) => crossEntropy(training, width, sets, point, gradient);
    const point = yield* minimise(objective, new Float64Array(size), { mostSteps: MOST_STEPS, tolerance: TOLERANCE * training.rows });
    return {
      coefficients: Array.from({ length: sets }, (_, set) => point.slice(set * (width + 1), set * (width + 1) + width)),
      predict: (inputs, rows) => {
        const answer = new Float64Array(rows * count);
        const scores = new Float64Array(sets);
        for (let row = 0; row < rows; row += 1) {
          scoresOf(inputs, row, width, point, scores);
          probabilities(scores);
          if (sets === 1) {
            answer[2 * row] = 1 - (scores[0] as number);
            answer[2 * row + 1] = scores[0] as number;
          } else answer.set(scores, row * count);
        }
        return answer;
      },
    };
  },
} satisfies BaselineImplementation;

function scoresOf(inputs: ArrayLike<number>, row: number, width: number, point: Float64Array, out: Float64Array): void {
  for (let set = 0; set < out.length; set += 1) {
    const start = set * (width + 1);
    let sum = point[start + width] as number;
    for (let i = 0; i < width; i += 1) sum += (point[start + i] as number) * (inputs[row * width + i] as number);
    out[set] = sum;
  }
}

/** Scores become probabilities in place: of the second class where there is one score. */
function probabilities(scores: Float64Array): void {
  if (scores.length === 1) {
    scores[0] = 1 / (1 + Math.exp(-(scores[0] as number)));
    return;
  }
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) sum += scores[k] = Math.exp((scores[k] as number) - largest);
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] as number) / sum;
}

function* crossEntropy(
  { inputs, targets, weights, rows }: BaselineRows,
  width: number,
  sets: number,
  point: Float64Array,
  gradient: Float64Array,
): Generator<void, number> {
  gradient.fill(0);
  let loss = 0;
  for (let set = 0; set < sets; set += 1)
    for (let i = 0; i < width; i += 1) {
      const place = set * (width + 1) + i;
      loss += 0.5 * (point[place] as number) ** 2;
      gradient[place] = point[place] as number;
    }
  const scores = new Float64Array(sets);
  const rowsAYield = Math.max(1, Math.floor(WORK_A_YIELD / (sets * width + 1)));
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    const target = targets[row] as number;
    scoresOf(inputs, row, width, point, scores);
    loss += weight * lossOf(scores, target);
    probabilities(scores);
    for (let set = 0; set < sets; set += 1) {
      const wanted = sets === 1 ? target : set === target ? 1 : 0;
      const share = weight * ((scores[set] as number) - wanted);
      const start = set * (width + 1);
      for (let i = 0; i < width; i += 1)
        gradient[start + i] = (gradient[start + i] as number) + share * (inputs[row * width + i] as number);
      gradient[start + width] = (gradient[start + width] as number) + share;
    }
    if (row % rowsAYield === rowsAYield - 1) yield;
  }
  return loss;
}

/** −log of the probability of the class, from scores. */
function lossOf(scores: Float64Array, target: number): number {
  if (scores.length === 1) {
    const score = target === 1 ? (scores[0] as number) : -(scores[0] as number);
    return score > 0 ? Math.log1p(Math.exp(-score)) : Math.log1p(Math.exp(score)) - score;
  }
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0)) - (scores[target] as number);
}
