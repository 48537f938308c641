/** Global average pooling of pictures [height, width, channels]: the mean of each channel over all pixels (Keras's GlobalAveragePooling2D). */
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { bool } from "../../schema/fields.ts";
import { pythonBool } from "../convolution.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

function outputShape(keepdims: boolean, inputs: readonly Shape[]): Shape {
  const x = requireRank(inputs, 3, "[height, width, channels]");
  const channels = x[2] ?? 0;
  return keepdims ? [1, 1, channels] : [channels];
}

export default defineLayer({
  type: "global_average_pooling_2d",
  group: "pooling",
  icon: "GA2",
  schema: { keepdims: bool({ default: false, advanced: true }) },
  texts,
  traits: { averagesGrid: 3 },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ config, inputs }) => [outputShape(config.keepdims, inputs)],
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const [N = 1, channels = 1] = [x.shape[0], x.shape[3]];
      const positions = sizeOf(x.shape.slice(1, -1));
      const y = builder.one("scale", [builder.one("sum_axis", [builder.reshape(x, [N, positions, channels])], { axis: 1 })], {
        factor: 1 / positions,
      });
      return builder.reshape(y, [N, ...outputShape(config.keepdims, [x.shape.slice(1)])]);
    }),
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""]) => `${x}.mean((1, 2), keepdim=${pythonBool(config.keepdims)})`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "GlobalAveragePooling2D", config: { keepdims: config.keepdims } }),
  examples: [
    { name: "one number a channel", config: {}, inputs: [[3, 4, 2]] },
    { name: "axes kept", config: { keepdims: true }, inputs: [[2, 3, 5]] },
  ],
});
