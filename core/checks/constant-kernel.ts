/** Weights that all start from one number in a hidden layer: all its units learn the same (Goodfellow et al. 2016, 8.4). */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedNode, defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";
import { isHidden } from "./walk.ts";

const CONSTANT: readonly unknown[] = ["zeros", "ones", "constant"];
const INITIALIZER = /_initializer$/;

export const constantKernel = defineCheck({
  code: "design.constant_kernel",
  run: (context) => {
    const { unitsField } = context.definition.traits;
    const field = constantField(context);
    if (unitsField === undefined || field === null || Number(context.config?.[unitsField] ?? 1) < 2 || !isHidden(context, context))
      return [];
    const usual = context.definition.schema[field]?.default;
    const fix = optionFix(context, field, String(usual));
    const params = { name: context.node.name, option: field, value: String(context.config?.[field]) };
    return [nodeProblem(context.node.id, "design.constant_kernel", params, "warning", fix)];
  },
});

/** The option that makes weights constant which usually are random; offsets usually start from zero. */
function constantField({ config, definition }: CheckedNode): string | null {
  const found = Object.keys(definition.schema).find(
    (field) => INITIALIZER.test(field) && CONSTANT.includes(config?.[field]) && !CONSTANT.includes(definition.schema[field]?.default),
  );
  return found ?? null;
}
