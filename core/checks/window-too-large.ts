/** A window that does not fit into what is left of the picture: with padding it does. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

const PADDED = "same";

export const windowTooLarge = defineCheck({
  code: "design.window_too_large",
  run: (context) => {
    const found = context.result.problems.find((problem) => problem.error.code === "design.window_too_large");
    if (found === undefined) return [];
    const field = Object.entries(context.definition.schema).find(([, one]) => one.kind === "choice" && one.values.includes(PADDED))?.[0];
    const fix = field === undefined ? undefined : optionFix(context, field, PADDED);
    return [nodeProblem(context.node.id, found.error.code, found.error.params, "error", fix)];
  },
});
