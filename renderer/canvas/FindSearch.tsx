/** Finds what is drawn by its name: layers, groups, notes and frames. */

import { useMemo } from "react";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { useDocument } from "../state/document.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { type PickItem, PickList } from "../ui/PickList.tsx";
import { useText } from "../ui/texts.ts";
import { annotationName } from "./AnnotationNode.tsx";
import { closeSearch, type Search } from "./canvas-state.ts";
import { useNodeItems } from "./node-items.tsx";
import { reveal, revealGroup, revealNote } from "./reveal.ts";

export function FindSearch({ search }: { search: Extract<Search, { kind: "find" }> }) {
  const t = useText();
  const layers = useNodeItems();
  const groups = useDocument((state) => state.design?.graph.groups);
  const notes = useDocument((state) => state.design?.graph.annotations);
  const items = useMemo(
    (): readonly PickItem[] => [
      ...layers,
      ...(groups ?? []).map(
        ({ id, name, node_ids }): PickItem => ({
          key: `${GROUP_PREFIX}${id}`,
          label: name,
          also: t("canvas.group_name"),
          note: t("list.group", { count: node_ids.length }),
          mark: <GroupMark group="unknown" icon="▣" />,
        }),
      ),
      ...(notes ?? []).map((note): PickItem => {
        const kind = t(note.kind === "frame" ? "list.frame" : "list.note");
        return {
          key: annotationKey(note.id),
          label: note.text.trim() === "" ? annotationName(note, t) : note.text.trim(),
          also: kind,
          note: kind,
          mark: <GroupMark group="unknown" icon={note.kind === "frame" ? "▢" : "✎"} />,
        };
      }),
    ],
    [layers, groups, notes, t],
  );
  const pick = (key: string): void => {
    const group = groups?.find(({ id }) => key === `${GROUP_PREFIX}${id}`);
    const note = notes?.find(({ id }) => key === annotationKey(id));
    if (group !== undefined) revealGroup(group);
    else if (note !== undefined) revealNote(note);
    else reveal(key);
  };
  return (
    <PickList
      title={t("canvas.find_title")}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={(text) => t("canvas.find_none", { text })}
      onPick={pick}
      onClose={closeSearch}
    />
  );
}
