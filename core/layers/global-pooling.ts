/**
 * What global pooling shares: each channel becomes one number over all its places, steps of a sequence or pixels of a picture. A layer
 * says whether that is the largest or the mean, and what it is called in Keras.
 */
import type { Builder } from "../ir/builder.ts";
import { type Shape, sizeOf, type Tensor } from "../ir/tensor.ts";
import { bool } from "../schema/fields.ts";
import { pythonBool } from "./convolution.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerDefinition } from "./layer.ts";
import { requireRank } from "./shapes.ts";

interface GlobalPooling extends Pick<LayerDefinition, "type" | "icon" | "texts"> {
  readonly function: "maximum" | "average";
  readonly kerasClass: string;
}

const group = "pooling";
/** One input, one output. */
const ports: LayerDefinition["ports"] = { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] };
const schema = { keepdims: bool({ default: false, advanced: true }) };

/** @param axes what the axes of a sample are, the channels last: "[steps, channels]" */
function outputShape(keepdims: boolean, inputs: readonly Shape[], rank: number, axes: string): Shape {
  const x = requireRank(inputs, rank, axes);
  const channels = x[rank - 1] ?? 0;
  return keepdims ? [...x.slice(0, -1).map(() => 1), channels] : [channels];
}

/** [N, ..., channels] to one number a channel. */
function pooled(builder: Builder, x: Tensor, name: GlobalPooling["function"]): Tensor {
  const [N = 1, channels = 1] = [x.shape[0], x.shape[x.shape.length - 1]];
  const positions = sizeOf(x.shape.slice(1, -1));
  if (name === "average")
    return builder.one("scale", [builder.one("sum_axis", [builder.reshape(x, [N, positions, channels])], { axis: 1 })], {
      factor: 1 / positions,
    });
  return builder.one("pool2d", [builder.reshape(x, [N, 1, positions, channels])], {
    function: name,
    size: [1, positions],
    strides: [1, 1],
    padding: [0, 0, 0, 0],
  });
}

/** Over [steps, channels]; steps that a mask leaves out do not count. */
export function globalPoolingOfSequences({ function: name, kerasClass, ...own }: GlobalPooling): LayerDefinition {
  const shapeOf = (keepdims: boolean, inputs: readonly Shape[]): Shape => outputShape(keepdims, inputs, 2, "[steps, channels]");
  // A sample of nothing but padding gives zeros.
  const masked = (x: string, mask: string, keepdim: string): string =>
    name === "maximum"
      ? `(lambda m: ${x}.masked_fill(m, -torch.inf).amax(1, keepdim=${keepdim}).masked_fill(m.all(1, keepdim=${keepdim}), 0))(${mask}[..., None] == 0)`
      : `(lambda m: (${x} * m).sum(1, keepdim=${keepdim}) / m.sum(1, keepdim=${keepdim}).clamp(min=1))(${mask}[..., None])`;
  return defineLayer({
    ...own,
    group,
    schema,
    traits: { reads: "sequence", mask: "uses", ...(name === "average" ? { averagesGrid: 2 } : {}) },
    ...(name === "maximum" ? { fromKeras: { losesMask: () => true } } : {}),
    ports,
    outputShapes: ({ config, inputs }) => [shapeOf(config.keepdims, inputs)],
    build: ({ builder, config, inputs, masks }) =>
      inputs.slice(0, 1).map((x) => {
        const [mask] = masks;
        const y = mask === undefined ? pooled(builder, x, name) : builder.one("pool_steps", [x, mask], { function: name });
        return builder.reshape(y, [x.shape[0] ?? 1, ...shapeOf(config.keepdims, [x.shape.slice(1)])]);
      }),
    pytorch: ({ config }) => ({
      module: null,
      call: (_, [x = ""], [mask]) => {
        const keepdim = pythonBool(config.keepdims);
        return mask === undefined ? `${x}.${name === "maximum" ? "amax" : "mean"}(1, keepdim=${keepdim})` : masked(x, mask, keepdim);
      },
      weights: {},
    }),
    keras: ({ config }) => ({ className: kerasClass, config: { keepdims: config.keepdims } }),
    examples: [
      { name: "one number a channel", config: {}, inputs: [[5, 3]] },
      { name: "padded", config: {}, inputs: [[4, 3]], masked: [0] },
      { name: "axes kept", config: { keepdims: true }, inputs: [[4, 2]] },
    ],
  });
}

/** Over [height, width, channels]. */
export function globalPoolingOfPictures({ function: name, kerasClass, ...own }: GlobalPooling): LayerDefinition {
  const shapeOf = (keepdims: boolean, inputs: readonly Shape[]): Shape => outputShape(keepdims, inputs, 3, "[height, width, channels]");
  return defineLayer({
    ...own,
    group,
    schema,
    traits: { reads: "picture", ...(name === "average" ? { averagesGrid: 3 } : {}) },
    ports,
    outputShapes: ({ config, inputs }) => [shapeOf(config.keepdims, inputs)],
    build: ({ builder, config, inputs }) =>
      inputs
        .slice(0, 1)
        .map((x) => builder.reshape(pooled(builder, x, name), [x.shape[0] ?? 1, ...shapeOf(config.keepdims, [x.shape.slice(1)])])),
    pytorch: ({ config }) => ({
      module: null,
      call: (_, [x = ""]) => `${x}.${name === "maximum" ? "amax" : "mean"}((1, 2), keepdim=${pythonBool(config.keepdims)})`,
      weights: {},
    }),
    keras: ({ config }) => ({ className: kerasClass, config: { keepdims: config.keepdims } }),
    examples: [
      { name: "one number a channel", config: {}, inputs: [[3, 4, 2]] },
      { name: "axes kept", config: { keepdims: true }, inputs: [[2, 3, 5]] },
    ],
  });
}
