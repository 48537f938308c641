/** More steps than have a place: places for all of them. */

import { defineCheck } from "./check.ts";
import { mended, optionFix } from "./mend.ts";

export const sequenceTooLong = defineCheck({
  code: "design.sequence_too_long",
  run: (context) =>
    mended(context, "design.sequence_too_long", ({ received }) => {
      const field = context.definition.traits.longestField;
      return field === undefined ? undefined : optionFix(context, field, received ?? 0);
    }),
});
