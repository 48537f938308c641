/** What the acts that go both ways would do with what is chosen now: menus say that, not both. */
import { groupToJoin, wholeGroup } from "../../core/graph/groups.ts";
import { isSharing } from "../../core/graph/sharing.ts";
import { useDocument } from "../state/document.ts";
import { freezable } from "./edits.ts";

export interface ToggleWords {
  readonly bypass: "keys.bypass" | "keys.unbypass";
  readonly freeze: "keys.freeze" | "keys.unfreeze";
  readonly share: "keys.share_together" | "keys.share_each";
  readonly group: "keys.group" | "keys.ungroup" | "keys.join_group";
}

export function toggleWordsNow(): ToggleWords {
  const { design, selection } = useDocument.getState();
  const { nodes, groups } = design?.graph ?? { nodes: [], groups: [] };
  const chosen = nodes.filter(({ id }) => selection.has(id));
  const ids = chosen.map(({ id }) => id);
  const grouped = new Set(ids);
  const group = groupToJoin(groups, grouped) === undefined ? "keys.group" : "keys.join_group";
  const weighted = design === null ? [] : freezable(chosen);
  const isBypassed = chosen.length > 0 && chosen.every(({ bypassed }) => bypassed);
  const isFrozen = weighted.length > 0 && weighted.every(({ frozen }) => frozen === true);
  return {
    bypass: isBypassed ? "keys.unbypass" : "keys.bypass",
    freeze: isFrozen ? "keys.unfreeze" : "keys.freeze",
    share: design !== null && isSharing(design, ids) ? "keys.share_each" : "keys.share_together",
    group: chosen.length > 0 && wholeGroup(groups, grouped) !== undefined ? "keys.ungroup" : group,
  };
}
