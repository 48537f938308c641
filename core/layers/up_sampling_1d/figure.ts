/** Each step twice. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[4, 3]], values: "wave" });
