/** What changed between two versions, in one line. */
import type { ChangeSummary } from "../../core/graph/change-summary.ts";
import type { Translate } from "../ui/texts.ts";

/** Names said one by one; of more the rest is counted. */
const MOST_NAMES = 3;

/** `added dense_2, changed conv_1 and 3 more, training options`; that nothing counts, where nothing does. */
export function changeWords(change: ChangeSummary, t: Translate): string {
  const named = (key: "change.added" | "change.removed" | "change.changed", names: readonly string[]): string[] => {
    if (names.length === 0) return [];
    const first = names.slice(0, MOST_NAMES).join(t("change.join"));
    const rest = names.length - MOST_NAMES;
    return [t(key, { names: rest > 0 ? t("change.more", { names: first, count: rest }) : first })];
  };
  const edges = change.edges_added + change.edges_removed;
  const parts = [
    ...named("change.added", change.added),
    ...named("change.removed", change.removed),
    ...named("change.changed", change.changed),
    ...(edges === 0 ? [] : [edges === 1 ? t("change.edges_one") : t("change.edges", { count: edges })]),
    ...(change.training ? [t("change.training")] : []),
    ...(change.data ? [t("change.data")] : []),
    ...(change.annotations ? [t("change.annotations")] : []),
    ...(change.notes ? [t("change.notes")] : []),
    ...(change.groups ? [t("change.groups")] : []),
    ...(change.direction ? [t("change.direction")] : []),
    ...(change.moved === 0 ? [] : [t("change.moved", { count: change.moved })]),
  ];
  return parts.length === 0 ? t("change.nothing") : parts.join(t("change.join"));
}
