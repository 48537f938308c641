/** Ends that are cut off and meet: nothing is cut off. */

import { defineCheck } from "./check.ts";
import { mended, skipped } from "./mend.ts";

export const nothingLeft = defineCheck({
  code: "design.nothing_left",
  run: (context) => mended(context, "design.nothing_left", () => skipped(context)),
});
