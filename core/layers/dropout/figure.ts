/** Numbers with a share of them drawn to be zero, anew at every step. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "mask", inputs: [[4, 8]], values: "wave", training: true });
