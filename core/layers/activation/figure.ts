/** The function over the numbers from −4 to 4, and its slope. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "curve", inputs: [[81]], values: "line" });
