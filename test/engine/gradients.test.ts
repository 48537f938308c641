import { describe, expect, it } from "vitest";
import { activationDefinition, activationNames } from "../../core/activations/definitions.ts";
import { at } from "../../core/ir/op.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import { convolutionSizes } from "../../core/ir/ops/convolution.ts";
import { ops } from "../../core/ir/ops/registry.ts";
import { type Attributes, type Shape, sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import { lossDefinition, lossNames } from "../../core/losses/definitions.ts";
import { Drawing } from "../golden/engine/drawing.ts";
import { learnedActivationGradientCases } from "./activation-gradients.ts";
import { attentionGradientCases } from "./attention-gradients.ts";
import { oracle } from "./backends.ts";
import { centralDifferences, GRADIENT_TOLERANCE } from "./central-differences.ts";
import { distance } from "./distance.ts";
import { graphGradients } from "./graph-gradients.ts";
import { SmallProgram, sumWeights, weightedSum } from "./program.ts";
import { recurrentGradientCases } from "./recurrent-gradients.ts";

/** Where the numbers of an input lie: away from kinks, and where the op is defined. */
type Range =
  | readonly [low: number, high: number]
  | "signed"
  | "sign"
  | "binary"
  | { readonly classes: number }
  | { readonly numbers: readonly number[] };

interface GradientCase {
  readonly name: string;
  /** Inputs that the gradient is checked of; `fixed` ones (targets, weights of rows, states) are left out. */
  readonly inputs: readonly { readonly shape: Shape; readonly range: Range; readonly fixed?: true }[];
  readonly attributes?: Attributes;
  /** Which outputs the loss is over; the first when left out: others (means, deviations) are for the backward pass only. */
  readonly outputs?: readonly number[];
}

const fixed = (shape: Shape, range: Range = "signed") => ({ shape, range, fixed: true as const });
const free = (shape: Shape, range: Range = "signed") => ({ shape, range });

const elementwiseLosses = [...lossNames.filter((name) => lossDefinition(name).op === "elementwise_loss"), "sigmoid_binary_crossentropy"];
const lossRanges: Readonly<Record<string, readonly [Range, Range]>> = {
  binary_crossentropy: [[0.1, 0.9], "binary"],
  sigmoid_binary_crossentropy: ["signed", "binary"],
  // |1 − t·p| stays away from 0, and so does |p − t|.
  hinge: [[-0.9, 0.9], "sign"],
  mae: [[-0.5, 0.5], "sign"],
  kl_divergence: [
    [0.1, 0.9],
    [0.1, 0.9],
  ],
  poisson: [
    [0.2, 2],
    [0, 3],
  ],
};
const lossCases = elementwiseLosses.flatMap((name): GradientCase[] => {
  const [prediction, target] = lossRanges[name] ?? (["signed", "signed"] as const);
  const inputs = [free([5, 3], prediction), fixed([5, 3], target)];
  return [
    { name, inputs, attributes: { function: name, weight: 1 } },
    { name: `${name}, weighted rows`, inputs: [...inputs, fixed([5], [0.25, 2])], attributes: { function: name, weight: 0.5 } },
    { name: `${name}, smoothed`, inputs, attributes: { function: name, weight: 1, smoothing: 0.2 } },
  ];
});
const rowLossCases = (range: Range): GradientCase[] => [
  { name: "rows", inputs: [free([4, 3], range), fixed([4], { classes: 3 })], attributes: { weight: 1 } },
  { name: "smoothed", inputs: [free([4, 3], range), fixed([4], { classes: 3 })], attributes: { weight: 1, smoothing: 0.2 } },
  { name: "weighted rows", inputs: [free([4, 3], range), fixed([4], { classes: 3 }), fixed([4], [0.25, 2])], attributes: { weight: 0.5 } },
  {
    name: "rows of rows, weighted",
    inputs: [free([2, 3, 4], range), fixed([6], { classes: 4 }), fixed([2], [0.25, 2])],
    attributes: { weight: 1 },
  },
];

const convolutionCases: readonly { name: string; x: Shape; kernel: Shape; attributes: Attributes }[] = [
  {
    name: "plain",
    x: [2, 4, 5, 2],
    kernel: [3, 2, 2, 3],
    attributes: { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 },
  },
  {
    name: "strides and padding",
    x: [2, 5, 4, 2],
    kernel: [3, 3, 2, 2],
    attributes: { strides: [2, 3], dilation: [1, 1], padding: [1, 1, 0, 2], groups: 1 },
  },
  {
    name: "dilation, groups",
    x: [1, 5, 6, 4],
    kernel: [2, 3, 2, 6],
    attributes: { strides: [1, 1], dilation: [2, 2], padding: [1, 0, 1, 1], groups: 2 },
  },
  {
    name: "a group a channel",
    x: [2, 3, 3, 3],
    kernel: [2, 2, 1, 3],
    attributes: { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 3 },
  },
];

/** Every op that has a gradient rule. A new one without cases fails the first test below. */
const casesOf: Partial<Record<OpName, readonly GradientCase[]>> = {
  ...attentionGradientCases,
  ...recurrentGradientCases,
  ...graphGradients,
  ...learnedActivationGradientCases,
  linear: [
    { name: "with bias", inputs: [free([4, 3]), free([3, 5]), free([5])] },
    { name: "without bias, three axes", inputs: [free([2, 3, 4]), free([4, 2])] },
    { name: "one of each", inputs: [free([1, 1]), free([1, 1]), free([1])] },
  ],
  conv2d: convolutionCases.map(({ name, x, kernel, attributes }) => ({
    name,
    inputs: [free(x), free(kernel), ...(name === "plain" ? [free([kernel[3] ?? 1])] : [])],
    attributes,
  })),
  conv2d_input_gradient: convolutionCases.map(({ name, x, kernel, attributes }) => {
    const { N, OH, OW, O } = convolutionSizes(x, kernel, attributes);
    return { name, inputs: [free([N, OH, OW, O]), free(kernel)], attributes: { ...attributes, input: x.slice(1, 3) } };
  }),
  pool2d: ["maximum", "average"].flatMap((name) => [
    {
      name: `${name}, whole windows`,
      inputs: [free([2, 4, 4, 3])],
      attributes: { function: name, size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] },
    },
    {
      name: `${name}, overlapping and padded`,
      inputs: [free([1, 5, 4, 2])],
      attributes: { function: name, size: [3, 2], strides: [2, 1], padding: [1, 1, 0, 1] },
    },
  ]),
  embedding: [{ name: "an index twice", inputs: [fixed([2, 3], { classes: 4 }), free([4, 3])] }],
  rms_normalization: [{ name: "rows of rows", inputs: [free([2, 3, 5])], attributes: { epsilon: 1e-3 } }],
  multiply_channels: [{ name: "three axes", inputs: [free([2, 3, 4]), free([4])] }],
  gaussian_noise: [{ name: "deviation 0.5", inputs: [free([6, 5])], attributes: { stddev: 0.5, seed: 7, stream: 3 } }],
  add_bias: [{ name: "three axes", inputs: [free([2, 3, 4]), free([4])] }],
  unary: activationNames
    .filter((name) => activationDefinition(name).op === "unary")
    .map((name) => ({ name, inputs: [free([2, 7])], attributes: { function: name } })),
  dropout: [{ name: "rate 0.4", inputs: [free([6, 5])], attributes: { rate: 0.4, seed: 7, stream: 3 } }],
  add: [
    { name: "two", inputs: [free([3, 2]), free([3, 2])] },
    { name: "three", inputs: [free([4]), free([4]), free([4])] },
  ],
  reshape: [{ name: "to three axes", inputs: [free([2, 6])], attributes: { shape: [2, 3, 2] } }],
  concatenate: [
    { name: "last axis", inputs: [free([3, 2]), free([3, 4])], attributes: { axis: 1 } },
    { name: "middle axis, three inputs", inputs: [free([2, 1, 3]), free([2, 2, 3]), free([2, 3, 3])], attributes: { axis: 1 } },
  ],
  slice: [
    { name: "last axis", inputs: [free([3, 5])], attributes: { axis: 1, start: 1, size: 3 } },
    { name: "middle axis", inputs: [free([2, 4, 3])], attributes: { axis: 1, start: 2, size: 2 } },
  ],
  slice_gradient: [{ name: "middle axis", inputs: [free([2, 2, 3])], attributes: { axis: 1, start: 1, size: 2, full: 5 } }],
  scale: [{ name: "by −0.7", inputs: [free([3, 4])], attributes: { factor: -0.7 } }],
  multiply: [{ name: "two", inputs: [free([3, 4]), free([3, 4])] }],
  extremum: [
    { name: "maximum", inputs: [free([4, 5]), free([4, 5])], attributes: { function: "maximum" } },
    { name: "minimum", inputs: [free([4, 5]), free([4, 5])], attributes: { function: "minimum" } },
  ],
  permute: [{ name: "three axes", inputs: [free([2, 3, 4])], attributes: { axes: [2, 0, 1] } }],
  repeat: [
    { name: "middle axis", inputs: [free([2, 3, 2])], attributes: { axis: 1, times: 3 } },
    { name: "last axis", inputs: [free([2, 3])], attributes: { axis: 1, times: 2 } },
  ],
  sum_axis: [
    { name: "middle axis", inputs: [free([2, 3, 4])], attributes: { axis: 1 } },
    { name: "last axis", inputs: [free([2, 3])], attributes: { axis: 1 } },
  ],
  batch_product: [
    { name: "plain", inputs: [free([2, 3, 4]), free([2, 4, 5])], attributes: { transpose_a: false, transpose_b: false } },
    { name: "second transposed", inputs: [free([2, 3, 4]), free([2, 5, 4])], attributes: { transpose_a: false, transpose_b: true } },
    { name: "first transposed", inputs: [free([2, 4, 3]), free([2, 4, 5])], attributes: { transpose_a: true, transpose_b: false } },
    { name: "both transposed", inputs: [free([2, 4, 3]), free([2, 5, 4])], attributes: { transpose_a: true, transpose_b: true } },
  ],
  batch_normalization: [
    {
      name: "rows",
      inputs: [free([6, 3]), free([3]), free([3]), fixed([3]), fixed([3], [0.5, 2])],
      attributes: { epsilon: 1e-3, momentum: 0.9 },
    },
    {
      name: "rows of rows",
      inputs: [free([3, 4, 2]), free([2]), free([2]), fixed([2]), fixed([2], [0.5, 2])],
      attributes: { epsilon: 1e-5, momentum: 0.99 },
    },
  ],
  batch_normalization_inference: [
    {
      name: "the rows of a frozen layer",
      inputs: [free([6, 3]), free([3]), free([3]), fixed([3]), fixed([3], [0.5, 2])],
      attributes: { epsilon: 1e-3 },
    },
  ],
  layer_normalization: [
    { name: "rows", inputs: [free([3, 5]), free([5]), free([5])], attributes: { epsilon: 1e-3 } },
    { name: "rows of rows", inputs: [free([2, 3, 4]), free([4]), free([4])], attributes: { epsilon: 1e-5 } },
  ],
  softmax: [
    { name: "rows", inputs: [free([3, 4])] },
    { name: "rows of rows", inputs: [free([2, 2, 3])] },
  ],
  log_softmax: [
    { name: "rows", inputs: [free([3, 4])] },
    { name: "rows of rows", inputs: [free([2, 2, 3])] },
  ],
  elementwise_loss: lossCases,
  categorical_cross_entropy: rowLossCases([0.1, 0.9]),
  categorical_hinge: rowLossCases("signed"),
  softmax_cross_entropy: rowLossCases("signed"),
  penalty: [
    { name: "l1", inputs: [free([3, 4])], attributes: { l1: 0.3, l2: 0 } },
    { name: "l2", inputs: [free([3, 4])], attributes: { l1: 0, l2: 0.7 } },
    { name: "both", inputs: [free([5])], attributes: { l1: 0.2, l2: 0.1 } },
  ],
};

