/** Takes the mean of each window of a small picture. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "window", inputs: [[8, 8, 1]], values: "picture" });
