/** Rows of a table with a number and a category, and the numbers that the network is given of each. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "rows", inputs: [], values: "line" });
