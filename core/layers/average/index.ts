/** Average: the mean of two or more inputs of one shape, number by number. */
import { defineMerging } from "../merging.ts";
import { texts } from "./texts.ts";

export default defineMerging({
  type: "average",
  icon: "x̄",
  texts,
  merged: (builder, inputs) => builder.one("scale", [builder.one("add", inputs)], { factor: 1 / inputs.length }),
  pytorch: (inputs) => `torch.stack([${inputs.join(", ")}]).mean(0)`,
  kerasClass: "Average",
});
