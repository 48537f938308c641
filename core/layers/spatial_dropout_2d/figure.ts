/** A picture with whole channels drawn to be zero, anew at every step. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "mask", inputs: [[2, 2, 8]], values: "wave", training: true });
