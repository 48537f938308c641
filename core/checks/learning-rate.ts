/** A learning rate a hundred times the optimizer's default or more, or below a hundredth of it: usually a slip of the finger. */
import { designProblem } from "../graph/problem.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { defineCheck } from "./check.ts";

const FAR = 100;

export const learningRate = defineCheck({
  code: "design.learning_rate_far_off",
  runDesign: ({ design }) => {
    const { optimizer } = design.train;
    if (optimizer === null || typeof optimizer !== "object" || Array.isArray(optimizer)) return [];
    const options = optimizer as Readonly<Record<string, unknown>>;
    const { type = "adam", learning_rate: rate } = options;
    const definition = typeof type === "string" ? optimizerDefinitions[type] : undefined;
    const usual = definition?.findsOwnScale === true ? undefined : definition?.schema["learning_rate"]?.default;
    if (typeof rate !== "number" || typeof usual !== "number" || (rate < usual * FAR && rate >= usual / FAR)) return [];
    const fix = {
      code: "fix.set_learning_rate",
      params: { usual },
      commands: [{ type: "set_training" as const, patch: { optimizer: { ...options, learning_rate: usual } } }],
    };
    return [designProblem("design.learning_rate_far_off", { rate, usual, optimizer: String(type) }, "warning", fix)];
  },
});
