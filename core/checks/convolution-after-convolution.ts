/** A convolution whose values go unbent into another one, or into a dense layer: the two are one convolution with a larger window. */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { activationFix, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf, fed, isIdentity } from "./walk.ts";

export const convolutionAfterConvolution = defineCheck({
  code: "design.convolution_after_convolution",
  run: (context) => {
    const { window, unitsField } = context.definition.traits;
    // Without units of its own it is the first half of a separable convolution, which is meant so.
    if (window?.kind !== "convolution" || unitsField === undefined) return [];
    const activation = activationOf(context);
    if (activation === null || !isIdentity(activation)) return [];
    const next = nextUnbent(context, context);
    if (next === null) return [];
    const params = { name: context.node.name, next: next.node.name };
    const fix = activationFix(context, USUAL_ACTIVATION);
    return [nodeProblem(context.node.id, "design.convolution_after_convolution", params, "warning", fix)];
  },
});

function nextUnbent(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  for (const next of fed(context, checked)) {
    const { traits } = next.definition;
    if (traits.window?.kind === "convolution" || traits.linear === true) return next;
    const further = traits.trainingOnly === true || traits.flattens === true ? nextUnbent(context, next) : null;
    if (further !== null) return further;
  }
  return null;
}
