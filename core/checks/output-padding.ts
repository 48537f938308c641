/** More output padding than strides leave room for: none, as from the start. */
import { defineCheck } from "./check.ts";
import { mended, resetFix } from "./mend.ts";

export const outputPadding = defineCheck({
  code: "design.output_padding_too_large",
  run: (context) => mended(context, "design.output_padding_too_large", ({ option }) => resetFix(context, String(option))),
});
