/** Fewer vectors than there are indices: an index without a vector stops the training. */
import type { StepDocument } from "../graph/document.ts";
import { nodeProblem } from "../graph/problem.ts";
import { stepDefinitions } from "../steps/definitions.ts";
import { defineCheck } from "./check.ts";
import type { DataFacts } from "./data-facts.ts";
import { stepsOf } from "./feature-steps.ts";
import { optionFix } from "./mend.ts";

export const smallVocabulary = defineCheck({
  code: "design.small_vocabulary",
  run: (context) => {
    const field = context.definition.traits.indexCountField;
    const places = field === undefined ? undefined : context.config?.[field];
    if (field === undefined || typeof places !== "number") return [];
    const counts = stepsOf(context, context).map((step) => {
      const definition = stepDefinitions[step.type];
      if (definition?.numbersCategories === true) return categoriesOf(step, context.facts);
      const option = definition?.indexCountField;
      return option === undefined ? 0 : Number(step[option] ?? definition?.schema[option]?.default ?? 0);
    });
    const count = Math.max(0, ...counts);
    if (count <= places) return [];
    const fix = optionFix(context, field, count);
    return [nodeProblem(context.node.id, "design.small_vocabulary", { name: context.node.name, places, count }, "warning", fix)];
  },
});

/** Index 0 stands for missing and unknown ones. Rare categories that count as unknown too are not known beforehand: nothing is said then. */
function categoriesOf({ columns, min_rows }: StepDocument, facts: DataFacts | null): number {
  if (facts === null || (min_rows !== undefined && min_rows !== 1)) return 0;
  return Math.max(0, ...columns.map((name) => (facts.distinct.get(name) ?? -1) + 1));
}
