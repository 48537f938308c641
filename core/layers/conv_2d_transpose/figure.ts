/** Each pixel is spread over a window; windows overlap and add up. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "sources",
  inputs: [[3, 3, 1]],
  values: "picture",
  options: { filters: 1, kernel_size: [3, 3], strides: [2, 2] },
});
