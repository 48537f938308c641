/** A state to begin from, or a mask, of another size than the layer has. */

import { defineCheck } from "./check.ts";
import { mended } from "./mend.ts";
import { broughtTo, withoutOptional } from "./optional-inputs.ts";

export const recurrentPort = defineCheck({
  code: "design.recurrent_port",
  run: (context) =>
    mended(context, "design.recurrent_port", ({ port, expected }) => [
      ...broughtTo(context, String(port), JSON.parse(String(expected))),
      ...withoutOptional(context, "design.recurrent_port"),
    ]),
});
