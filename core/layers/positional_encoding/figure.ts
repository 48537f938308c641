/** A sequence that is silent for the most part: what comes out tells its steps apart. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[8, 6]], values: "pulse", options: { scale: false } });
