/** Masking: steps whose features all equal `mask_value` are padding; layers behind it skip them (Keras's Masking). */
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "masking",
  group: "core",
  icon: "▒",
  schema: { mask_value: float({ default: 0, min: -1e9, max: 1e9 }) },
  texts,
  traits: { reads: "sequence", mask: "uses" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `= ${c.mask_value}`,
  outputShapes: ({ inputs }) => [requireRank(inputs, 2, "[steps, features]")],
  build: ({ builder, config, inputs, maskOutput }) =>
    inputs.slice(0, 1).map((x) => {
      const mask = builder.one("find_steps", [x], { value: config.mask_value });
      maskOutput(mask);
      // What is masked is zero, whatever the value was that said so.
      return builder.one("mask_steps", [x, mask], { zeros: "masked" });
    }),
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""]) => `${x} * (${x} != ${config.mask_value}).any(-1, keepdim=True)`,
    mask: ([x = ""]) => `(${x} != ${config.mask_value}).any(-1).to(${x}.dtype)`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Masking", config: { mask_value: config.mask_value } }),
  examples: [
    { name: "zeros", config: {}, inputs: [[4, 2]], indices: 2 },
    { name: "another value, one feature", config: { mask_value: 1 }, inputs: [[5, 1]], indices: 3 },
  ],
});
