/** More connections than the layer takes: the last ones are taken out. */

import { defineCheck } from "./check.ts";
import { disconnected, mended } from "./mend.ts";

export const tooManyInputs = defineCheck({
  code: "design.too_many_inputs",
  run: (context) =>
    mended(context, "design.too_many_inputs", ({ expected }) => {
      const more = context.incoming.slice(Number(expected));
      return disconnected(more, "fix.disconnect_last", { count: more.length, name: context.node.name });
    }),
});
