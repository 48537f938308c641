/** The other half of connecting: what a layer takes its input from, and which of its connections is given up. */
import { useMemo } from "react";
import { canConnect } from "../../core/graph/connect.ts";
import { Wiring } from "../../core/graph/wiring.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { errorText } from "../ui/error-text.ts";
import { type PickItem, PickList } from "../ui/PickList.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { closeSearch, type Search } from "./canvas-state.ts";
import { attempt } from "./edits.ts";
import { useNodeItems } from "./node-items.tsx";
import { tryToConnect } from "./use-flow-changes.ts";

interface LinkSearchProps {
  search: Extract<Search, { kind: "source" | "disconnect" }>;
}

/** Every output, for every input of the layer; those that do not fit are shown with the reason. */
export function SourceSearch({ search }: LinkSearchProps) {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const propagation = useDocument((state) => state.propagation);
  const all = useNodeItems();
  const target = design?.graph.nodes.find(({ id }) => id === search.node);
  const items = useMemo((): readonly PickItem[] => {
    if (design === null || propagation === null || target === undefined) return [];
    const inputs = layerDefinition(target.type)?.ports.inputs ?? [];
    const wiring = new Wiring(design.graph);
    const itemOf = new Map(all.map((item) => [item.key, item]));
    const listed = design.graph.nodes.flatMap((source): PickItem[] => {
      const item = itemOf.get(source.id);
      const outputs = layerDefinition(source.type)?.ports.outputs ?? [];
      if (item === undefined || source.id === target.id) return [];
      return inputs.flatMap((input) =>
        outputs.map((output): PickItem => {
          const to = { node: target.id, port: input.name };
          const error = canConnect(design, propagation, { node: source.id, port: output.name }, to, { replace: true, wiring });
          const from = outputs.length === 1 ? item.label : `${item.label} · ${output.name}`;
          const label = inputs.length === 1 ? from : `${from} → ${input.name}`;
          const key = [source.id, output.name, input.name].join(" ");
          return { ...item, key, label, ...(error === null ? {} : { cannot: errorText(error, language) }) };
        }),
      );
    });
    return listed.sort((a, b) => Number(a.cannot !== undefined) - Number(b.cannot !== undefined));
  }, [all, design, propagation, target, language]);
  return (
    <PickList
      title={t("canvas.source_title", { name: target?.name ?? "" })}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={() => t("canvas.source_none")}
      onPick={(key) => {
        const [node = "", port = "", input = ""] = key.split(" ");
        tryToConnect({ node, port }, { node: search.node, port: input }, search.at);
      }}
      onClose={closeSearch}
    />
  );
}

/** The connections of the layer, those that come in first. */
export function DisconnectSearch({ search }: LinkSearchProps) {
  const t = useText();
  const graph = useDocument((state) => state.design?.graph);
  const all = useNodeItems();
  const items = useMemo((): readonly PickItem[] => {
    const own = (graph?.edges ?? []).filter(({ source, target }) => source === search.node || target === search.node);
    const labelOf = (id: string): string => all.find(({ key }) => key === id)?.label ?? id;
    return own
      .sort((a, b) => Number(a.source === search.node) - Number(b.source === search.node))
      .map((edge): PickItem => {
        const label = `${labelOf(edge.source)} → ${labelOf(edge.target)}`;
        return { key: edge.id, label, note: t(edge.target === search.node ? "canvas.link_in" : "canvas.link_out") };
      });
  }, [graph, all, search.node, t]);
  const name = all.find(({ key }) => key === search.node)?.label ?? "";
  return (
    <PickList
      title={t("canvas.disconnect_title", { name })}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={() => t("canvas.disconnect_none")}
      onPick={(id) => {
        const label = items.find(({ key }) => key === id)?.label ?? "";
        attempt(() => ({ type: "remove", node_ids: [], edge_ids: [id] }), actWords("act.disconnect_named", { name: label }));
      }}
      onClose={closeSearch}
    />
  );
}
