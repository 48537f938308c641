/** Features of another number of nodes than the layer was told: they tell it themselves. */

import { defineCheck } from "./check.ts";
import { mended, optionFix } from "./mend.ts";

export const graphNodes = defineCheck({
  code: "design.graph_nodes_differ",
  run: (context) =>
    mended(context, "design.graph_nodes_differ", ({ received }) => {
      const field = context.definition.traits.nodeCountField;
      return field === undefined ? undefined : optionFix(context, field, received ?? 0);
    }),
});
