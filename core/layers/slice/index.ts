/** Slice: a run of entries of one axis. */
import { AppError } from "../../errors.ts";
import type { Shape } from "../../ir/tensor.ts";
import { int, optionalInt } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { sampleAxis } from "../shapes.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly axis: number;
  readonly start: number;
  readonly size: number | null;
}

/** Axis within a sample and number of entries. */
function runOf({ axis, start, size }: Config, input: Shape): { axis: number; size: number } {
  const index = sampleAxis(axis, input.length);
  const length = input[index] ?? 0;
  const taken = size ?? length - start;
  if (taken < 1 || start + taken > length)
    throw new AppError("design.slice_out_of_range", { axis, length, start, end: start + Math.max(1, taken) });
  return { axis: index, size: taken };
}

export default defineLayer({
  type: "slice",
  group: "reshaping",
  icon: "✂",
  schema: {
    axis: int({ default: 1, min: -6, max: 6 }),
    start: int({ default: 0, min: 0, max: 16_777_216 }),
    size: optionalInt({ min: 1, max: 16_777_216 }),
  },
  texts,
  traits: { axisField: "axis", sliceFields: { start: "start", size: "size" } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.start}…${c.size === null ? "" : c.start + c.size - 1}`,
  outputShapes: ({ config, inputs }) => {
    const [x = []] = inputs;
    const { axis, size } = runOf(config, x);
    return [x.map((old, i) => (i === axis ? size : old))];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const { axis, size } = runOf(config, x.shape.slice(1));
      return builder.one("slice", [x], { axis: axis + 1, start: config.start, size });
    }),
  pytorch: ({ config, inputs }) => {
    const { axis, size } = runOf(config, inputs[0] ?? []);
    return { module: null, call: (_, [x = ""]) => `${x}.narrow(${axis + 1}, ${config.start}, ${size})`, weights: {} };
  },
  keras: ({ config, inputs }) => {
    const { axis, size } = runOf(config, inputs[0] ?? []);
    const before = ":, ".repeat(axis + 1);
    return { className: null, config: {}, call: (_, [x = ""]) => `${x}[${before}${config.start}:${config.start + size}]` };
  },
  examples: [
    { name: "the first two", config: { size: 2 }, inputs: [[5]] },
    { name: "the rest of the last axis", config: { axis: -1, start: 1 }, inputs: [[2, 4]] },
    { name: "the middle of three axes", config: { axis: 2, start: 1, size: 2 }, inputs: [[2, 4, 3]] },
  ],
});
