/** Cropping of sequences [steps, channels]: leaves out entries at the edges (Keras's Cropping1D). */
import { AppError } from "../../errors.ts";
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly left: number;
  readonly right: number;
}

/** Axis with the batch as 0, entries left out before, entries left out behind. */
const edges = (config: Config): readonly (readonly [number, number, number])[] => [[1, config.left, config.right]];
const edge = () => int({ default: 1, min: 0, max: 10_000 });

export default defineLayer({
  type: "cropping_1d",
  group: "reshaping",
  icon: "⌗",
  schema: { left: edge(), right: edge() },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.left}, ${c.right}`,
  outputShapes: ({ config, inputs }) => {
    const result = [...requireRank(inputs, 2, "[steps, channels]")];
    for (const [axis, before, behind] of edges(config)) {
      const size = result[axis - 1] ?? 0;
      if (before + behind >= size) throw new AppError("design.nothing_left", { axis, size, removed: before + behind });
      result[axis - 1] = size - before - behind;
    }
    return [result];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) =>
      edges(config).reduce((y, [axis, start, behind]) => {
        const size = (y.shape[axis] ?? 0) - start - behind;
        return start + behind === 0 ? y : builder.one("slice", [y], { axis, start, size });
      }, x),
    ),
  pytorch: ({ config, inputs }) => ({
    module: null,
    call: (_, [x = ""]) =>
      edges(config).reduce(
        (y, [axis, start, behind]) => `${y}.narrow(${axis}, ${start}, ${(inputs[0]?.[axis - 1] ?? 0) - start - behind})`,
        x,
      ),
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Cropping1D", config: { cropping: [config.left, config.right] } }),
  fromKeras: {
    config: ({ cropping: given }) => {
      const [left, right] = Array.isArray(given) ? given : [given, given];
      return { left, right };
    },
  },
  examples: [
    { name: "one on every side", config: {}, inputs: [[4, 3]] },
    { name: "some sides", config: { left: 2, right: 0 }, inputs: [[4, 3]] },
  ],
});
