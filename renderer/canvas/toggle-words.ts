/** What the acts that go both ways would do with what is chosen now: menus say that, not both. */
import { isSharing } from "../../core/graph/sharing.ts";
import { useDocument } from "../state/document.ts";
import { freezable, wholeGroup } from "./edits.ts";

export interface ToggleWords {
  readonly bypass: "keys.bypass" | "keys.unbypass";
  readonly freeze: "keys.freeze" | "keys.unfreeze";
  readonly share: "keys.share_together" | "keys.share_each";
  readonly group: "keys.group" | "keys.ungroup";
}

export function toggleWordsNow(): ToggleWords {
  const { design, selection } = useDocument.getState();
  const { nodes, groups } = design?.graph ?? { nodes: [], groups: [] };
  const chosen = nodes.filter(({ id }) => selection.has(id));
  const ids = chosen.map(({ id }) => id);
  const weighted = design === null ? [] : freezable(chosen);
  const isBypassed = chosen.length > 0 && chosen.every(({ bypassed }) => bypassed);
  const isFrozen = weighted.length > 0 && weighted.every(({ frozen }) => frozen === true);
  return {
    bypass: isBypassed ? "keys.unbypass" : "keys.bypass",
    freeze: isFrozen ? "keys.unfreeze" : "keys.freeze",
    share: design !== null && isSharing(design, ids) ? "keys.share_each" : "keys.share_together",
    group: chosen.length > 0 && wholeGroup(groups, new Set(ids)) !== undefined ? "keys.ungroup" : "keys.group",
  };
}
