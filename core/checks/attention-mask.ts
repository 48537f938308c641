/** A mask that does not have a number for every key. */

import { defineCheck } from "./check.ts";
import { mended } from "./mend.ts";
import { withoutOptional } from "./optional-inputs.ts";

export const attentionMask = defineCheck({
  code: "design.attention_mask_differs",
  run: (context) => mended(context, "design.attention_mask_differs", () => withoutOptional(context, "design.attention_mask_differs")),
});
