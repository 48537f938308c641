/** Keys and values of other numbers of steps: without keys of their own the values are the keys. */

import { defineCheck } from "./check.ts";
import { mended } from "./mend.ts";
import { withoutOptional } from "./optional-inputs.ts";

export const attentionLengths = defineCheck({
  code: "design.attention_lengths_differ",
  run: (context) => mended(context, "design.attention_lengths_differ", () => withoutOptional(context, "design.attention_lengths_differ")),
});
