/** A rim of zeros around a picture. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[5, 5, 1]], values: "picture" });
