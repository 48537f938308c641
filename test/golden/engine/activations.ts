/** What golden values of activations are made from: each at the points where something happens, and rows for softmax. */
import { activationDefinition, activationNames } from "../../../core/activations/definitions.ts";
import type { Values } from "./golden-file.ts";

/** Both tails, both sides of every kink, and the kinks of relu (0) and hard_sigmoid (±3) themselves. */
const POINTS = [-100, -20, -8, -3.5, -3, -2.75, -1.5, -1, -0.5, -0.0625, 0, 0.0625, 0.5, 1, 1.5, 2.75, 3, 3.5, 8, 20, 100];
const ROWS = [
  [0.5, -1, 2, 0],
  [3, 3, 3, 3],
  [1000, 999, -1000, 0],
  [-1000, -1001, -1003, -1002],
];

export interface ActivationJob {
  readonly kind: "activation";
  readonly name: string;
  readonly expression: string;
  readonly input: Values;
  /** The loss is the sum of the outputs times these. */
  readonly output_weights: Values;
}
export interface ActivationCase extends ActivationJob {
  readonly result: { readonly output: Values; readonly gradient: Values };
}

/** The others are in the golden values of the activation layer, which holds their weights. */
export const activationsWithoutWeights = activationNames.filter((name) => activationDefinition(name).learned === undefined);

/** A row of points for functions of one number; rows for those of a row. */
export function activationJobs(): ActivationJob[] {
  return activationsWithoutWeights.map((name) => {
    const definition = activationDefinition(name);
    const onRows = definition.op !== "unary";
    const shape = onRows ? [ROWS.length, ROWS[0]?.length ?? 0] : [1, POINTS.length];
    const values = onRows ? ROWS.flat() : POINTS;
    const weights = values.map((_, i) => (onRows ? ((i * 5) % 7) / 4 - 0.75 : 1));
    return {
      kind: "activation",
      name,
      expression: definition.pytorch("x"),
      input: { shape, values },
      output_weights: { shape, values: weights },
    };
  });
}
