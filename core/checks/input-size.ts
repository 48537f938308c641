/** An input whose shape the data do not fill: the window of a series has another length now, or pixels that never change were left out. */
import { withLeftOut } from "../graph/left-out-columns.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { listFix } from "./mend.ts";

export const inputSize = defineCheck({
  code: "design.input_shape_mismatch",
  run: (context) => {
    const found = context.result.problems.find((problem) => problem.error.code === "design.input_shape_mismatch");
    const shape = context.config === null ? null : (context.definition.input?.(context.config as never)?.shape ?? null);
    const { data } = context.design;
    if (found === undefined || shape === null || data === null) return [];
    const [size, received] = [Number(found.error.params["size"]), Number(found.error.params["received"])];
    const series = data.window === undefined ? null : [data.window.length, data.window.columns.length];
    const problem = (fix?: Parameters<typeof nodeProblem>[4]) => [
      nodeProblem(context.node.id, found.error.code, found.error.params, "error", fix),
    ];
    if (series !== null && shape.length === 2 && received === (series[0] as number) * (series[1] as number))
      return problem(listFix(context, "shape", series));
    const used = withLeftOut(data, size, received);
    if (used !== null)
      return problem({
        code: "fix.use_left_out",
        params: { count: used.columns.length, column: used.columns[0] ?? "" },
        commands: [{ type: "set_data", data: used.data }],
      });
    return shape.length === 1 ? problem(listFix(context, "shape", [received])) : problem();
  },
});
