/** Each pixel becomes a block. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[4, 4, 1]], values: "picture" });
