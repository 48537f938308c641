/** Slides its window over one channel of a small picture. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "window",
  inputs: [[7, 7, 1]],
  values: "picture",
  options: { filters: 1, depth_multiplier: 1, activation: "linear" },
});
