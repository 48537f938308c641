/** Convolutions and poolings: windows of one pixel, edges on every side, strides that leave pixels out, groups. */
import { convolutionSizes } from "../../core/ir/ops/convolution.ts";
import { poolingSizes } from "../../core/ir/ops/pooling.ts";
import { type Attributes, type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { sparseConvolutions } from "./graph-cases.ts";
import { type Fill, one } from "./op-case.ts";

const convolution = (
  x: Shape,
  kernel: Shape,
  {
    strides = [1, 1],
    dilation = [1, 1],
    padding = [0, 0, 0, 0],
    groups = 1,
  }: { strides?: Shape; dilation?: Shape; padding?: Shape; groups?: number } = {},
) => ({ x, kernel, attributes: { strides, dilation, padding, groups } });
/** Windows of one pixel, edges on every side, strides that leave pixels out, lines too long for one piece, groups. */
const CONVOLUTIONS = [
  convolution([2, 5, 6, 3], [3, 3, 3, 8]),
  convolution([3, 4, 4, 1], [2, 2, 1, 5], { padding: [1, 1, 1, 1] }),
  convolution([2, 7, 5, 2], [3, 3, 2, 4], { padding: [1, 1, 1, 1], strides: [2, 2] }),
  convolution([2, 9, 8, 5], [3, 2, 5, 7], { strides: [3, 2], padding: [0, 1, 1, 0] }),
  convolution([1, 8, 9, 3], [3, 3, 3, 6], { dilation: [2, 3], padding: [2, 2, 3, 3] }),
  convolution([2, 1, 40, 6], [1, 5, 6, 9], { padding: [0, 0, 4, 0] }),
  convolution([1, 1, 700, 20], [1, 7, 20, 3], { padding: [0, 0, 3, 3] }),
  convolution([2, 4, 5, 6], [1, 1, 6, 4]),
  convolution([2, 5, 5, 6], [1, 1, 6, 4], { strides: [2, 2] }),
  convolution([2, 5, 4, 6], [3, 3, 3, 8], { groups: 2, padding: [1, 1, 1, 1] }),
  convolution([2, 4, 4, 4], [2, 2, 1, 4], { groups: 4 }),
  convolution([2, 5, 4, 3], [2, 3, 1, 6], { groups: 3, padding: [0, 1, 1, 1] }),
  convolution([2, 9, 8, 37], [3, 3, 1, 37], { groups: 37, padding: [1, 1, 1, 1] }),
  convolution([3, 7, 9, 8], [3, 2, 1, 8], { groups: 8, strides: [2, 3], padding: [1, 0, 2, 1] }),
  convolution([2, 8, 9, 20], [3, 3, 1, 20], { groups: 20, dilation: [2, 3] }),
  convolution([2, 2, 1, 5], [3, 3, 1, 5], { groups: 5, padding: [1, 1, 1, 1] }),
  convolution([1, 1, 40, 6], [1, 5, 1, 6], { groups: 6, padding: [0, 0, 4, 0] }),
  convolution([2, 6, 6, 2], [3, 3, 2, 1]),
  convolution([2, 2, 2, 1], [2, 2, 1, 1]),
  convolution([2, 12, 12, 33], [3, 3, 33, 20], { padding: [1, 1, 1, 1] }),
];
const convolved = (x: Shape, kernel: Shape, attributes: Attributes): Shape => {
  const { N, OH, OW, O } = convolutionSizes(x, kernel, attributes);
  return [N, OH, OW, O];
};

const POOLINGS = ["maximum", "average"].flatMap((name) =>
  (
    [
      [
        [2, 4, 6, 3],
        [2, 2],
        [2, 2],
        [0, 0, 0, 0],
      ],
      [
        [3, 5, 5, 4],
        [2, 2],
        [2, 2],
        [0, 1, 0, 1],
      ],
      [
        [2, 5, 7, 6],
        [3, 3],
        [1, 1],
        [1, 1, 1, 1],
      ],
      [
        [1, 7, 6, 17],
        [3, 2],
        [2, 3],
        [0, 0, 0, 0],
      ],
      [
        [2, 1, 30, 5],
        [1, 30],
        [1, 30],
        [0, 0, 0, 0],
      ],
      [
        [2, 6, 5, 1],
        [6, 5],
        [6, 5],
        [0, 0, 0, 0],
      ],
      [
        [2, 1, 9, 2],
        [1, 3],
        [1, 2],
        [0, 0, 1, 0],
      ],
    ] as const
  ).map(([x, size, strides, padding]) => ({ x, attributes: { function: name, size, strides, padding } })),
);

export const convolutionCases = {
  conv2d: CONVOLUTIONS.flatMap(({ x, kernel, attributes }, i) => [
    one("conv2d", [[x, "normal"], [kernel, "normal"], ...(i % 2 === 0 ? [[[kernel[3] ?? 1], "normal"] as [Shape, Fill]] : [])], attributes),
  ]),
  conv2d_input_gradient: [
    ...CONVOLUTIONS.map(({ x, kernel, attributes }) =>
      one(
        "conv2d_input_gradient",
        [
          [convolved(x, kernel, attributes), "normal"],
          [kernel, "normal"],
        ],
        { ...attributes, input: x.slice(1, 3) },
      ),
    ),
    ...sparseConvolutions("conv2d_input_gradient"),
  ],
  conv2d_weight_gradient: [
    ...CONVOLUTIONS.map(({ x, kernel, attributes }) =>
      one(
        "conv2d_weight_gradient",
        [
          [x, "normal"],
          [convolved(x, kernel, attributes), "normal"],
        ],
        { ...attributes, kernel: kernel.slice(0, 2) },
      ),
    ),
    ...sparseConvolutions("conv2d_weight_gradient"),
  ],
  pool2d: POOLINGS.map(({ x, attributes }) => one("pool2d", [[x, "normal"]], attributes)),
  // The largest of a window is 1 more often than not: the first of them has to be found.
  pool2d_gradient: POOLINGS.map(({ x, attributes }) => {
    const { N, OH, OW, C } = poolingSizes(x, attributes);
    const y: Shape = [N, OH, OW, C];
    return one(
      "pool2d_gradient",
      [
        [x, "sign"],
        [y, new Array<number>(sizeOf(y)).fill(1)],
        [y, "normal"],
      ],
      attributes,
    );
  }),
};
