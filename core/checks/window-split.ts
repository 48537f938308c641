/** Rows of a time series held out by chance: their neighbours in time are in the training rows, and the figures are too good. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";

export const windowSplit = defineCheck({
  code: "design.window_needs_time_split",
  runDesign: ({ design: { data } }) => {
    if (data?.window === undefined || data.split.method === "time" || data.split.method === "none") return [];
    const commands = [{ type: "set_data" as const, data: { ...data, split: { ...data.split, method: "time" as const } } }];
    const fix = { code: "fix.split_by_time", params: {}, commands };
    return [designProblem("design.window_needs_time_split", { method: data.split.method }, "error", fix)];
  },
});
