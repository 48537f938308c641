/** Inputs to be added, multiplied or joined that have different shapes. */
import type { Fix } from "../graph/problem.ts";
import { against, arrivalsOf } from "./arrivals.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { matchedInputs } from "./matched-inputs.ts";
import { mended, optionFix, skipped } from "./mend.ts";

export const shapesDiffer = defineCheck({
  code: "design.shapes_differ",
  run: (context) =>
    mended(context, "design.shapes_differ", () => {
      const ways = [otherAxis(context), ...matchedInputs(context)].filter((fix) => fix !== undefined);
      return ways.length > 0 ? ways : skipped(context);
    }),
});

/** Another axis along which they can be joined as they are. */
function otherAxis(context: CheckedDesign & CheckedNode): Fix | undefined {
  const field = context.definition.traits.axisField;
  const arrivals = arrivalsOf(context, context);
  if (field === undefined || arrivals === null || context.config === null) return undefined;
  const shapes = arrivals.map(({ shape }) => shape);
  const axes = [-1, ...(shapes[0] ?? []).map((_, axis) => axis + 1)];
  const axis = axes.find((one) => against(context, arrivals, shapes, { ...context.config, [field]: one }) === null);
  return axis === undefined ? undefined : optionFix(context, field, axis);
}
