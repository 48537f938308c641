/** Steps longer than the window: positions between two windows are never looked at. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { setOption } from "./mend.ts";
import { listOf, windowOf } from "./windows.ts";

export const strideSkips = defineCheck({
  code: "design.stride_skips_positions",
  run: (context) => {
    const field = context.definition.traits.window?.strides;
    const window = windowOf(context);
    if (field === undefined || window === null) return [];
    // A window of one position with strides is the usual short cut around a block that makes the picture smaller.
    if (window.every(({ span }) => span === 1) || window.every(({ span, stride }) => stride <= span)) return [];
    const strides = window.map(({ span, stride }) => Math.min(span, stride));
    const value = Array.isArray(context.config?.[field]) ? strides : (strides[0] ?? 1);
    const fix = {
      code: "fix.set_option",
      params: { name: context.node.name, option: field, value: listOf(strides) },
      commands: [setOption(context, field, value)],
    };
    const spans = listOf(window.map(({ span }) => span));
    const params = { name: context.node.name, span: spans, strides: listOf(window.map(({ stride }) => stride)) };
    return [nodeProblem(context.node.id, "design.stride_skips_positions", params, "warning", fix)];
  },
});
