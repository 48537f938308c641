/** Cropping of sequences [steps, channels]: leaves out entries at the edges (Keras's Cropping1D). */
import { defineLayer } from "../define-layer.ts";
import { cropped, croppedInPyTorch, croppedShape, ofSequence } from "../edges.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

const { edges, toKeras, fromKeras } = ofSequence;

export default defineLayer({
  type: "cropping_1d",
  group: "reshaping",
  icon: "⌗",
  schema: ofSequence.schema(1),
  texts,
  traits: { reads: "sequence", movesEnds: { adds: false, fields: ofSequence.ends } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => [croppedShape(requireRank(inputs, 2, "[steps, channels]"), edges(config))],
  build: ({ builder, config, inputs }) => inputs.slice(0, 1).map((x) => cropped(builder, x, edges(config))),
  pytorch: ({ config, inputs }) => ({
    module: null,
    call: (_, [x = ""]) => croppedInPyTorch(x, inputs[0] ?? [], edges(config)),
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Cropping1D", config: { cropping: toKeras(config) } }),
  fromKeras: { reads: ["cropping"], config: ({ cropping }) => fromKeras(cropping) },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 3]] },
    { name: "some sides", config: { left: 2, right: 0 }, inputs: [[4, 3]] },
  ],
});
