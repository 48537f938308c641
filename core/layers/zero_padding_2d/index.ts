/** Zero padding of pictures [height, width, channels]: zeros around every sample (Keras's ZeroPadding2D). */
import { defineLayer } from "../define-layer.ts";
import { ofPicture, padded, paddedInPyTorch, paddedShape } from "../edges.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

const { edges, toKeras, fromKeras } = ofPicture;

export default defineLayer({
  type: "zero_padding_2d",
  group: "reshaping",
  icon: "0+",
  schema: ofPicture.schema(1),
  texts,
  traits: { reads: "picture", movesEnds: { adds: true, fields: ofPicture.ends } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.top}, ${c.bottom}, ${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => [paddedShape(requireRank(inputs, 3, "[height, width, channels]"), edges(config))],
  build: ({ builder, config, inputs }) => inputs.slice(0, 1).map((x) => padded(builder, x, edges(config))),
  pytorch: ({ config }) => ({ module: null, call: (_, [x = ""]) => paddedInPyTorch(x, edges(config)), weights: {} }),
  keras: ({ config }) => ({ className: "ZeroPadding2D", config: { padding: toKeras(config) } }),
  fromKeras: { reads: ["padding"], config: ({ padding }) => fromKeras(padding) },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 5, 2]] },
    { name: "some sides", config: { top: 2, bottom: 0, left: 0, right: 3 }, inputs: [[4, 5, 2]] },
  ],
});
