/** Two linear layers with nothing bent between them can do no more than one. */
import { nodeProblem } from "../graph/problem.ts";
import { behindTakes } from "./behind-takes.ts";
import { defineCheck } from "./check.ts";
import { setActivation, skipped, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf, behindPassing, goesOnlyTo, isIdentity } from "./walk.ts";

export const linearAfterLinear = defineCheck({
  code: "design.linear_after_linear",
  run: (context) => {
    const activation = activationOf(context);
    if (context.definition.traits.linear !== true || activation === null || !isIdentity(activation)) return [];
    // Dropout and flattening between do not bend.
    const next = behindPassing(context, context, ({ definition }) => definition.traits.linear === true);
    if (next === null) return [];
    // Another that reads it gets what it got.
    const isOwn = goesOnlyTo(context, context, next.node.id);
    const command = isOwn ? setActivation(context, USUAL_ACTIVATION) : null;
    const fix =
      command === null
        ? undefined
        : { code: "fix.set_activation", params: { name: context.node.name, activation: USUAL_ACTIVATION }, commands: [command] };
    // One of the two does all that both do, where the other does not also bring grid and vector together.
    const [input] = context.result.inputs;
    const skip =
      isOwn && input !== undefined && input.length === context.result.outputs?.[0]?.length && behindTakes(context, context, [input])
        ? skipped(context)
        : undefined;
    return [
      nodeProblem(context.node.id, "design.linear_after_linear", { name: context.node.name, next: next.node.name }, "warning", [fix, skip]),
    ];
  },
});
