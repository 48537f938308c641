/**
 * pool2d: the largest or the mean of a window, channel by channel. x [N, H, W, C], output [N, OH, OW, C]; a sequence is a
 * picture of height 1. Attributes: `function` ("maximum" or "average"), `size` [2], `strides` [2], `padding` [top, bottom, left,
 * right]. What lies in the padding counts neither as a number nor in the mean (as Keras has it).
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Attributes, type Shape, sizeOf } from "../tensor.ts";

export interface PoolingSizes {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly OH: number;
  readonly OW: number;
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

export function poolingSizes(x: Shape, attributes: Attributes): PoolingSizes {
  const [N, H, W, C] = [at(x, 0), at(x, 1), at(x, 2), at(x, 3)];
  const pair = (name: string): readonly [number, number] => {
    const list = attribute<Shape>(attributes, name);
    return [at(list, 0), at(list, 1)];
  };
  const [size, strides] = [pair("size"), pair("strides")];
  const padding = attribute<Shape>(attributes, "padding");
  const [top, bottom, left, right] = [at(padding, 0), at(padding, 1), at(padding, 2), at(padding, 3)];
  const OH = Math.floor((H + top + bottom - size[0]) / strides[0]) + 1;
  const OW = Math.floor((W + left + right - size[1]) / strides[1]) + 1;
  if (OH < 1 || OW < 1) throw new Error("pool2d: the window is larger than the input");
  return { N, H, W, C, OH, OW, size, strides, top, left };
}

export const pool2d: OpDefinition = {
  outputShapes: ([x = []], attributes) => {
    const { N, OH, OW, C } = poolingSizes(x, attributes);
    return [[N, OH, OW, C]];
  },
  multiplyAdds: (_, [y = [0]], attributes) => sizeOf(y) * sizeOf(attribute<Shape>(attributes, "size")),
  gradient: ({ builder, inputs, outputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("pool2d_gradient", [at(inputs, 0), at(outputs, 0), dy], attributes)];
  },
};

/** Inputs x, y, dy; output dx. Of several numbers that are the largest, the first of the window gets the gradient (as in PyTorch). */
export const pool2dGradient: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  multiplyAdds: ([, y = [0]], _, attributes) => sizeOf(y) * sizeOf(attribute<Shape>(attributes, "size")),
};
