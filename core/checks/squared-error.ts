/** Probabilities of classes under a squared error: the gradient fades where the network is wrong and sure of it. */
import { nodeDataOf } from "../graph/node-data.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationFix, NO_ACTIVATION, setLoss } from "./mend.ts";
import { comparesNumbers } from "./target-kind.ts";
import { activationOf, goesOnlyTo, lastActivation, outputFacts, sharesWeights } from "./walk.ts";

export const squaredError = defineCheck({
  code: "design.squared_error_of_probabilities",
  run: (context) => {
    const facts = outputFacts(context);
    const { data } = context.design;
    if (facts === null || facts.targetInput !== null || facts.loss.expects !== "values") return [];
    // Over numbers it is the activation that is wrong: limited-output says so.
    if (comparesNumbers(context, context, facts)) return [];
    const source = lastActivation(context, context);
    const activation = source === null ? null : activationOf(source);
    if (source === null || activation?.gives !== "row_probabilities") return [];
    const loss = "categorical_crossentropy";
    const width = context.result.inputs[0]?.at(-1);
    // Of one number softmax-of-one says what to do.
    if (width === 1) return [];
    const classes = data === null ? undefined : nodeDataOf(context.definition, context.node, data).classes;
    const command = classes === undefined || classes === width ? setLoss(context, loss) : null;
    const fix = command === null ? undefined : { code: "fix.set_loss", params: { name: context.node.name, loss }, commands: [command] };
    // Where nobody has counted classes, numbers may be meant after all.
    const isOwn = !sharesWeights(source) && goesOnlyTo(context, source, context.node.id);
    const plain = data?.class_count == null && isOwn ? activationFix(source, NO_ACTIVATION) : undefined;
    const params = { name: source.node.name, activation: activation.name, loss: facts.loss.name };
    return [nodeProblem(context.node.id, "design.squared_error_of_probabilities", params, "warning", [fix, plain])];
  },
});
