/** An order of axes that are not those of the input: those of it that there are, and the others behind. */

import { defineCheck } from "./check.ts";
import { listFix, mended } from "./mend.ts";

export const notAPermutation = defineCheck({
  code: "design.not_a_permutation",
  run: (context) =>
    mended(context, "design.not_a_permutation", ({ rank }) => {
      const field = context.definition.traits.orderField;
      const order = field === undefined ? undefined : context.config?.[field];
      if (field === undefined || !Array.isArray(order)) return undefined;
      const all = Array.from({ length: Number(rank) }, (_, axis) => axis + 1);
      return listFix(
        context,
        field,
        [...new Set([...order, ...all])].filter((axis) => all.includes(axis)),
      );
    }),
});
