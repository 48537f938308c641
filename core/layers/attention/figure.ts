/** Which of five steps each of them looks at. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "attention",
  inputs: [
    [5, 4],
    [5, 4],
  ],
  values: "tokens",
  options: { dropout: 0 },
});
