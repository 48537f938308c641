/** Minimum: the smallest of two or more inputs of one shape, number by number; where two are equal each gets half of the gradient. */
import { defineMerging, oneByOne } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "minimum",
  icon: "min",
  texts,
  merged: (builder, inputs) => oneByOne(inputs, (chosen, x) => builder.one("extremum", [chosen, x], { function: "minimum" })),
  pytorch: (inputs) => inputs.reduce((chosen, x) => `torch.minimum(${chosen}, ${x})`),
  kerasClass: "Minimum",
  operation: true,
  fillsPadding: true,
});
