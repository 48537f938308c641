/** An axis that the inputs do not have: the last one is there always. */

import { defineCheck } from "./check.ts";
import { mended, optionFix } from "./mend.ts";

export const axisOutOfRange = defineCheck({
  code: "design.axis_out_of_range",
  run: (context) =>
    mended(context, "design.axis_out_of_range", () => {
      const field = context.definition.traits.axisField;
      return field === undefined ? undefined : optionFix(context, field, -1);
    }),
});
