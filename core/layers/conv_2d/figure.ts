/** Slides its window over a small picture. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "window",
  inputs: [[7, 7, 1]],
  values: "picture",
  options: { filters: 1, groups: 1, activation: "linear" },
});
