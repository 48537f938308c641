/** One row again and again. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[5]], values: "wave" });
