/** Cases of the losses and of what stands before them, softmax. */
import type { OpName } from "../../core/ir/op-name.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import { lossDefinition, lossNames } from "../../core/losses/definitions.ts";
import { FLAT_SHAPES, ROWS_AND_CLASSES } from "./case-shapes.ts";
import { type Fill, type OpCase, one } from "./op-case.ts";

const elementwiseLosses = [...lossNames.filter((name) => lossDefinition(name).op === "elementwise_loss"), "sigmoid_binary_crossentropy"];

function lossInputs(name: string, shape: Shape): [Shape, Fill][] {
  const fills: Readonly<Record<string, [Fill, Fill]>> = {
    binary_crossentropy: ["probability", "binary"],
    sigmoid_binary_crossentropy: ["normal", "binary"],
    hinge: ["normal", "sign"],
    squared_hinge: ["normal", "sign"],
    kl_divergence: ["probability", "probability"],
    poisson: ["positive", "positive"],
  };
  const [prediction, target] = fills[name] ?? ["normal", "normal"];
  return [
    [shape, prediction],
    [shape, target],
  ];
}

/** Each loss bare, with a weight a number, and with a weight a row of several numbers. */
const lossCases = (op: OpName, upstream: [Shape, Fill][]): OpCase[] =>
  elementwiseLosses.flatMap((name) => [
    ...FLAT_SHAPES.map((shape) => one(op, [...upstream, ...lossInputs(name, shape)], { function: name, weight: 1.5 })),
    one(op, [...upstream, ...lossInputs(name, [37, 1]), [[37], "positive"]], { function: name, weight: 1 }),
    one(op, [...upstream, ...lossInputs(name, [9, 5]), [[9], "positive"]], { function: name, weight: 0.5 }),
    one(op, [...upstream, ...lossInputs(name, [7, 9])], { function: name, weight: 1, smoothing: 0.2 }),
  ]);
const rowLossCases = (op: OpName, upstream: [Shape, Fill][], values: (K: number) => Fill): OpCase[] =>
  ROWS_AND_CLASSES.flatMap(([M, K]) => [
    one(op, [...upstream, [[M, K], values(K)], [[M], { classes: K }]], { weight: 1 }),
    one(op, [...upstream, [[M, K], values(K)], [[M], { classes: K }], [[M], "positive"]], { weight: 2 }),
    one(op, [...upstream, [[M * 3, K], values(K)], [[M * 3], { classes: K }], [[M], "positive"]], { weight: 1 }),
    one(op, [...upstream, [[M, K], values(K)], [[M], { classes: K }]], { weight: 1, smoothing: 0.1 }),
  ]);

export const lossCasesOf = {
  softmax: ROWS_AND_CLASSES.map(([m, k]) => one("softmax", [[[m, k], "normal"]])),
  softmax_gradient: ROWS_AND_CLASSES.map(([m, k]) =>
    one("softmax_gradient", [
      [[m, k], { rowsSumToOne: k }],
      [[m, k], "normal"],
    ]),
  ),
  log_softmax: ROWS_AND_CLASSES.map(([m, k]) => one("log_softmax", [[[m, k], "normal"]])),
  log_softmax_gradient: ROWS_AND_CLASSES.map(([m, k]) =>
    one("log_softmax_gradient", [
      [[m, k], "normal"],
      [[m, k], "normal"],
    ]),
  ),
  elementwise_loss: lossCases("elementwise_loss", []),
  elementwise_loss_gradient: lossCases("elementwise_loss_gradient", [[[1], "positive"]]),
  categorical_cross_entropy: rowLossCases("categorical_cross_entropy", [], (K) => ({ rowsSumToOne: K })),
  categorical_cross_entropy_gradient: rowLossCases("categorical_cross_entropy_gradient", [[[1], "positive"]], (K) => ({ rowsSumToOne: K })),
  categorical_hinge: rowLossCases("categorical_hinge", [], () => "normal"),
  categorical_hinge_gradient: rowLossCases("categorical_hinge_gradient", [[[1], "positive"]], () => "normal"),
  softmax_cross_entropy: rowLossCases("softmax_cross_entropy", [], () => "normal"),
  softmax_cross_entropy_gradient: rowLossCases("softmax_cross_entropy_gradient", [[[1], "positive"]], () => "normal"),
} satisfies Partial<Record<OpName, readonly OpCase[]>>;
