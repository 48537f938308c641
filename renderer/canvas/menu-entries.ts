/** What the menu at the pointer offers on the canvas. */
import { useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { afterClosing, type MenuEntry } from "../ui/Menu.tsx";
import type { Translate } from "../ui/texts.ts";
import { alignEntries, toggleSnap } from "./align-edits.ts";
import { addFrame, addNote } from "./annotation-edits.ts";
import { arrange, arrangeDown } from "./arrange.ts";
import { atMenuPlace, currentFlow } from "./canvas-state.ts";
import { chosenEdge, chosenGroup, groupToRename } from "./chosen.ts";
import { copyChosen, pasteAt } from "./clipboard-acts.ts";
import { duplicate } from "./copy-edits.ts";
import { deleteSelection, freePlace, toggleBypass, toggleFreeze } from "./edits.ts";
import { enteredGroup, enterGroup, leaveGroup } from "./entered-group.ts";
import { toggleCollapse } from "./group-edits.ts";
import { groupEntries } from "./group-entries.ts";
import { openAddBehind, openConnectSearch, openLinkSearch } from "./link-acts.ts";
import { searchPlace } from "./search-place.ts";
import { toggleShared } from "./share-edits.ts";
import { toggleWordsNow } from "./toggle-words.ts";
import { openAddSearch, openRepeat, openSaveBlock, renameChosen } from "./use-canvas-keys.ts";

export function menuEntries(t: Translate): readonly MenuEntry[] {
  const { design, selection } = useDocument.getState();
  const { snap } = useSession.getState();
  const count = selection.size;
  const inGroup = design?.graph.groups.some(({ node_ids }) => node_ids.some((id) => selection.has(id))) === true;
  const words = toggleWordsNow();
  const none = count === 0;
  const group = chosenGroup();
  const named = groupToRename();
  const asOne = count === 1 || (group?.collapsed === true && group.node_ids.length === count);
  const paste: MenuEntry = {
    label: t("keys.paste"),
    act: "paste",
    onSelect: atMenuPlace(() => pasteAt(currentFlow()?.screenToFlowPosition(searchPlace()) ?? freePlace())),
  };
  const drawing: readonly MenuEntry[] = [
    { label: t("keys.note"), act: "note", onSelect: afterClosing(atMenuPlace(addNote)) },
    { label: t("keys.frame"), act: "frame", onSelect: afterClosing(atMenuPlace(addFrame)) },
    "line",
    { label: t("keys.snap"), act: "snap", checked: snap, onSelect: toggleSnap },
    { label: t("keys.arrange"), act: "arrange", onSelect: arrange },
    { label: t("keys.arrange_down"), act: "arrangeDown", onSelect: arrangeDown },
  ];
  if (chosenEdge() !== null)
    return [
      { label: t("canvas.add_into"), act: "add", onSelect: afterClosing(atMenuPlace(() => openAddSearch())) },
      { label: t("act.disconnect"), act: "delete", danger: true, onSelect: () => deleteSelection() },
      "line",
      paste,
      "line",
      ...drawing,
    ];
  return [
    { label: t("keys.add"), act: "add", onSelect: afterClosing(atMenuPlace(() => openAddSearch())) },
    "line",
    { label: t("keys.add_behind"), act: "addBehind", disabled: none, onSelect: afterClosing(openAddBehind) },
    { label: t("keys.connect"), act: "connect", disabled: !asOne, onSelect: afterClosing(openConnectSearch) },
    { label: t("keys.connect_from"), act: "connectFrom", disabled: !asOne, onSelect: afterClosing(() => openLinkSearch("source")) },
    { label: t("keys.disconnect"), act: "disconnect", disabled: !asOne, onSelect: afterClosing(() => openLinkSearch("disconnect")) },
    {
      label: t(named === null ? "keys.rename" : "keys.rename_group"),
      act: "rename",
      disabled: !asOne && named === null,
      onSelect: afterClosing(renameChosen),
    },
    "line",
    { label: t("keys.copy"), act: "copy", disabled: none, onSelect: () => copyChosen(false) },
    { label: t("keys.cut"), act: "cut", disabled: none, onSelect: () => copyChosen(true) },
    paste,
    { label: t("keys.duplicate"), act: "duplicate", disabled: none, onSelect: duplicate },
    { label: t(words.bypass), act: "bypass", disabled: none, onSelect: toggleBypass },
    { label: t(words.freeze), act: "freeze", disabled: none, onSelect: () => toggleFreeze() },
    { label: t(words.share), act: "share", disabled: none, onSelect: () => toggleShared() },
    ...groupEntries(t, none),
    { label: t("keys.save_block"), act: "saveBlock", disabled: none, onSelect: afterClosing(openSaveBlock) },
    { label: t("keys.repeat"), act: "repeat", disabled: none, onSelect: afterClosing(openRepeat) },
    ...(group === null
      ? []
      : ([
          {
            label: t(group.collapsed ? "keys.expand_group" : "keys.collapse_group"),
            act: "collapse",
            onSelect: () => toggleCollapse(group.id),
          },
        ] as const)),
    enteredGroup() === null
      ? { label: t("keys.enter_group"), act: "enterGroup", disabled: !inGroup, onSelect: () => enterGroup() }
      : { label: t("keys.leave_group"), act: "leaveGroup", onSelect: leaveGroup },
    ...alignEntries(t),
    "line",
    ...drawing,
    { label: t("keys.delete"), act: "delete", danger: true, disabled: none, onSelect: () => deleteSelection() },
  ];
}
