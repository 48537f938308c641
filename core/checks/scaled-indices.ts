/** Numbers that were scaled, taken as indices: they are no whole numbers any more. */
import { nodeProblem } from "../graph/problem.ts";
import { stepDefinitions } from "../steps/definitions.ts";
import { defineCheck } from "./check.ts";
import { stepsOf } from "./feature-steps.ts";

export const scaledIndices = defineCheck({
  code: "design.scaled_indices",
  run: (context) => {
    const { data } = context.design;
    if (context.definition.traits.indexCountField === undefined || data === null) return [];
    const scaled = new Set(
      stepsOf(context, context)
        .filter(({ type }) => stepDefinitions[type]?.scales === true)
        .flatMap(({ columns }) => columns),
    );
    if (scaled.size === 0) return [];
    const steps = data.steps
      .map((step) =>
        stepDefinitions[step.type]?.scales === true ? { ...step, columns: step.columns.filter((name) => !scaled.has(name)) } : step,
      )
      .filter(({ columns }, index) => columns.length > 0 || data.steps[index]?.columns.length === 0);
    const columns = [...scaled].join(", ");
    const fix = { code: "fix.do_not_scale", params: { columns }, commands: [{ type: "set_data" as const, data: { ...data, steps } }] };
    return [nodeProblem(context.node.id, "design.scaled_indices", { name: context.node.name, columns }, "warning", fix)];
  },
});
