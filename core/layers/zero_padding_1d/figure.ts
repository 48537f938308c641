/** Steps of zeros at both ends. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[4, 3]], values: "wave" });
