/** An output whose target is an input: that input must be there and of the same size. */
import { nodeProblem } from "../graph/problem.ts";
import { sizeOf } from "../ir/tensor.ts";
import { defineCheck } from "./check.ts";
import { setUnits } from "./mend.ts";
import { outputFacts, ownWidthSource } from "./walk.ts";
import { targetInputs } from "./wanted-size.ts";

export const targetInput = defineCheck({
  code: "design.target_input_missing",
  run: (context) => {
    const name = outputFacts(context)?.targetInput;
    if (name === undefined || name === null) return [];
    const inputs = targetInputs(context);
    const target = inputs.find(({ node }) => node.name === name);
    if (target === undefined)
      return [
        nodeProblem(context.node.id, "design.target_input_missing", { name, known: inputs.map(({ node }) => node.name).join(", ") || "–" }),
      ];
    const wanted = target.result.outputs?.[0];
    const [given] = context.result.inputs;
    if (wanted === undefined || given === undefined || sizeOf(wanted) === sizeOf(given)) return [];
    const source = ownWidthSource(context, context);
    const command = source === null || source.result.outputs?.[0]?.length !== 1 ? null : setUnits(source, sizeOf(wanted));
    const fix =
      command === null || source === null
        ? undefined
        : { code: "fix.set_units", params: { name: source.node.name, units: sizeOf(wanted) }, commands: [command] };
    return [
      nodeProblem(context.node.id, "design.target_input_size", { name, expected: sizeOf(wanted), received: sizeOf(given) }, "error", fix),
    ];
  },
});
