/**
 * Instructions to hold the backends to: for every op several shapes and attributes, with inputs that its definition
 * allows. The table has one entry an op, so that a new op without cases is a compile error.
 */

import { activationDefinition, activationNames } from "../../core/activations/definitions.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { learnedActivationCases } from "./activation-cases.ts";
import { attentionCases } from "./attention-cases.ts";
import { flat, ROWS_AND_CHANNELS } from "./case-shapes.ts";
import { convolutionCases } from "./convolution-cases.ts";
import { graphCases } from "./graph-cases.ts";
import { lossCasesOf } from "./loss-cases.ts";
import { normalizationCases } from "./normalization-cases.ts";
import { type Fill, type OpCase, one } from "./op-case.ts";
import { optimizerCases } from "./optimizer-cases.ts";
import { recurrentCases } from "./recurrent-cases.ts";
import { updateCases } from "./update-cases.ts";

/** Rows, inputs, outputs. */
const LAYERS: [number, number, number][] = [];
for (const rows of [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 17, 20])
  for (const [inputs, outputs] of [
    [1, 1],
    [1, 5],
    [2, 8],
    [8, 1],
    [3, 2],
    [5, 4],
    [9, 3],
    [13, 7],
    [16, 10],
    [20, 19],
    [7, 33],
  ] as const)
    LAYERS.push([rows, inputs, outputs]);
LAYERS.push([64, 100, 30], [33, 300, 17], [130, 63, 40], [10, 700, 5], [300, 20, 1], [41, 40, 1100]);
const layers = (make: (rows: number, inputs: number, outputs: number) => OpCase): OpCase[] => LAYERS.map(([m, i, o]) => make(m, i, o));
const elementwiseFunctions = activationNames.filter((name) => activationDefinition(name).op === "unary");
/** Indices, rows, columns. */
const EMBEDDINGS: [number, number, number][] = [
  [1, 1, 1],
  [7, 3, 4],
  [20, 9, 7],
  [33, 12, 40],
];

const axisCases: { shape: Shape; axis: number }[] = [
  { shape: [5, 4], axis: 1 },
  { shape: [7, 13], axis: 1 },
  { shape: [3, 4, 5], axis: 1 },
  { shape: [3, 4, 5], axis: 2 },
  { shape: [6, 3], axis: 0 },
];
const pairOf = (shape: Shape): [Shape, Fill][] => [
  [shape, "normal"],
  [shape, "normal"],
];
const resized = (shape: Shape, axis: number, size: number): Shape => shape.map((old, i) => (i === axis ? size : old));

