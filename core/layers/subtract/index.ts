/** Subtract: the first of two inputs of one shape minus the second. */
import { defineMerging } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "subtract",
  icon: "−",
  texts,
  most: 2,
  merged: (builder, inputs) => builder.one("add", [...inputs.slice(0, 1), builder.one("scale", inputs.slice(1), { factor: -1 })]),
  pytorch: (inputs) => `(${inputs.join(" - ")})`,
  kerasClass: "Subtract",
  operation: true,
});
