/** Maximum: the largest of two or more inputs of one shape, number by number; where two are equal each gets half of the gradient. */
import { defineMerging, oneByOne } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "maximum",
  icon: "max",
  texts,
  merged: (builder, inputs) => oneByOne(inputs, (chosen, x) => builder.one("extremum", [chosen, x], { function: "maximum" })),
  pytorch: (inputs) => inputs.reduce((chosen, x) => `torch.maximum(${chosen}, ${x})`),
  kerasClass: "Maximum",
  operation: true,
  fillsPadding: true,
});