export const casesOf: Readonly<Record<OpName, readonly OpCase[]>> = {
  ...recurrentCases,
  ...attentionCases,
  ...graphCases,
  ...convolutionCases,
  ...normalizationCases,
  ...lossCasesOf,
  linear: layers((m, i, o) =>
    one("linear", [[[m, i], "normal"], [[i, o], "normal"], ...(m % 2 === 0 ? [[[o], "normal"] as [Shape, Fill]] : [])]),
  ),
  linear_input_gradient: layers((m, i, o) =>
    one("linear_input_gradient", [
      [[m, o], "normal"],
      [[i, o], "normal"],
    ]),
  ),
  linear_weight_gradient: layers((m, i, o) =>
    one("linear_weight_gradient", [
      [[m, i], "normal"],
      [[m, o], "normal"],
    ]),
  ),
  bias_gradient: layers((m, _, o) => one("bias_gradient", [[[m, o], "normal"]])),
  embedding: EMBEDDINGS.map(([count, rows, width]) =>
    one("embedding", [
      [[count], { classes: rows }],
      [[rows, width], "normal"],
    ]),
  ),
  embedding_gradient: EMBEDDINGS.map(([count, rows, width]) =>
    one(
      "embedding_gradient",
      [
        [[count], { classes: rows }],
        [[count, width], "normal"],
      ],
      { rows },
    ),
  ),
  multiply_channels: ROWS_AND_CHANNELS.map(([m, c]) =>
    one("multiply_channels", [
      [[m, c], "normal"],
      [[c], "normal"],
    ]),
  ),
  gaussian_noise: flat((shape) => one("gaussian_noise", [[shape, "normal"]], { stddev: 0.5, seed: 7, stream: 3 })),
  add_bias: ROWS_AND_CHANNELS.map(([m, c]) =>
    one("add_bias", [
      [[m, c], "normal"],
      [[c], "normal"],
    ]),
  ),
  unary: elementwiseFunctions.flatMap((name) => flat((shape) => one("unary", [[shape, "normal"]], { function: name }))),
  unary_gradient: elementwiseFunctions.flatMap((name) =>
    (["probability", "normal"] as const).flatMap((saved) =>
      flat((shape) =>
        one(
          "unary_gradient",
          [
            [shape, saved],
            [shape, "normal"],
          ],
          { function: name },
        ),
      ),
    ),
  ),
  dropout: flat((shape) => one("dropout", [[shape, "normal"]], { rate: 0.3, seed: 7, stream: 3 })),
  add: flat((shape) =>
    one("add", [[shape, "normal"], [shape, "normal"], ...(sizeOf(shape) % 2 === 0 ? [[shape, "normal"] as [Shape, Fill]] : [])]),
  ),
  fill: flat((shape) => one("fill", [], { shape, value: 0.75 })),
  copy: flat((shape) => one("copy", [[shape, "normal"]])),
  reshape: [one("reshape", [[[4, 6], "normal"]], { shape: [2, 12] })],
  concatenate: axisCases.map(({ shape, axis }) =>
    one(
      "concatenate",
      [1, 4, 3].map((size) => [resized(shape, axis, size), "normal"]),
      { axis },
    ),
  ),
  slice: axisCases.flatMap(({ shape, axis }) =>
    [
      [0, 2],
      [1, 2],
      [2, 1],
    ].map(([start = 0, size = 1]) => one("slice", [[shape, "normal"]], { axis, start, size })),
  ),
  slice_gradient: axisCases.flatMap(({ shape, axis }) =>
    [
      [0, 2],
      [1, 2],
      [2, 1],
    ].map(([start = 0, size = 1]) =>
      one("slice_gradient", [[resized(shape, axis, size), "normal"]], { axis, start, size, full: shape[axis] ?? 1 }),
    ),
  ),
  scale: flat((shape) => one("scale", [[shape, "normal"]], { factor: -0.7 })),
  multiply: flat((shape) => one("multiply", pairOf(shape))),
  extremum: ["maximum", "minimum"].flatMap((name) => flat((shape) => one("extremum", pairOf(shape), { function: name }))),
  extremum_gradient: ["maximum", "minimum"].flatMap((name) =>
    flat((shape) =>
      one(
        "extremum_gradient",
        [
          [shape, "sign"],
          [shape, "sign"],
          [shape, "normal"],
        ],
        { function: name },
      ),
    ),
  ),
  permute: (
    [
      [
        [5, 7],
        [1, 0],
      ],
      [
        [1, 1],
        [1, 0],
      ],
      [
        [3, 4, 5],
        [0, 2, 1],
      ],
      [
        [3, 4, 5],
        [1, 0, 2],
      ],
      [
        [2, 3, 4, 5],
        [0, 3, 1, 2],
      ],
      [
        [2, 3, 4, 6],
        [0, 2, 3, 1],
      ],
      [
        [2, 1, 4, 3],
        [0, 1, 2, 3],
      ],
    ] as const
  ).map(([shape, axes]) => one("permute", [[shape, "normal"]], { axes })),
  repeat: axisCases.flatMap(({ shape, axis }) => [1, 2, 5].map((times) => one("repeat", [[shape, "normal"]], { axis, times }))),
  sum_axis: [...axisCases, { shape: [3, 300, 7], axis: 1 }, { shape: [2, 150], axis: 1 }].map(({ shape, axis }) =>
    one("sum_axis", [[shape, "normal"]], { axis }),
  ),
  batch_product: [false, true].flatMap((transpose_a) =>
    [false, true].flatMap((transpose_b) =>
      (
        [
          [1, 1, 1],
          [1, 5, 1],
          [3, 1, 4],
          [1, 4, 6],
          [7, 3, 1],
          [8, 16, 9],
          [13, 20, 17],
        ] as const
      ).map(([m, k, n]) =>
        one(
          "batch_product",
          [
            [[3, ...(transpose_a ? [k, m] : [m, k])], "normal"],
            [[3, ...(transpose_b ? [n, k] : [k, n])], "normal"],
          ],
          {
            transpose_a,
            transpose_b,
          },
        ),
      ),
    ),
  ),
  penalty: flat((shape) => one("penalty", [[shape, "zero_or_normal"]], { l1: 0.01, l2: 0.02 })),
  penalty_gradient: flat((shape) =>
    one(
      "penalty_gradient",
      [
        [[1], "positive"],
        [shape, "zero_or_normal"],
      ],
      { l1: 0.01, l2: 0.02 },
    ),
  ),
  ...learnedActivationCases,
  ...updateCases,
  ...optimizerCases,
  clip_by_value: flat((shape) => one("clip_by_value", [[shape, "normal"]], { limit: 0.5 })),
  clip_by_norm: [0.5, 1000].flatMap((limit) => flat((shape) => one("clip_by_norm", [[shape, "normal"]], { limit }))),
};
