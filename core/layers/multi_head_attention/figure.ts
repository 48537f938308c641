/** Which of five steps each of them looks at, head by head. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "focus",
  inputs: [
    [5, 4],
    [5, 4],
  ],
  values: "tokens",
  options: { num_heads: 2, key_dim: 4, value_dim: null, units: null, dropout: 0 },
});
