/** Queries that cannot be compared with keys: they have other numbers of channels. */

import { defineCheck } from "./check.ts";
import { matchedInputs } from "./matched-inputs.ts";
import { mended } from "./mend.ts";

export const attentionWidths = defineCheck({
  code: "design.attention_widths_differ",
  run: (context) => mended(context, "design.attention_widths_differ", () => matchedInputs(context)),
});
