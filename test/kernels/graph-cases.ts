/** Cases of the ops over graphs, masked rows and enlarged pictures, and of convolutions behind a maximum over time, for the table of cases.ts. */
import { Random } from "../../core/data/random.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import { convolutionSizes } from "../../core/ir/ops/convolution.ts";
import { type Attributes, type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { type Fill, type OpCase, one } from "./op-case.ts";

/** Random edges, some of them padding, whose ends are then nowhere. */
function edgesOf(samples: number, edges: number, nodes: number): [Shape, Fill] {
  const random = new Random(samples, edges);
  const numbers = Array.from({ length: samples * edges }, () =>
    random.below(5) === 0 ? [-7, 3.5, 0] : [random.below(nodes), random.below(nodes), 0.1 + random.float()],
  );
  return [[samples, edges, 3], numbers.flat()];
}

/** Samples, edges, nodes, features. */
const GRAPHS: readonly (readonly [number, number, number, number])[] = [
  [1, 1, 1, 1],
  [1, 7, 3, 2],
  [2, 9, 4, 5],
  [3, 20, 6, 16],
  [1, 60, 11, 33],
  [1, 40, 9, 130],
  [9, 12, 5, 7],
];
const products = (op: "graph_product" | "graph_product_gradient"): OpCase[] => {
  const shared = (is: boolean): Attributes => (op === "graph_product" ? {} : { shared: is });
  return [
    ...GRAPHS.flatMap(([B, E, N, F]) => {
      const sharedShape: Shape = op === "graph_product" ? [N, F] : [B, N, F];
      return [
        one(op, [edgesOf(B, E, N), [[B, N, F], "normal"]], shared(false)),
        one(op, [edgesOf(B, E, N), [[B, N, F], "normal"], [[B, N], "positive"]], shared(false)),
        one(op, [edgesOf(B, E, N), [sharedShape, "normal"]], shared(true)),
        one(op, [edgesOf(B, E, N), [sharedShape, "normal"], [[B, N], "positive"]], shared(true)),
      ];
    }),
  ];
};

const MASKS: readonly (readonly [rows: number, perWeight: number])[] = [
  [1, 1],
  [6, 2],
  [9, 3],
  [37, 1],
  [40, 5],
  [130, 13],
];

const INTERPOLATIONS: readonly (readonly [Shape, number, number])[] = [
  [[1, 1, 3], 1, 2],
  [[2, 5], 1, 3],
  [[3, 2, 5], 1, 2],
  [[2, 4, 3, 6], 2, 2],
  [[2, 4, 3, 5], 1, 5],
  [[3, 7, 17], 1, 1],
  [[1, 3, 4], 1, 70],
];

export const graphCases = {
  interpolate: INTERPOLATIONS.map(([shape, axis, times]) => one("interpolate", [[shape, "normal"]], { axis, times })),
  interpolate_gradient: INTERPOLATIONS.map(([shape, axis, times]) =>
    one("interpolate_gradient", [[shape.map((length, i) => (i === axis ? length * times : length)), "normal"]], { axis, times }),
  ),
  graph_normalization: GRAPHS.map(([B, E, N]) => one("graph_normalization", [edgesOf(B, E, N)], { nodes: N })),
  graph_product: products("graph_product"),
  graph_product_gradient: products("graph_product_gradient"),
  mask_weights: [
    ...MASKS.flatMap(([M, perWeight]) => [
      one("mask_weights", [[[M], "binary"]]),
      one("mask_weights", [
        [[M], "binary"],
        [[M / perWeight], "positive"],
      ]),
    ]),
    one("mask_weights", [
      [
        [2, 5],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ],
    ]),
  ],
} satisfies Partial<Record<OpName, readonly OpCase[]>>;

const LARGE_CONVOLUTIONS: readonly { x: Shape; kernel: Shape; attributes: Attributes }[] = [
  { x: [3, 1, 40, 16], kernel: [1, 5, 16, 20], attributes: { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 } },
  { x: [2, 12, 10, 9], kernel: [3, 3, 9, 37], attributes: { strides: [2, 1], dilation: [1, 2], padding: [1, 1, 2, 2], groups: 1 } },
  { x: [2, 9, 9, 8], kernel: [3, 3, 8, 11], attributes: { strides: [1, 1], dilation: [2, 2], padding: [0, 0, 0, 0], groups: 1 } },
  // The windows of all channels do not fit scratch memory at once.
  { x: [2, 1, 21, 300], kernel: [1, 5, 300, 64], attributes: { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 } },
];

/** Gradients that are zeros but for one number in forty, one in fifteen, or all. */
export const sparseConvolutions = (op: "conv2d_input_gradient" | "conv2d_weight_gradient"): OpCase[] =>
  LARGE_CONVOLUTIONS.flatMap(({ x, kernel, attributes }) => {
    const { N, OH, OW, O } = convolutionSizes(x, kernel, attributes);
    const dy: Shape = [N, OH, OW, O];
    const random = new Random(sizeOf(dy), 7);
    const sparse = (oneIn: number): Fill => Array.from({ length: sizeOf(dy) }, () => (random.below(oneIn) === 0 ? random.normal() : 0));
    return [sparse(40), sparse(15), "normal" as const].map((fill) =>
      op === "conv2d_input_gradient"
        ? one(
            op,
            [
              [dy, fill],
              [kernel, "normal"],
            ],
            { ...attributes, input: x.slice(1, 3) },
          )
        : one(
            op,
            [
              [x, "normal"],
              [dy, fill],
            ],
            { ...attributes, kernel: kernel.slice(0, 2) },
          ),
    );
  });
