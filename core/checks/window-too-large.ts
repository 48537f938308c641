/** A window that does not fit into what is left of the picture: with padding it does. */
import { sharersTake } from "./behind-takes.ts";
import { PADDED, paddingField } from "./bridge.ts";
import { defineCheck } from "./check.ts";
import { mended, optionFix } from "./mend.ts";

export const windowTooLarge = defineCheck({
  code: "design.window_too_large",
  run: (context) =>
    mended(context, "design.window_too_large", () => {
      const field = paddingField(context.definition);
      return field === undefined || !sharersTake(context, context, { [field]: PADDED }) ? undefined : optionFix(context, field, PADDED);
    }),
});
