/** Global max pooling of sequences [steps, channels]: the largest number of each channel over all steps (Keras's GlobalMaxPooling1D). */
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { bool } from "../../schema/fields.ts";
import { pythonBool } from "../convolution.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

function outputShape(keepdims: boolean, inputs: readonly Shape[]): Shape {
  const x = requireRank(inputs, 2, "[steps, channels]");
  const channels = x[1] ?? 0;
  return keepdims ? [1, channels] : [channels];
}

export default defineLayer({
  type: "global_max_pooling_1d",
  group: "pooling",
  icon: "GM1",
  schema: { keepdims: bool({ default: false, advanced: true }) },
  texts,
  traits: { mask: "uses" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ config, inputs }) => [outputShape(config.keepdims, inputs)],
  build: ({ builder, config, inputs, masks }) =>
    inputs.slice(0, 1).map((x) => {
      const [N = 1, channels = 1] = [x.shape[0], x.shape[2]];
      const pooled = outputShape(config.keepdims, [x.shape.slice(1)]);
      const [mask] = masks;
      // Padding does not count; a sample of nothing else gives zeros.
      if (mask !== undefined) return builder.reshape(builder.one("pool_steps", [x, mask], { function: "maximum" }), [N, ...pooled]);
      const positions = sizeOf(x.shape.slice(1, -1));
      const y = builder.one("pool2d", [builder.reshape(x, [N, 1, positions, channels])], {
        function: "maximum",
        size: [1, positions],
        strides: [1, 1],
        padding: [0, 0, 0, 0],
      });
      return builder.reshape(y, [N, ...pooled]);
    }),
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""], [mask]) =>
      mask === undefined
        ? `${x}.amax(1, keepdim=${pythonBool(config.keepdims)})`
        : `${x}.masked_fill(${mask}[..., None] == 0, -torch.inf).amax(1, keepdim=${pythonBool(config.keepdims)})`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "GlobalMaxPooling1D", config: { keepdims: config.keepdims } }),
  examples: [
    { name: "one number a channel", config: {}, inputs: [[5, 3]] },
    { name: "padded", config: {}, inputs: [[4, 3]], masked: [0] },
    { name: "axes kept", config: { keepdims: true }, inputs: [[4, 2]] },
  ],
});
