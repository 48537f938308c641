/** A gate that decides over whole rows: the usual function, which decides number by number. */
import { defineCheck } from "./check.ts";
import { mended, resetFix } from "./mend.ts";

export const gateActivation = defineCheck({
  code: "design.gate_activation",
  run: (context) => mended(context, "design.gate_activation", ({ option }) => resetFix(context, String(option))),
});
