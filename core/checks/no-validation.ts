/** Nothing held out: nothing will show when the network only learns its rows by heart. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { holdOut } from "./mend.ts";

export const noValidation = defineCheck({
  code: "design.no_validation",
  runDesign: ({ design }) => {
    const { data } = design;
    if (data === null || data.split.method !== "none") return [];
    return [designProblem("design.no_validation", {}, "warning", holdOut(design))];
  },
});
