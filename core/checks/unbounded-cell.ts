/** A walk along a sequence whose activation has no upper end: what it remembers grows from step to step. */
import { isBounded } from "../activations/activation.ts";
import { activationDefinitions } from "../activations/definitions.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

export const unboundedCell = defineCheck({
  code: "design.unbounded_cell",
  run: (context) => {
    const field = context.definition.traits.cellActivationField;
    const name = field === undefined ? undefined : context.config?.[field];
    const activation = typeof name === "string" ? activationDefinitions[name] : undefined;
    if (field === undefined || activation === undefined || isBounded(activation)) return [];
    const usual = String(context.definition.schema[field]?.default);
    const fix = optionFix(context, field, usual);
    return [
      nodeProblem(
        context.node.id,
        "design.unbounded_cell",
        { name: context.node.name, activation: activation.name, usual_activation: usual },
        "warning",
        fix,
      ),
    ];
  },
});
