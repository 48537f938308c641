/** Five indices and the vectors that are looked up for them. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "lookup", inputs: [[5]], values: "indices", options: { input_dim: 6, output_dim: 4 } });
