/** Two inputs side by side. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "sources",
  inputs: [
    [2, 3],
    [2, 2],
  ],
  values: "tokens",
});
