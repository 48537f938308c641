/** The loss over the prediction, beside what was to be predicted. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "loss", inputs: [[1]], values: "line" });
