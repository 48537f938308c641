/** Numbers with noise drawn anew at every step. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "mask", inputs: [[4, 8]], values: "wave", training: true });
