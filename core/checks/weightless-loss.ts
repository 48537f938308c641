/** An output whose loss counts nothing: what only leads to it is not trained. */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedNode, defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

export const weightlessLoss = defineCheck({
  code: "design.weightless_loss",
  run: (context) => {
    if (weightWith(context, {}) !== 0) return [];
    const field = Object.keys(context.definition.schema).find(
      (name) => context.config?.[name] === 0 && weightWith(context, { [name]: 1 }) === 1,
    );
    const fix = field === undefined ? undefined : optionFix(context, field, 1);
    return [nodeProblem(context.node.id, "design.weightless_loss", { name: context.node.name }, "warning", fix)];
  },
});

function weightWith({ config, definition }: CheckedNode, change: Readonly<Record<string, number>>): number | undefined {
  return config === null ? undefined : definition.output?.({ ...config, ...change } as never).weight;
}
