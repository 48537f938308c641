/** A group's name as it is shown: its own, or in the language of the window where nobody has named it. */
import type { RunGroup } from "../../core/protocol/methods.ts";
import { automaticName } from "../../core/sweeps/automatic-name.ts";
import { formatCount } from "../ui/format.ts";
import type { Translate } from "../ui/texts.ts";

export function groupTitle({ name, plan }: Pick<RunGroup, "name" | "plan">, t: Translate): string {
  if (name !== automaticName(plan)) return name;
  switch (plan.kind) {
    case "folds":
      return t("groups.auto.folds", { count: formatCount(plan.folds) });
    case "seeds":
      return t("groups.auto.seeds", { count: formatCount(plan.seeds.length) });
    case "sweep":
      return t(`groups.auto.${plan.method}`);
    case "ensemble":
      return t("groups.auto.bags", { count: formatCount(plan.bags) });
    default:
      return plan satisfies never;
  }
}
