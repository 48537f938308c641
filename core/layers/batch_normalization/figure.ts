/** A batch of four columns before and after. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "strips", inputs: [[4]], samples: 12, values: "columns", training: true, along: "columns" });
