/** What can be done with the row of the list that is chosen: the acts of the canvas, by name and key. */
import { ungroupCommand } from "../../core/graph/groups.ts";
import { useCanvas } from "../canvas/canvas-state.ts";
import { duplicate } from "../canvas/copy-edits.ts";
import { attempt, deleteSelection, toggleBypass, toggleFreeze } from "../canvas/edits.ts";
import { enterGroup } from "../canvas/entered-group.ts";
import { toggleCollapse } from "../canvas/group-edits.ts";
import { groupEntries } from "../canvas/group-entries.ts";
import { openAddBehind, openConnectSearch, openLinkSearch } from "../canvas/link-acts.ts";
import { reorder } from "../canvas/rewire-edits.ts";
import { toggleShared } from "../canvas/share-edits.ts";
import { toggleWordsNow } from "../canvas/toggle-words.ts";
import { openRepeat, openSaveBlock } from "../canvas/use-canvas-keys.ts";
import { useDocument } from "../state/document.ts";
import { showInspectorTab } from "../state/view.ts";
import { actWords } from "../ui/act-words.ts";
import { afterClosing, type MenuEntry } from "../ui/Menu.tsx";
import type { Translate } from "../ui/texts.ts";
import type { ListRow } from "./list-rows.ts";
import { fixEntries } from "./row-fixes.ts";

export const rowEntries = (row: ListRow, t: Translate): readonly MenuEntry[] => [...fixEntries(row), ...actEntries(row, t)];

function actEntries(row: ListRow, t: Translate): readonly MenuEntry[] {
  const words = toggleWordsNow();
  const links: readonly MenuEntry[] = [
    { label: t("keys.connect_from"), act: "connectFrom", onSelect: afterClosing(() => openLinkSearch("source")) },
    { label: t("keys.connect"), act: "connect", onSelect: afterClosing(openConnectSearch) },
    { label: t("keys.disconnect"), act: "disconnect", onSelect: afterClosing(() => openLinkSearch("disconnect")) },
    { label: t("keys.add_behind"), act: "addBehind", onSelect: afterClosing(openAddBehind) },
  ];
  if (row.kind === "group")
    return [
      {
        label: t(row.group.collapsed ? "keys.expand_group" : "keys.collapse_group"),
        act: "collapse",
        onSelect: () => toggleCollapse(row.group.id),
      },
      { label: t("keys.enter_group"), act: "enterGroup", onSelect: () => enterGroup(row.group.id) },
      { label: t("keys.rename_group"), act: "rename", onSelect: afterClosing(() => useCanvas.setState({ renaming: row.id })) },
      ...(row.group.collapsed ? links : []),
      { label: t("keys.ungroup"), act: "group", onSelect: () => ungroup(row.group.id) },
      { label: t("keys.repeat"), act: "repeat", onSelect: afterClosing(openRepeat) },
      { label: t(words.bypass), act: "bypass", onSelect: toggleBypass },
      { label: t("keys.duplicate"), act: "duplicate", onSelect: duplicate },
      { label: t("keys.delete"), act: "delete", danger: true, onSelect: () => deleteSelection() },
    ];
  if (row.kind === "note")
    return [
      { label: t("annotation.edit"), act: "rename", onSelect: afterClosing(() => useCanvas.setState({ renaming: row.id })) },
      { label: t("keys.duplicate"), act: "duplicate", onSelect: duplicate },
      { label: t("keys.delete"), act: "delete", danger: true, onSelect: () => deleteSelection() },
    ];
  return [
    { label: t("list.open"), onSelect: afterClosing(openInInspector) },
    { label: t("keys.rename"), act: "rename", onSelect: afterClosing(() => useCanvas.setState({ renaming: row.node.id })) },
    "line",
    ...links,
    "line",
    { label: t("keys.move_earlier"), act: "moveEarlier", onSelect: () => reorder("earlier") },
    { label: t("keys.move_later"), act: "moveLater", onSelect: () => reorder("later") },
    { label: t(words.bypass), act: "bypass", onSelect: toggleBypass },
    { label: t(words.freeze), act: "freeze", onSelect: () => toggleFreeze() },
    { label: t(words.share), act: "share", onSelect: () => toggleShared() },
    { label: t("keys.duplicate"), act: "duplicate", onSelect: duplicate },
    ...groupEntries(t),
    { label: t("keys.save_block"), act: "saveBlock", onSelect: afterClosing(openSaveBlock) },
    { label: t("keys.repeat"), act: "repeat", onSelect: afterClosing(openRepeat) },
    "line",
    { label: t("keys.delete"), act: "delete", danger: true, onSelect: () => deleteSelection() },
  ];
}

function ungroup(id: string): void {
  const { design } = useDocument.getState();
  if (design !== null) attempt(() => ungroupCommand(design, id), actWords("act.ungroup"));
}

/** The focus goes to the first option of the chosen layer. */
export function openInInspector(): void {
  showInspectorTab("layer");
  requestAnimationFrame(() => {
    const panel = document.querySelector<HTMLElement>(".inspector [role=tabpanel]");
    const field = panel?.querySelector<HTMLElement>("input, select, textarea, button");
    (field ?? panel)?.focus();
  });
}
