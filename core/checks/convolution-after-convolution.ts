/** A convolution whose values go unbent into another one, or into a dense layer: the two are one convolution with a larger window. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationFix, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf, behindPassing, goesOnlyTo, isIdentity } from "./walk.ts";

export const convolutionAfterConvolution = defineCheck({
  code: "design.convolution_after_convolution",
  run: (context) => {
    const { window, unitsField } = context.definition.traits;
    // Without units of its own it is the first half of a separable convolution, which is meant so.
    if (window?.kind !== "convolution" || unitsField === undefined) return [];
    const activation = activationOf(context);
    if (activation === null || !isIdentity(activation)) return [];
    const next = behindPassing(
      context,
      context,
      ({ definition: { traits } }) => traits.window?.kind === "convolution" || traits.linear === true,
    );
    if (next === null) return [];
    const params = { name: context.node.name, next: next.node.name };
    const fix = goesOnlyTo(context, context, next.node.id) ? activationFix(context, USUAL_ACTIVATION) : undefined;
    return [nodeProblem(context.node.id, "design.convolution_after_convolution", params, "warning", fix)];
  },
});
