/** The same numbers in other rows. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[3, 4]], values: "wave", options: { target_shape: [2, 6] } });
