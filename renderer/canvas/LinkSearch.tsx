/** The other half of connecting: which port of a group is meant, what a layer takes its input from, and which of its connections is given up. */
import { useMemo } from "react";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { formatShape } from "../ui/format.ts";
import { afterClosing } from "../ui/Menu.tsx";
import { type PickItem, PickList } from "../ui/PickList.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { closeSearch, type Search } from "./canvas-state.ts";
import { attempt } from "./edits.ts";
import { openAtPort } from "./link-acts.ts";
import { connectionNames, sourceItems } from "./link-items.ts";
import { useNodeItems } from "./node-items.tsx";
import { tryToConnect } from "./use-flow-changes.ts";

type SearchFor<Kind> = Extract<Search, { kind: Kind }>;

/** The ports that are drawn on a collapsed group, each as the layer that it is of and the shape there. */
export function PortSearch({ search }: { search: SearchFor<"port"> }) {
  const t = useText();
  const all = useNodeItems();
  const { ports, way, name } = search;
  const items = useMemo((): readonly PickItem[] => {
    const itemOf = new Map(all.map((item) => [item.key, item]));
    return ports.map((port): PickItem => {
      const shape = port.shape === null ? t("canvas.no_shape") : formatShape(port.shape);
      const { also, mark } = itemOf.get(port.node) ?? {};
      const known = { ...(also === undefined ? {} : { also }), ...(mark === undefined ? {} : { mark }) };
      return { ...known, key: port.id, label: `${port.name} · ${port.port}`, note: shape };
    });
  }, [all, ports, t]);
  return (
    <PickList
      title={t(way === "source" ? "canvas.which_input" : "canvas.which_output", { name })}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={() => t("canvas.which_none")}
      onPick={(key) => {
        const port = ports.find(({ id }) => id === key);
        // The focus goes back to where it was first, so that the next list knows where that is.
        if (port !== undefined) afterClosing(() => openAtPort(port, way))();
      }}
      onClose={closeSearch}
    />
  );
}

/** Every output, for every input of the layer; those that do not fit are shown with the reason. */
export function SourceSearch({ search }: { search: SearchFor<"source"> }) {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const propagation = useDocument((state) => state.propagation);
  const all = useNodeItems();
  const target = design?.graph.nodes.find(({ id }) => id === search.node);
  const items = useMemo(() => {
    if (design === null || propagation === null || target === undefined) return [];
    return sourceItems({ design, propagation, items: all, language }, target, search.port);
  }, [all, design, propagation, target, search.port, language]);
  return (
    <PickList
      title={t("canvas.source_title", { name: target?.name ?? "" })}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={() => t("canvas.source_none")}
      onPick={(key) => {
        const item = items.find((one) => one.key === key);
        if (item !== undefined) tryToConnect(item.from, item.to, search.at);
      }}
      onClose={closeSearch}
    />
  );
}

/** The connections of the layer, or those that cross the border of the group, those that come in first. */
export function DisconnectSearch({ search }: { search: SearchFor<"disconnect"> }) {
  const t = useText();
  const graph = useDocument((state) => state.design?.graph);
  const items = useMemo((): readonly PickItem[] => {
    if (graph === undefined) return [];
    const ids = new Set(search.nodes);
    const own = graph.edges.filter(({ source, target }) => ids.has(source) !== ids.has(target));
    const nameOf = connectionNames(graph);
    return own
      .sort((a, b) => Number(ids.has(a.source)) - Number(ids.has(b.source)))
      .map((edge): PickItem => {
        return { key: edge.id, label: nameOf(edge), note: t(ids.has(edge.target) ? "canvas.link_in" : "canvas.link_out") };
      });
  }, [graph, search.nodes, t]);
  const name = search.name ?? graph?.nodes.find(({ id }) => id === search.nodes[0])?.name ?? "";
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
