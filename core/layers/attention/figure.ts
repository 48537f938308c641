/** Which of five steps each of them looks at. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "focus",
  inputs: [
    [5, 4],
    [5, 4],
  ],
  values: "wave",
  options: { dropout: 0 },
});
