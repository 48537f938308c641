/** Takes the mean of each window of a short series. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "window", inputs: [[12, 1]], values: "wave" });
