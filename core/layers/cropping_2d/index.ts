/** Cropping of pictures [height, width, channels]: leaves out entries at the edges (Keras's Cropping2D). */
import { defineLayer } from "../define-layer.ts";
import { cropped, croppedInPyTorch, croppedShape, ofPicture } from "../edges.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

const { edges, toKeras, fromKeras } = ofPicture;

export default defineLayer({
  type: "cropping_2d",
  group: "reshaping",
  icon: "⌗",
  schema: ofPicture.schema(0),
  texts,
  traits: { reads: "picture", movesEnds: { adds: false, fields: ofPicture.ends } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.top}, ${c.bottom}, ${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => [croppedShape(requireRank(inputs, 3, "[height, width, channels]"), edges(config))],
  build: ({ builder, config, inputs }) => inputs.slice(0, 1).map((x) => cropped(builder, x, edges(config))),
  pytorch: ({ config, inputs }) => ({
    module: null,
    call: (_, [x = ""]) => croppedInPyTorch(x, inputs[0] ?? [], edges(config)),
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Cropping2D", config: { cropping: toKeras(config) } }),
  fromKeras: { reads: ["cropping"], config: ({ cropping }) => fromKeras(cropping) },
  examples: [
    { name: "one on every side", config: { top: 1, bottom: 1, left: 1, right: 1 }, inputs: [[4, 5, 2]] },
    { name: "some sides", config: { top: 1, bottom: 0, left: 0, right: 3 }, inputs: [[4, 5, 2]] },
  ],
});
