/** Groups that do not divide the channels: the most below that do. */
import { against, arrivalsOf } from "./arrivals.ts";
import { defineCheck } from "./check.ts";
import { mended, optionFix } from "./mend.ts";

export const groupsThatDivide = defineCheck({
  code: "design.groups_do_not_divide",
  run: (context) =>
    mended(context, "design.groups_do_not_divide", ({ option, groups, count }) => {
      const arrivals = arrivalsOf(context, context);
      if (arrivals === null || context.config === null) return undefined;
      const shapes = arrivals.map(({ shape }) => shape);
      for (let fewer = Math.min(Number(groups) - 1, Number(count)); fewer > 0; fewer--)
        if (against(context, arrivals, shapes, { ...context.config, [String(option)]: fewer }) !== "design.groups_do_not_divide")
          return optionFix(context, String(option), fewer);
      return undefined;
    }),
});
