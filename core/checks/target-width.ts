/** Several target columns, or one of numbers, and another number of values from the network. */
import { nodeProblem } from "../graph/problem.ts";
import { sizeOf } from "../ir/tensor.ts";
import { defineCheck } from "./check.ts";
import { setUnits } from "./mend.ts";
import { outputFacts, ownWidthSource } from "./walk.ts";
import { targetColumns } from "./wanted-size.ts";

export const targetWidth = defineCheck({
  code: "design.target_width_mismatch",
  run: (context) => {
    const facts = outputFacts(context);
    const [input] = context.result.inputs;
    const columns = facts === null ? null : targetColumns(context, context, facts);
    if (input === undefined || columns === null || sizeOf(input) === columns) return [];
    const source = ownWidthSource(context, context);
    const command = source === null || source.result.outputs?.[0]?.length !== 1 ? null : setUnits(source, columns);
    const fix =
      command === null || source === null
        ? undefined
        : { code: "fix.set_units", params: { name: source.node.name, units: columns }, commands: [command] };
    return [nodeProblem(context.node.id, "design.target_width_mismatch", { columns, units: sizeOf(input) }, "error", fix)];
  },
});
