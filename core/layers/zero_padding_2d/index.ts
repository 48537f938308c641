/** Zero padding of pictures [height, width, channels]: zeros around every sample (Keras's ZeroPadding2D). */
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Axis with the batch as 0, zeros before, zeros behind. */
const margins = (config: Config): readonly (readonly [number, number, number])[] => [
  [1, config.top, config.bottom],
  [2, config.left, config.right],
];
const margin = () => int({ default: 1, min: 0, max: 10_000 });

export default defineLayer({
  type: "zero_padding_2d",
  group: "reshaping",
  icon: "0+",
  schema: { top: margin(), bottom: margin(), left: margin(), right: margin() },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.top}, ${c.bottom}, ${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => {
    const result = [...requireRank(inputs, 3, "[height, width, channels]")];
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
    call: (_, [x = ""]) => `nn.functional.pad(${x}, (0, 0, ${config.left}, ${config.right}, ${config.top}, ${config.bottom}))`,
    weights: {},
  }),
  keras: ({ config }) => ({
    className: "ZeroPadding2D",
    config: {
      padding: [
        [config.top, config.bottom],
        [config.left, config.right],
      ],
    },
  }),
  fromKeras: {
    config: ({ padding: given }) => {
      const sides = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value, value]);
      const [rows, columns] = sides(given);
      const [top, bottom] = sides(rows);
      const [left, right] = sides(columns);
      return { top, bottom, left, right };
    },
  },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 5, 2]] },
    { name: "some sides", config: { top: 2, bottom: 0, left: 0, right: 3 }, inputs: [[4, 5, 2]] },
  ],
});
