/** Slides its window over a short series. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "window",
  inputs: [[12, 1]],
  values: "wave",
  options: { filters: 1, groups: 1, activation: "linear" },
});
