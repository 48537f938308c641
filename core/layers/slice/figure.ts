/** A part of one axis is kept. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[3, 4]], values: "wave" });
