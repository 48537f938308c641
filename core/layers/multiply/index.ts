/** Multiply: the product of two or more inputs of one shape, number by number. */
import { defineMerging, oneByOne } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "multiply",
  icon: "×",
  texts,
  merged: (builder, inputs) => oneByOne(inputs, (product, x) => builder.one("multiply", [product, x])),
  pytorch: (inputs) => `(${inputs.join(" * ")})`,
  kerasClass: "Multiply",
  operation: true,
  fillsPadding: true,
});
