/** Its gates over the steps of a pulse. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "gates",
  inputs: [[10, 1]],
  values: "pulse",
  options: { units: 3, return_sequences: true, go_backwards: false, dropout: 0, recurrent_dropout: 0 },
  parts: ["update", "reset", "candidate"],
});
