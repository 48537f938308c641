/** Looking ahead by a momentum of 0 is not looking ahead. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optimizerOption, optionsOf } from "./training-options.ts";

const USUAL = 0.9;

export const nesterovWithoutMomentum = defineCheck({
  code: "design.nesterov_without_momentum",
  runDesign: ({ design }) => {
    if (optimizerOption(design, "nesterov") !== true || optimizerOption(design, "momentum") !== 0) return [];
    const optimizer = { ...optionsOf(design, "optimizer"), momentum: USUAL };
    const commands = [{ type: "set_training" as const, patch: { optimizer } }];
    return [
      designProblem("design.nesterov_without_momentum", {}, "warning", { code: "fix.set_momentum", params: { momentum: USUAL }, commands }),
    ];
  },
});
