/** Two inputs, number by number. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "sources",
  inputs: [
    [3, 4],
    [3, 4],
  ],
  values: "tokens",
});
