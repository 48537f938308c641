/** Windows that skip places and are spread too: one of the two. */

import { type CheckedNode, defineCheck } from "./check.ts";
import { listFix, mended, optionFix } from "./mend.ts";

export const strideWithDilation = defineCheck({
  code: "design.stride_with_dilation",
  run: (context) =>
    mended(context, "design.stride_with_dilation", () => {
      const { window } = context.definition.traits;
      return [window?.dilation, window?.strides].map((field) => (field === undefined ? undefined : onesFix(context, field)));
    }),
});

const onesFix = (context: CheckedNode, field: string) => {
  const now = context.config?.[field];
  return Array.isArray(now)
    ? listFix(
        context,
        field,
        now.map(() => 1),
      )
    : optionFix(context, field, 1);
};
