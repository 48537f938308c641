/** Dropout behind dropout: the two are one with a higher rate. */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedNode, defineCheck } from "./check.ts";
import { skipped } from "./mend.ts";
import { feeder } from "./walk.ts";

export const dropoutTwice = defineCheck({
  code: "design.dropout_twice",
  run: (context) => {
    const before = feeder(context, context);
    const [first, second] = [before === null ? null : rateOf(before), rateOf(context)];
    if (before === null || first === null || second === null) return [];
    const percent = Math.round(100 * (1 - (1 - first) * (1 - second)));
    const params = { name: context.node.name, before: before.node.name, percent };
    return [nodeProblem(context.node.id, "design.dropout_twice", params, "warning", [skipped(context), skipped(before)])];
  },
});

function rateOf({ config, definition }: CheckedNode): number | null {
  const field = definition.traits.rateField;
  const rate = field === undefined ? undefined : config?.[field];
  return typeof rate === "number" ? rate : null;
}
