/** Normalization over a batch of one row: the batch equals its mean, and everything comes out as the offset. */
import { nodeProblem } from "../graph/problem.ts";
import { takesAllRows } from "../spec/training.ts";
import { defineCheck } from "./check.ts";
import { optionsOf } from "./training-options.ts";

export const batchOfOne = defineCheck({
  code: "design.batch_of_one",
  run: (context) => {
    if (context.definition.traits.normalizes !== "batch" || context.design.train["batch_size"] !== 1) return [];
    if (takesAllRows(optionsOf(context.design, "optimizer")["type"])) return [];
    if (context.node.frozen === true) return [];
    // Over a grid there are other positions to take the mean of.
    if (context.result.inputs[0]?.length !== 1) return [];
    const fix = {
      code: "fix.set_batch_size",
      params: { size: 32 },
      commands: [{ type: "set_training" as const, patch: { batch_size: 32 } }],
    };
    return [nodeProblem(context.node.id, "design.batch_of_one", { name: context.node.name }, "warning", fix)];
  },
});
