/** A part of an axis that goes past its end: from the start, or as many as are there. */

import { defineCheck } from "./check.ts";
import { mended } from "./mend.ts";

export const sliceOutOfRange = defineCheck({
  code: "design.slice_out_of_range",
  run: (context) =>
    mended(context, "design.slice_out_of_range", ({ length, start }) => {
      const fields = context.definition.traits.sliceFields;
      if (fields === undefined) return undefined;
      const from = Number(start) < Number(length) ? Number(start) : 0;
      return {
        code: "fix.set_option",
        params: { name: context.node.name, option: fields.size, value: Number(length) - from },
        commands: [{ type: "set_config", id: context.node.id, config: { [fields.start]: from, [fields.size]: Number(length) - from } }],
      };
    }),
});
