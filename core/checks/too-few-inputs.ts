/** A layer that brings inputs together and gets one: without it the one goes on as it is. */

import { defineCheck } from "./check.ts";
import { mended, skipped } from "./mend.ts";

export const tooFewInputs = defineCheck({
  code: "design.too_few_inputs",
  run: (context) => mended(context, "design.too_few_inputs", () => skipped(context)),
});
