/** Each row of one input with each row of the other. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "sources",
  inputs: [
    [3, 4],
    [2, 4],
  ],
  values: "tokens",
});
