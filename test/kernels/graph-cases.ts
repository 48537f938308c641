/** Cases of the ops over graphs and masked rows, for the table of cases.ts. */
import { Random } from "../../core/data/random.ts";
import type { OpName } from "../../core/ir/ops/registry.ts";
import type { Attributes, Shape } from "../../core/ir/tensor.ts";
import type { Fill, OpCase } from "./cases.ts";

const one = (op: OpName, inputs: readonly (readonly [Shape, Fill])[], attributes: Attributes = {}): OpCase => ({
  op,
  inputs: inputs.map(([shape, fill]) => ({ shape, fill })),
  attributes,
});

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

export const graphCases = {
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
