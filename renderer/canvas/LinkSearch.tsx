/** The other half of connecting: which port of a group is meant, what a layer takes its input from, and which of its connections is given up. */
import { useMemo } from "react";
import { canConnect } from "../../core/graph/connect.ts";
import { Wiring } from "../../core/graph/wiring.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { errorText } from "../ui/error-text.ts";
import { formatShape } from "../ui/format.ts";
import { afterClosing } from "../ui/Menu.tsx";
import { type PickItem, PickList } from "../ui/PickList.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { closeSearch, type Search } from "./canvas-state.ts";
import { attempt } from "./edits.ts";
import { openAtPort } from "./link-acts.ts";
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
  const items = useMemo((): readonly PickItem[] => {
    if (design === null || propagation === null || target === undefined) return [];
    const every = layerDefinition(target.type)?.ports.inputs ?? [];
    const inputs = search.port === null ? every : every.filter(({ name }) => name === search.port);
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
  }, [all, design, propagation, target, search.port, language]);
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

/** The connections of the layer, or those that cross the border of the group, those that come in first. */
export function DisconnectSearch({ search }: { search: SearchFor<"disconnect"> }) {
  const t = useText();
  const graph = useDocument((state) => state.design?.graph);
  const all = useNodeItems();
  const items = useMemo((): readonly PickItem[] => {
    const ids = new Set(search.nodes);
    const own = (graph?.edges ?? []).filter(({ source, target }) => ids.has(source) !== ids.has(target));
    const labelOf = (id: string): string => all.find(({ key }) => key === id)?.label ?? id;
    return own
      .sort((a, b) => Number(ids.has(a.source)) - Number(ids.has(b.source)))
      .map((edge): PickItem => {
        const label = `${labelOf(edge.source)} → ${labelOf(edge.target)}`;
        return { key: edge.id, label, note: t(ids.has(edge.target) ? "canvas.link_in" : "canvas.link_out") };
      });
  }, [graph, all, search.nodes, t]);
  const name = search.name ?? all.find(({ key }) => key === search.nodes[0])?.label ?? "";
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
