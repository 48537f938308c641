/** What menus offer of putting the chosen layers into a group and out of it. */
import type { MenuEntry } from "../ui/Menu.tsx";
import type { Translate } from "../ui/texts.ts";
import { enteredGroup } from "./entered-group.ts";
import { canTakeOut, takeOut, toggleGroup } from "./group-edits.ts";
import { toggleWordsNow } from "./toggle-words.ts";

/** From inside of a group layers are taken out of it; groups are made outside. @param disabled while nothing is chosen */
export function groupEntries(t: Translate, disabled = false): readonly MenuEntry[] {
  const takesOut: MenuEntry = { label: t("keys.take_out"), act: "takeOut", disabled, onSelect: takeOut };
  if (enteredGroup() !== null) return [takesOut];
  const group: MenuEntry = { label: t(toggleWordsNow().group), act: "group", disabled, onSelect: toggleGroup };
  return canTakeOut() ? [group, takesOut] : [group];
}
