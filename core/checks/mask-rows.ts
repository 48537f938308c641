/** A mask that does not have a number for every row of the prediction. */

import { defineCheck } from "./check.ts";
import { mended } from "./mend.ts";
import { withoutOptional } from "./optional-inputs.ts";

export const maskRows = defineCheck({
  code: "design.mask_rows_differ",
  run: (context) => mended(context, "design.mask_rows_differ", () => withoutOptional(context, "design.mask_rows_differ")),
});
