/** Add: the sum of two or more inputs of one shape (skip connections). */
import { defineMerging } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "add",
  icon: "+",
  texts,
  merged: (builder, inputs) => builder.one("add", inputs),
  pytorch: (inputs) => `(${inputs.join(" + ")})`,
  kerasClass: "Add",
  operation: true,
});
