/** Seven steps of three numbers, three of them padding, and what an average behind the layer makes of those that are left. */
import { defineFigure } from "../figure.ts";

export default defineFigure({ kind: "kept", inputs: [[7, 3]], values: "tokens", paddedWith: "mask_value" });
