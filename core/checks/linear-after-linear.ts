/** Two linear layers with nothing bent between them can do no more than one. */
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { setActivation, skipped, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf, fed, isIdentity } from "./walk.ts";

export const linearAfterLinear = defineCheck({
  code: "design.linear_after_linear",
  run: (context) => {
    const activation = activationOf(context);
    if (context.definition.traits.linear !== true || activation === null || !isIdentity(activation)) return [];
    const next = nextLinear(context, context);
    if (next === null) return [];
    const command = setActivation(context, USUAL_ACTIVATION);
    const fix =
      command === null
        ? undefined
        : { code: "fix.set_activation", params: { name: context.node.name, activation: USUAL_ACTIVATION }, commands: [command] };
    // One of the two does all that both do, where the other does not also bring grid and vector together.
    const [input] = context.result.inputs;
    const skip = input !== undefined && input.length === context.result.outputs?.[0]?.length ? skipped(context) : undefined;
    return [
      nodeProblem(context.node.id, "design.linear_after_linear", { name: context.node.name, next: next.node.name }, "warning", [fix, skip]),
    ];
  },
});

/** The linear layer that gets these values unbent; dropout and flattening between do not bend. */
function nextLinear(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  for (const next of fed(context, checked)) {
    const { traits } = next.definition;
    if (traits.linear === true) return next;
    const further = traits.trainingOnly === true || traits.flattens === true ? nextLinear(context, next) : null;
    if (further !== null) return further;
  }
  return null;
}