function draw(drawing: Drawing, shape: Shape, range: Range): readonly number[] {
  if (range === "signed") return drawing.signed(shape, 1.5).values;
  if (range === "sign") return drawing.oneOf(shape, [-1, 1]).values;
  if (range === "binary") return drawing.oneOf(shape, [0, 1]).values;
  if ("numbers" in range) return range.numbers;
  if ("classes" in range) return drawing.classes(shape, range.classes).values;
  return drawing.between(shape, range[0], range[1]).values;
}

/** The op, and the sum of its outputs (those that the case names) times fixed weights. */
function check(op: OpName, one: GradientCase, stream: number): readonly { input: number; analytic: number[]; numeric: number[] }[] {
  const drawing = new Drawing(stream);
  const values = one.inputs.map(({ shape, range }) => draw(drawing, shape, range));
  let inputs: readonly Tensor[] = [];
  let weights: readonly Tensor[] = [];
  let loss: Tensor | undefined;
  const program = new SmallProgram(oracle, (builder) => {
    inputs = one.inputs.map((input, i) => builder.tensor(input.shape, input.fixed === true ? "constant" : "parameter", `input_${i}`));
    const all = builder.emit(op, inputs, one.attributes);
    const ys = (one.outputs ?? [0]).map((output) => at(all, output));
    weights = sumWeights(builder, ys);
    loss = weightedSum(builder, ys, weights);
    return { results: [], loss };
  });
  const factors = weights.map((tensor) => drawing.signed(tensor.shape, 1).values);
  const writeAll = (): void => {
    inputs.forEach((input, i) => program.write(input, at(values, i)));
    weights.forEach((tensor, i) => program.write(tensor, at(factors, i)));
  };
  writeAll();
  program.run();
  const analytic = one.inputs.map((input, i) => (input.fixed === true ? [] : program.gradient(at(inputs, i))));
  return one.inputs.flatMap((input, i) =>
    input.fixed === true
      ? []
      : [{ input: i, analytic: at(analytic, i), numeric: centralDifferences(program, at(inputs, i), loss as Tensor, writeAll) }],
  );
}

