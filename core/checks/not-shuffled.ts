/** Rows always in the order of the file: when it is sorted, every batch pulls into another direction. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { trainingOption } from "./training-options.ts";

export const notShuffled = defineCheck({
  code: "design.not_shuffled",
  runDesign: ({ design }) => {
    const { data } = design;
    if (trainingOption(design, "shuffle") !== false || data === null || data.window !== undefined || data.split.method === "time")
      return [];
    const commands = [{ type: "set_training" as const, patch: { shuffle: true } }];
    return [designProblem("design.not_shuffled", {}, "warning", { code: "fix.shuffle", params: {}, commands })];
  },
});
