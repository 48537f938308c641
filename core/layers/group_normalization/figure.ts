/** The channels of a group are brought to one mean and spread. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "sources", inputs: [[3, 4]], values: "columns", options: { groups: 2 } });
