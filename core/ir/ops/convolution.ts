/**
 * conv2d (cross-correlation, as every framework's convolution) and its two gradients. x [N, H, W, C], kernel [KH, KW, C / groups,
 * O], output [N, OH, OW, O]. A sequence is a picture of height 1. Attributes: `strides` [2], `dilation` [2], `padding` [top,
 * bottom, left, right] and `groups`; output channels of group g lie together, and read the channels of group g alone.
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Attributes, type Shape, sizeOf } from "../tensor.ts";

export interface ConvolutionSizes {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly KH: number;
  readonly KW: number;
  readonly O: number;
  readonly OH: number;
  readonly OW: number;
  readonly groups: number;
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

/** @param x shape of the input @param kernel shape of the kernel */
export function convolutionSizes(x: Shape, kernel: Shape, attributes: Attributes): ConvolutionSizes {
  const [N, H, W, C] = [at(x, 0), at(x, 1), at(x, 2), at(x, 3)];
  const [KH, KW, depth, O] = [at(kernel, 0), at(kernel, 1), at(kernel, 2), at(kernel, 3)];
  const pair = (name: string): readonly [number, number] => {
    const list = attribute<Shape>(attributes, name);
    return [at(list, 0), at(list, 1)];
  };
  const [strides, dilation] = [pair("strides"), pair("dilation")];
  const padding = attribute<Shape>(attributes, "padding");
  const groups = attribute<number>(attributes, "groups");
  const [top, bottom, left, right] = [at(padding, 0), at(padding, 1), at(padding, 2), at(padding, 3)];
  const OH = Math.floor((H + top + bottom - (KH - 1) * dilation[0] - 1) / strides[0]) + 1;
  const OW = Math.floor((W + left + right - (KW - 1) * dilation[1] - 1) / strides[1]) + 1;
  if (OH < 1 || OW < 1 || depth * groups !== C || O % groups !== 0) throw new Error("conv2d: shapes do not meet");
  return { N, H, W, C, KH, KW, O, OH, OW, groups, strides, dilation, top, left };
}

const cost = ({ N, OH, OW, KH, KW, C, O, groups }: ConvolutionSizes): number => (N * OH * OW * KH * KW * C * O) / groups;

/** Inputs x, kernel and, optionally, bias [O]. */
export const conv2d: OpDefinition = {
  outputShapes: ([x = [], kernel = []], attributes) => {
    const { N, OH, OW, O } = convolutionSizes(x, kernel, attributes);
    return [[N, OH, OW, O]];
  },
  multiplyAdds: ([x = [], kernel = []], _, attributes) => cost(convolutionSizes(x, kernel, attributes)),
  gradient: ({ builder, inputs, outputGradients, attributes, needs }) => {
    const [x, kernel] = [at(inputs, 0), at(inputs, 1)];
    const dy = at(outputGradients, 0);
    if (dy === null) return inputs.map(() => null);
    const dx = needs[0] === true ? builder.one("conv2d_input_gradient", [dy, kernel], { ...attributes, input: x.shape.slice(1, 3) }) : null;
    const dw =
      needs[1] === true ? builder.one("conv2d_weight_gradient", [x, dy], { ...attributes, kernel: kernel.shape.slice(0, 2) }) : null;
    return inputs.length === 2 ? [dx, dw] : [dx, dw, needs[2] === true ? builder.one("bias_gradient", [dy]) : null];
  },
};

const inputShape = (dy: Shape, kernel: Shape, attributes: Attributes): Shape => [
  at(dy, 0),
  ...attribute<Shape>(attributes, "input"),
  at(kernel, 2) * attribute<number>(attributes, "groups"),
];

/** Inputs dy, kernel; attribute `input` [H, W]; output dx. As a layer of its own it is the transposed convolution. */
export const conv2dInputGradient: OpDefinition = {
  outputShapes: ([dy = [], kernel = []], attributes) => [inputShape(dy, kernel, attributes)],
  multiplyAdds: ([dy = [], kernel = []], _, attributes) => cost(convolutionSizes(inputShape(dy, kernel, attributes), kernel, attributes)),
  gradient: ({ builder, inputs, outputGradients, attributes, needs }) => {
    const [dy, kernel] = [at(inputs, 0), at(inputs, 1)];
    const g = at(outputGradients, 0);
    if (g === null) return [null, null];
    const { input: _, ...plain } = attributes;
    return [
      needs[0] === true ? builder.one("conv2d", [g, kernel], plain) : null,
      needs[1] === true ? builder.one("conv2d_weight_gradient", [g, dy], { ...plain, kernel: kernel.shape.slice(0, 2) }) : null,
    ];
  },
};

/** Inputs x, dy; attribute `kernel` [KH, KW]; output the gradient of the kernel. */
export const conv2dWeightGradient: OpDefinition = {
  outputShapes: ([x = [], dy = []], attributes) => [
    [...attribute<Shape>(attributes, "kernel"), at(x, 3) / attribute<number>(attributes, "groups"), at(dy, 3)],
  ],
  multiplyAdds: ([, dy = []], outputs) => (sizeOf(dy) / at(dy, 3)) * sizeOf(at(outputs, 0)),
};

/** Inputs x [.., C], b [C]; output x + b. */
export const addBias: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  gradient: ({ builder, outputGradients, needs }) => {
    const dy = at(outputGradients, 0);
    return dy === null ? [null, null] : [dy, needs[1] === true ? builder.one("bias_gradient", [dy]) : null];
  },
};
