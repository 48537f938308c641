/** One class of several, asked as several independent questions: nothing makes the answers exclude each other. */
import { nodeDataOf } from "../graph/node-data.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationGiving, all, setActivation, setLoss } from "./mend.ts";
import { activationOf, lastActivation, outputFacts } from "./walk.ts";

export const binaryForClasses = defineCheck({
  code: "design.binary_loss_for_classes",
  run: (context) => {
    const facts = outputFacts(context);
    const { classes = 0 } = nodeDataOf(context.definition, context.node, context.design.data);
    if (facts?.loss.expects !== "each_probability" || facts.targetInput !== null || classes < 3) return [];
    const source = lastActivation(context, context);
    if (source === null || activationOf(source)?.gives !== "each_probability") return [];
    const commands = all(setActivation(source, activationGiving("row_probabilities")), setLoss(context, "categorical_crossentropy"));
    const fix = commands === null ? undefined : { code: "fix.softmax_and_categorical", params: { name: source.node.name }, commands };
    const params = { name: source.node.name, classes, loss: facts.loss.name };
    return [nodeProblem(context.node.id, "design.binary_loss_for_classes", params, "warning", fix)];
  },
});
