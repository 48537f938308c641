/** All steps of a channel become one number. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[6, 4]], values: "tokens" });
