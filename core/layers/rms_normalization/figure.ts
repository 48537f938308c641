/** Four samples before and after, each by itself. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "strips", inputs: [[12]], samples: 4, values: "columns", along: "samples" });
