/** Repeat vector: one vector n times, as a sequence [n, features] (Keras's RepeatVector). */
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "repeat_vector",
  group: "reshaping",
  icon: "⋮",
  schema: { n: int({ default: 2, min: 1, max: 100_000 }) },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.n}×`,
  outputShapes: ({ config, inputs }) => [[config.n, ...requireRank(inputs, 1, "[features]")]],
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const [N = 1, features = 1] = x.shape;
      return builder.one("repeat", [builder.reshape(x, [N, 1, features])], { axis: 1, times: config.n });
    }),
  pytorch: ({ config }) => ({ module: null, call: (_, [x = ""]) => `${x}.unsqueeze(1).repeat(1, ${config.n}, 1)`, weights: {} }),
  keras: ({ config }) => ({ className: "RepeatVector", config: { n: config.n } }),
  examples: [
    { name: "three times", config: { n: 3 }, inputs: [[4]] },
    { name: "once", config: { n: 1 }, inputs: [[5]] },
  ],
});
