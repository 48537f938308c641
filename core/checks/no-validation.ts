/** Nothing held out: nothing will show when the network only learns its rows by heart. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";

export const noValidation = defineCheck({
  code: "design.no_validation",
  runDesign: ({ design }) => {
    const { data } = design;
    if (data === null || data.split.method !== "none") return [];
    const method = data.class_count === null ? ("random" as const) : ("stratified" as const);
    const commands = [{ type: "set_data" as const, data: { ...data, split: { ...data.split, method } } }];
    const percent = Math.round(data.split.validation_fraction * 100);
    return [designProblem("design.no_validation", {}, "warning", { code: "fix.hold_out", params: { percent }, commands })];
  },
});
