/**
 * What golden values of losses are made from: every registered loss on vectors, rows and rows of rows, with and without
 * weights of rows; and the pairs of activation and loss that are computed from logits, where logits are extreme.
 */

import type { Shape } from "../../../core/ir/tensor.ts";
import { lossDefinition, lossNames } from "../../../core/losses/definitions.ts";
import { Drawing } from "./drawing.ts";
import type { Values } from "./golden-file.ts";

export interface LossJob {
  readonly kind: "loss";
  readonly name: string;
  readonly loss: string;
  /** An activation between `prediction` and the loss: what the engine fuses. */
  readonly activation: string | null;
  /** Of the loss in PyTorch over p and t, one row of them. */
  readonly expression: string;
  readonly prediction: Values;
  readonly target: Values;
  /** The target holds one class a row of classes. */
  readonly rows_are_classes: boolean;
  readonly row_weights: Values | null;
  readonly weight: number;
}
export interface LossCase extends LossJob {
  readonly result: { readonly loss: number; readonly gradient: Values };
}

const SHAPES: readonly Shape[] = [
  [7, 1],
  [5, 3],
  [4, 2, 3],
];

export function lossJobs(): LossJob[] {
  const plain = lossNames.flatMap((loss) =>
    SHAPES.filter((shape) => lossDefinition(loss).expects !== "row_probabilities" || (shape[shape.length - 1] ?? 0) > 1).flatMap(
      (shape, place) => plainJobs(loss, shape, place),
    ),
  );
  return [...plain, ...fusedJobs()];
}

function plainJobs(loss: string, shape: Shape, place: number): LossJob[] {
  const definition = lossDefinition(loss);
  const drawing = new Drawing(1000 + 10 * lossNames.indexOf(loss as (typeof lossNames)[number]) + place);
  const classes = definition.expects === "row_probabilities";
  const K = shape[shape.length - 1] ?? 0;
  const drawTarget = {
    values: () => drawing.signed(shape),
    each_probability: () => drawing.oneOf(shape, [0, 1]),
    row_probabilities: () => drawing.classes(shape.slice(0, -1), K),
    scores: () => drawing.oneOf(shape, [-1, 1]),
  }[definition.expects];
  const probabilities = classes || definition.expects === "each_probability";
  const prediction = probabilities ? drawing.between(shape, 0.05, 0.95) : drawing.signed(shape);
  const job: LossJob = {
    kind: "loss",
    name: `${loss} ${JSON.stringify(shape)}`,
    loss,
    activation: null,
    expression: definition.pytorch("p", "t"),
    prediction,
    target: drawTarget(),
    rows_are_classes: classes,
    row_weights: null,
    weight: 1,
  };
  return [
    job,
    { ...job, name: `${job.name}, weighted rows and weight 0.25`, row_weights: drawing.between(shape.slice(0, 1), 0.25, 3), weight: 0.25 },
  ];
}

/** Logits up to ±200: their probabilities are 0 and 1 in float32, where a loss taken from probabilities would be wrong. */
function fusedJobs(): LossJob[] {
  const weights = { shape: [8], values: [1, 0.5, 2, 1, 0.25, 3, 1, 1.5] };
  const sigmoid: LossJob = {
    kind: "loss",
    name: "sigmoid and binary_crossentropy, extreme logits",
    loss: "binary_crossentropy",
    activation: "sigmoid",
    expression: "torch.nn.functional.binary_cross_entropy_with_logits(p, t)",
    prediction: { shape: [8, 2], values: [-200, 200, -30, 30, -4, 4, -0.5, 0.5, 0, 0, 0.5, -0.5, 20, -20, 200, -200] },
    target: { shape: [8, 2], values: [0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1] },
    rows_are_classes: false,
    row_weights: null,
    weight: 1,
  };
  const softmax: LossJob = {
    ...sigmoid,
    name: "softmax and categorical_crossentropy, extreme logits",
    loss: "categorical_crossentropy",
    activation: "softmax",
    expression: "torch.nn.functional.cross_entropy(p, t)",
    prediction: {
      shape: [8, 3],
      values: [0, 0, 0, 200, 0, -200, 200, 0, -200, -30, -31, -29, 1, 2, 3, 0.5, -0.5, 0.25, 1000, 1001, 999, -5, 4, 4],
    },
    target: { shape: [8], values: [0, 0, 2, 1, 2, 0, 1, 1] },
    rows_are_classes: true,
  };
  return [sigmoid, softmax].flatMap((job) => [job, { ...job, name: `${job.name}, weighted rows`, row_weights: weights, weight: 2 }]);
}
