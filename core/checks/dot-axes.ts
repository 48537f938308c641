/** Axes that are summed over and are not equally long. */

import { defineCheck } from "./check.ts";
import { matchedInputs } from "./matched-inputs.ts";
import { mended } from "./mend.ts";

export const dotAxes = defineCheck({
  code: "design.dot_axes_differ",
  run: (context) => mended(context, "design.dot_axes_differ", () => matchedInputs(context)),
});
