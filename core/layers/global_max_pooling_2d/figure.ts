/** All places of a channel become one number. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[3, 3, 4]], values: "tokens" });
