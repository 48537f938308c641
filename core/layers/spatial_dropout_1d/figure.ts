/** A series with whole channels drawn to be zero, anew at every step. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "mask", inputs: [[5, 8]], values: "wave", training: true });
