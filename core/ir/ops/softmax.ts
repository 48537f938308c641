/** Softmax over the last axis, with the maximum subtracted first, and its logarithm. */
import { at, type OpDefinition } from "../op.ts";

export const softmax: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  gradient: ({ builder, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("softmax_gradient", [at(outputs, 0), dy])];
  },
};

/** Inputs y, dy; output dx = y · (dy − Σ y·dy). */
export const softmaxGradient: OpDefinition = { outputShapes: ([y]) => [y ?? []] };

/** x − log Σ exp(x) over the last axis. */
export const logSoftmax: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  gradient: ({ builder, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("log_softmax_gradient", [at(outputs, 0), dy])];
  },
};

/** Inputs y, dy; output dx = dy − exp(y) · Σ dy. */
export const logSoftmaxGradient: OpDefinition = { outputShapes: ([y]) => [y ?? []] };
