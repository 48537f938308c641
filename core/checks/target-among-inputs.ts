/** An input that takes the target column: the network would be told the answer. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { setOption } from "./mend.ts";

export const targetAmongInputs = defineCheck({
  code: "design.target_among_inputs",
  run: (context) => {
    const { config, definition, node } = context;
    const { data } = context.design;
    if (config === null || definition.input === undefined || data === null) return [];
    const { columns } = definition.input(config as never);
    const targets = new Set(data.columns.filter(({ role }) => role === "target").map(({ name }) => name));
    const leaking = columns.filter((name) => targets.has(name));
    if (leaking.length === 0) return [];
    const field = Object.keys(config).find((key) => config[key] === columns);
    const rest = columns.filter((name) => !targets.has(name));
    // An input that names no column takes all features: it would be of another size.
    const fix =
      field === undefined || rest.length === 0
        ? undefined
        : { code: "fix.leave_out", params: { columns: leaking.join(", ") }, commands: [setOption(context, field, rest)] };
    return [nodeProblem(node.id, "design.target_among_inputs", { name: node.name, columns: leaking.join(", ") }, "error", fix)];
  },
});
