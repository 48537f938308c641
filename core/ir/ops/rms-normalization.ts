/** Root-mean-square normalization without weights (Zhang & Sennrich 2019, equation 4), and the product with one number a channel. */
import { at, type OpDefinition } from "../op.ts";
import { sizeOf } from "../tensor.ts";

/** Input x [.., C]; outputs y = x / √(mean of x² over C + epsilon) and the inverse root of each of the M rows. Attribute `epsilon`. */
export const rmsNormalization: OpDefinition = {
  outputShapes: ([x = []]) => [x, [sizeOf(x) / at(x, x.length - 1)]],
  multiplyAdds: ([x]) => 2 * sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("rms_normalization_gradient", [at(inputs, 0), at(outputs, 1), dy])];
  },
};

/** Inputs x, inverse root r [M], dy; output dx = r · (dy − x · r² · mean of dy · x). */
export const rmsNormalizationGradient: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  multiplyAdds: ([x]) => 2 * sizeOf(x ?? [0]),
};

/** Inputs x [.., C], factors [C]; output x · factors. */
export const multiplyChannels: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const [x, factors] = [at(inputs, 0), at(inputs, 1)];
    const dy = at(outputGradients, 0);
    if (dy === null) return [null, null];
    return [
      needs[0] === true ? builder.one("multiply_channels", [dy, factors]) : null,
      needs[1] === true ? builder.one("bias_gradient", [builder.one("multiply", [dy, x])]) : null,
    ];
  },
};

/** Input x; output x + normal numbers of deviation `stddev`, drawn as dropout's are: by `seed`, `stream`, the step and the index. */
export const gaussianNoise: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  gradient: ({ outputGradients }) => [at(outputGradients, 0)],
};
