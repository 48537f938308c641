/** What a number adds to the loss, and how hard it is drawn towards 0. Both options are 0 at first, which adds nothing: an example then. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "penalty", inputs: [[1]], values: "line", example: { l1: 0.5, l2: 0.1 } });