describe("gradients by central differences in float64", () => {
  it("are checked for every op that has a gradient rule, and for no other", () => {
    const withRule = (Object.keys(ops) as OpName[]).filter((op) => ops[op].gradient !== undefined);
    expect(Object.keys(casesOf).sort()).toEqual(withRule.sort());
    for (const [op, cases] of Object.entries(casesOf)) expect(cases.length, op).toBeGreaterThan(0);
  });

  const all = Object.entries(casesOf).flatMap(([op, cases]) =>
    cases.map((one) => ({ op: op as OpName, title: `${op}, ${one.name}`, one })),
  );

  it.each(all)("$title", ({ op, one }) => {
    for (const { input, analytic, numeric } of check(op, one, 5000 + sizeOf(at(one.inputs, 0).shape))) {
      expect(distance(analytic, numeric), `gradient of input ${input}`).toBeLessThan(GRADIENT_TOLERANCE);
      // Two gradients of nothing agree too.
      expect(Math.max(...numeric.map(Math.abs)), `gradient of input ${input}`).toBeGreaterThan(1e-3);
    }
  });

  it("would notice a rule that is off by one part in a hundred thousand", () => {
    const one = at(casesOf.linear ?? [], 0);
    for (const { analytic, numeric } of check("linear", one, 5999))
      expect(
        distance(
          analytic.map((value) => value * (1 + 1e-5)),
          numeric,
        ),
      ).toBeGreaterThan(GRADIENT_TOLERANCE);
  });
});
