/** Four numbers and the three sums that are made of them. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "weights", inputs: [[4]], values: "wave", options: { units: 3 } });
