/**
 * What golden values of losses are made from: every registered loss on vectors, rows and rows of rows, with and without
 * weights of rows; and the pairs of activation and loss that are computed from logits, where logits are extreme.
 */

import type { Shape } from "../../../core/ir/tensor.ts";
import { lossDefinition, lossNames } from "../../../core/losses/definitions.ts";
import type { LossDefinition } from "../../../core/losses/loss.ts";
import { hashOf } from "../../../core/spec/hash.ts";
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
  readonly label_smoothing: number;
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
    SHAPES.filter((shape) => !lossDefinition(loss).expects.startsWith("row_") || (shape[shape.length - 1] ?? 0) > 1).flatMap(
      (shape, place) => plainJobs(loss, shape, place),
    ),
  );
  return [...plain, ...fusedJobs()];
}

type Draw = (drawing: Drawing, shape: Shape) => Values;

/** Where a loss takes other numbers than what it expects says: counts, and distributions. */
const PREDICTIONS: Readonly<Record<string, Draw>> = { poisson: (drawing, shape) => drawing.between(shape, 0.05, 4) };
const TARGETS: Readonly<Record<string, Draw>> = {
  poisson: (drawing, shape) => drawing.classes(shape, 5),
  kl_divergence: (drawing, shape) => drawing.between(shape, 0, 1),
};

function drawPrediction({ expects }: LossDefinition, drawing: Drawing, shape: Shape): Values {
  return expects === "row_probabilities" || expects === "each_probability" ? drawing.between(shape, 0.05, 0.95) : drawing.signed(shape);
}

function drawTarget({ expects }: LossDefinition, drawing: Drawing, shape: Shape): Values {
  switch (expects) {
    case "values":
      return drawing.signed(shape);
    case "each_probability":
      return drawing.oneOf(shape, [0, 1]);
    case "scores":
      return drawing.oneOf(shape, [-1, 1]);
    case "row_probabilities":
    case "row_scores":
      return drawing.classes(shape.slice(0, -1), shape[shape.length - 1] ?? 0);
    default:
      return expects satisfies never;
  }
}

function plainJobs(loss: string, shape: Shape, place: number): LossJob[] {
  const definition = lossDefinition(loss);
  // By the name alone: a new loss changes no other's numbers.
  const drawing = new Drawing(Number.parseInt(hashOf([loss, place]).slice(0, 8), 16));
  const classes = definition.op !== "elementwise_loss";
  const prediction = PREDICTIONS[loss]?.(drawing, shape) ?? drawPrediction(definition, drawing, shape);
  const job: LossJob = {
    kind: "loss",
    name: `${loss} ${JSON.stringify(shape)}`,
    loss,
    activation: null,
    expression: definition.pytorch("p", "t", 0),
    prediction,
    target: TARGETS[loss]?.(drawing, shape) ?? drawTarget(definition, drawing, shape),
    rows_are_classes: classes,
    row_weights: null,
    weight: 1,
    label_smoothing: 0,
  };
  const smoothed = { ...job, name: `${job.name}, labels smoothed`, expression: definition.pytorch("p", "t", 0.1), label_smoothing: 0.1 };
  return [
    job,
    ...(definition.smoothsLabels === true ? [smoothed] : []),
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
    label_smoothing: 0,
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
  const smoothed: Readonly<Record<string, string>> = {
    sigmoid: "torch.nn.functional.binary_cross_entropy_with_logits(p, t * 0.9 + 0.05)",
    softmax: "torch.nn.functional.cross_entropy(p, t, label_smoothing=0.1)",
  };
  return [sigmoid, softmax].flatMap((job) => [
    job,
    { ...job, name: `${job.name}, weighted rows`, row_weights: weights, weight: 2 },
    { ...job, name: `${job.name}, labels smoothed`, expression: smoothed[job.activation ?? ""] ?? "", label_smoothing: 0.1 },
  ]);
}
