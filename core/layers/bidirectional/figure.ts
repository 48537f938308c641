/** One direction knows the steps before, the other those behind. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[4, 1]], values: "tokens", options: { units: 1, return_sequences: true } });
