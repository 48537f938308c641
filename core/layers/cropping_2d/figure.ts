/** The rim of a picture is left out. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[6, 6, 1]], values: "picture" });
