/** The layers of the design as things to be picked from a list. */
import { useMemo } from "react";
import { layerDefinition } from "../../core/layers/registry.ts";
import { useDocument } from "../state/document.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import type { PickItem } from "../ui/PickList.tsx";
import { useLanguage, useText } from "../ui/texts.ts";

export function useNodeItems(): readonly PickItem[] {
  const language = useLanguage();
  const t = useText();
  const nodes = useDocument((state) => state.design?.graph.nodes);
  const groups = useDocument((state) => state.design?.graph.groups);
  return useMemo(() => {
    const folded = (groups ?? []).filter(({ collapsed }) => collapsed);
    const hiddenIn = new Map(folded.flatMap(({ node_ids, name }) => node_ids.map((id) => [id, name] as const)));
    return (nodes ?? []).map((node): PickItem => {
      const definition = layerDefinition(node.type);
      const label = definition?.texts[language].label ?? node.type;
      const group = hiddenIn.get(node.id);
      return {
        key: node.id,
        label: node.name,
        also: `${label} ${node.type}${group === undefined ? "" : ` ${group}`}`,
        note: group === undefined ? label : t("canvas.layer_in_group", { label, group }),
        mark: <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />,
      };
    });
  }, [nodes, groups, language, t]);
}
