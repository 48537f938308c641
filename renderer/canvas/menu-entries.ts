/** What the menu at the pointer offers on the canvas. */
import { useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import type { MenuEntry } from "../ui/Menu.tsx";
import type { Translate } from "../ui/texts.ts";
import { alignEntries, toggleSnap } from "./align-edits.ts";
import { addFrame, addNote } from "./annotation-edits.ts";
import { arrange, arrangeDown } from "./arrange.ts";
import { currentFlow, useCanvas } from "./canvas-state.ts";
import { copyChosen, pasteAt } from "./clipboard-acts.ts";
import { duplicate } from "./copy-edits.ts";
import { deleteSelection, freePlace, toggleBypass, toggleFreeze, toggleGroup } from "./edits.ts";
import { enterGroup } from "./entered-group.ts";
import { toggleShared } from "./share-edits.ts";
import { toggleWordsNow } from "./toggle-words.ts";
import { openAddBehind, openAddSearch, openConnectSearch, openRepeat, openSaveBlock, searchPlace } from "./use-canvas-keys.ts";

export function menuEntries(t: Translate): readonly MenuEntry[] {
  const { design, selection } = useDocument.getState();
  const { snap } = useSession.getState();
  const count = selection.size;
  const inGroup = design?.graph.groups.some(({ node_ids }) => node_ids.some((id) => selection.has(id))) === true;
  const words = toggleWordsNow();
  const none = count === 0;
  return [
    { label: t("keys.add"), act: "add", onSelect: () => setTimeout(() => openAddSearch()) },
    "line",
    { label: t("keys.add_behind"), act: "addBehind", disabled: none, onSelect: () => setTimeout(openAddBehind) },
    { label: t("keys.connect"), act: "connect", disabled: count !== 1, onSelect: () => setTimeout(openConnectSearch) },
    {
      label: t("keys.rename"),
      act: "rename",
      disabled: count !== 1,
      onSelect: () => setTimeout(() => useCanvas.setState({ renaming: [...useDocument.getState().selection][0] ?? null })),
    },
    "line",
    { label: t("keys.copy"), act: "copy", disabled: none, onSelect: () => copyChosen(false) },
    { label: t("keys.cut"), act: "cut", disabled: none, onSelect: () => copyChosen(true) },
    { label: t("keys.paste"), act: "paste", onSelect: () => pasteAt(currentFlow()?.screenToFlowPosition(searchPlace()) ?? freePlace()) },
    { label: t("keys.duplicate"), act: "duplicate", disabled: none, onSelect: duplicate },
    { label: t(words.bypass), act: "bypass", disabled: none, onSelect: toggleBypass },
    { label: t(words.freeze), act: "freeze", disabled: none, onSelect: () => toggleFreeze() },
    { label: t(words.share), act: "share", disabled: none, onSelect: () => toggleShared() },
    { label: t(words.group), act: "group", disabled: none, onSelect: toggleGroup },
    { label: t("keys.save_block"), act: "saveBlock", disabled: none, onSelect: () => setTimeout(openSaveBlock) },
    { label: t("keys.repeat"), act: "repeat", disabled: none, onSelect: () => setTimeout(openRepeat) },
    { label: t("keys.enter_group"), act: "enterGroup", disabled: !inGroup, onSelect: () => enterGroup() },
    ...alignEntries(t, count),
    "line",
    { label: t("keys.note"), act: "note", onSelect: () => setTimeout(addNote) },
    { label: t("keys.frame"), act: "frame", onSelect: () => setTimeout(addFrame) },
    "line",
    { label: t("keys.snap"), act: "snap", checked: snap, onSelect: toggleSnap },
    { label: t("keys.arrange"), act: "arrange", onSelect: arrange },
    { label: t("keys.arrange_down"), act: "arrangeDown", onSelect: arrangeDown },
    { label: t("keys.delete"), act: "delete", danger: true, disabled: none, onSelect: () => deleteSelection() },
  ];
}
