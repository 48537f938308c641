/** Steps at both ends are left out. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[7, 3]], values: "wave" });
