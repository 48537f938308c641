/** Rows become columns. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[3, 4]], values: "wave" });
