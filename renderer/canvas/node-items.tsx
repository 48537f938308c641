/** The layers of the design as things to be picked from a list. */
import { useMemo } from "react";
import { layerDefinition } from "../../core/layers/registry.ts";
import { useDocument } from "../state/document.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import type { PickItem } from "../ui/PickList.tsx";
import { useLanguage } from "../ui/texts.ts";

export function useNodeItems(): readonly PickItem[] {
  const language = useLanguage();
  const nodes = useDocument((state) => state.design?.graph.nodes);
  return useMemo(
    () =>
      (nodes ?? []).map((node): PickItem => {
        const definition = layerDefinition(node.type);
        const label = definition?.texts[language].label ?? node.type;
        return {
          key: node.id,
          label: node.name,
          also: `${label} ${node.type}`,
          note: label,
          mark: <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />,
        };
      }),
    [nodes, language],
  );
}
