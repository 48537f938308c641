/** Zero padding of sequences [steps, channels]: zeros around every sample (Keras's ZeroPadding1D). */
import { defineLayer } from "../define-layer.ts";
import { ofSequence, padded, paddedInPyTorch, paddedShape } from "../edges.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

const { edges, toKeras, fromKeras } = ofSequence;

export default defineLayer({
  type: "zero_padding_1d",
  group: "reshaping",
  icon: "0+",
  schema: ofSequence.schema(1),
  texts,
  traits: { reads: "sequence", movesEnds: { adds: true, fields: ofSequence.ends } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => [paddedShape(requireRank(inputs, 2, "[steps, channels]"), edges(config))],
  build: ({ builder, config, inputs }) => inputs.slice(0, 1).map((x) => padded(builder, x, edges(config))),
  pytorch: ({ config }) => ({ module: null, call: (_, [x = ""]) => paddedInPyTorch(x, edges(config)), weights: {} }),
  keras: ({ config }) => ({ className: "ZeroPadding1D", config: { padding: toKeras(config) } }),
  fromKeras: { reads: ["padding"], config: ({ padding }) => fromKeras(padding) },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 3]] },
    { name: "some sides", config: { left: 2, right: 0 }, inputs: [[4, 3]] },
  ],
});
