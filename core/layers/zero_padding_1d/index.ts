/** Zero padding of sequences [steps, channels]: zeros around every sample (Keras's ZeroPadding1D). */
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly left: number;
  readonly right: number;
}

/** Axis with the batch as 0, zeros before, zeros behind. */
const margins = (config: Config): readonly (readonly [number, number, number])[] => [[1, config.left, config.right]];
const margin = () => int({ default: 1, min: 0, max: 10_000 });

export default defineLayer({
  type: "zero_padding_1d",
  group: "reshaping",
  icon: "0+",
  schema: { left: margin(), right: margin() },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => {
    const result = [...requireRank(inputs, 2, "[steps, channels]")];
    for (const [axis, before, behind] of margins(config)) result[axis - 1] = (result[axis - 1] ?? 0) + before + behind;
    return [result];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) =>
      margins(config).reduce((y, [axis, start, behind]) => {
        const size = y.shape[axis] ?? 0;
        return start + behind === 0 ? y : builder.one("slice_gradient", [y], { axis, start, size, full: start + size + behind });
      }, x),
    ),
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""]) => `nn.functional.pad(${x}, (0, 0, ${config.left}, ${config.right}))`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "ZeroPadding1D", config: { padding: [config.left, config.right] } }),
  fromKeras: {
    config: ({ padding: given }) => {
      const [left, right] = Array.isArray(given) ? given : [given, given];
      return { left, right };
    },
  },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 3]] },
    { name: "some sides", config: { left: 2, right: 0 }, inputs: [[4, 3]] },
  ],
});
