/**
 * Batch normalization (Ioffe & Szegedy 2015, algorithm 1) and layer normalization (Ba et al. 2016). Both subtract the
 * mean and divide by √(variance + epsilon) with the biased variance; the moving variance of batch normalization takes
 * the unbiased one, as PyTorch does. C is the last axis.
 */
import { at, type OpDefinition } from "../op.ts";
import { sizeOf, type Tensor } from "../tensor.ts";

/**
 * Inputs x [.., C], gamma [C], beta [C], moving_mean [C], moving_variance [C] (both written); outputs y, mean [C],
 * inverse_deviation [C]. Attributes `epsilon`, `momentum` (moving = momentum · moving + (1 − momentum) · batch).
 */
export const batchNormalization: OpDefinition = {
  writesInputs: [3, 4],
  outputShapes: ([x, gamma]) => [x ?? [], gamma ?? [], gamma ?? []],
  multiplyAdds: ([x]) => 2 * sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return inputs.map(() => null);
    const [dx, dgamma, dbeta] = builder.emit("batch_normalization_gradient", [
      at(inputs, 0),
      at(inputs, 1),
      at(outputs, 1),
      at(outputs, 2),
      dy,
    ]);
    return [dx ?? null, dgamma ?? null, dbeta ?? null, null, null];
  },
};

/** Inputs x, gamma, mean, inverse_deviation, dy; outputs dx, dgamma, dbeta. */
export const batchNormalizationGradient: OpDefinition = {
  outputShapes: ([x, gamma]) => [x ?? [], gamma ?? [], gamma ?? []],
  multiplyAdds: ([x]) => 3 * sizeOf(x ?? [0]),
};

/**
 * With the moving statistics: inputs x, gamma, beta, moving_mean, moving_variance; attribute `epsilon`. Linear in x: its
 * gradient is the same op without mean and offset. A frozen layer trains through it.
 */
export const batchNormalizationInference: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  multiplyAdds: ([x]) => sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputGradients, attributes, needs }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return inputs.map(() => null);
    const [x, gamma, , mean, variance] = [0, 1, 2, 3, 4].map((i) => at(inputs, i)) as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const filled = (value: number): Tensor => builder.one("fill", [], { shape: gamma.shape, value });
    const scaled = (value: Tensor, factor: Tensor, offset: Tensor): Tensor =>
      builder.one("batch_normalization_inference", [value, factor, filled(0), offset, variance], attributes);
    return [
      needs[0] === true ? scaled(dy, gamma, filled(0)) : null,
      needs[1] === true ? builder.one("bias_gradient", [builder.one("multiply", [dy, scaled(x, filled(1), mean)])]) : null,
      needs[2] === true ? builder.one("bias_gradient", [dy]) : null,
      null,
      null,
    ];
  },
};

/** Inputs x [.., C], gamma [C], beta [C]; outputs y, mean [M], inverse_deviation [M], M the number of rows. */
export const layerNormalization: OpDefinition = {
  outputShapes: ([x, gamma]) => {
    const rows = sizeOf(x ?? []) / sizeOf(gamma ?? []);
    return [x ?? [], [rows], [rows]];
  },
  multiplyAdds: ([x]) => 2 * sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return inputs.map(() => null);
    return builder.emit("layer_normalization_gradient", [at(inputs, 0), at(inputs, 1), at(outputs, 1), at(outputs, 2), dy]);
  },
};

/** Inputs x, gamma, mean, inverse_deviation, dy; outputs dx, dgamma, dbeta. */
export const layerNormalizationGradient: OpDefinition = {
  outputShapes: ([x, gamma]) => [x ?? [], gamma ?? [], gamma ?? []],
  multiplyAdds: ([x]) => 3 * sizeOf(x ?? [0]),
};
