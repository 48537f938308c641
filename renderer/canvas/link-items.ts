/** What a layer can be connected to, and what connections are called, in lists to pick from. */
import { canConnect } from "../../core/graph/connect.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import { Wiring } from "../../core/graph/wiring.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { errorText } from "../ui/error-text.ts";
import type { PickItem } from "../ui/PickList.tsx";

export interface LinkItem extends PickItem {
  readonly from: PortReference;
  readonly to: PortReference;
}

interface Drawn {
  readonly design: DesignDocument;
  readonly propagation: Propagation;
  /** Its layers, by their ids. */
  readonly items: readonly PickItem[];
  readonly language: Language;
}

const fittingFirst = (items: readonly LinkItem[]): readonly LinkItem[] =>
  items.toSorted((a, b) => Number(a.cannot !== undefined) - Number(b.cannot !== undefined));

/** Every input of another layer; those that cannot take the output come last, with the reason. */
export function targetItems({ design, propagation, items, language }: Drawn, from: PortReference): readonly LinkItem[] {
  const wiring = new Wiring(design.graph);
  const listed = items.flatMap((item): LinkItem[] => {
    const node = wiring.node(item.key);
    const ports = node === undefined ? [] : (layerDefinition(node.type)?.ports.inputs ?? []);
    if (node === undefined || node.id === from.node) return [];
    return ports.map((port): LinkItem => {
      const to = { node: node.id, port: port.name };
      const error = canConnect(design, propagation, from, to, { replace: true, wiring });
      const label = ports.length === 1 ? item.label : `${item.label} · ${port.name}`;
      const key = `${node.id} ${port.name}`;
      return { ...item, key, label, from, to, ...(error === null ? {} : { cannot: errorText(error, language) }) };
    });
  });
  return fittingFirst(listed);
}

/**
 * Every output of another layer, for every input; those that do not fit come last, with the reason.
 * @param port the one input that is meant, null: all of the layer
 */
export function sourceItems(
  { design, propagation, items, language }: Drawn,
  target: NodeDocument,
  port: string | null,
): readonly LinkItem[] {
  const every = layerDefinition(target.type)?.ports.inputs ?? [];
  const inputs = port === null ? every : every.filter(({ name }) => name === port);
  const wiring = new Wiring(design.graph);
  const itemOf = new Map(items.map((item) => [item.key, item]));
  const listed = design.graph.nodes.flatMap((source): LinkItem[] => {
    const item = itemOf.get(source.id);
    const outputs = layerDefinition(source.type)?.ports.outputs ?? [];
    if (item === undefined || source.id === target.id) return [];
    return inputs.flatMap((input) =>
      outputs.map((output): LinkItem => {
        const from = { node: source.id, port: output.name };
        const to = { node: target.id, port: input.name };
        const error = canConnect(design, propagation, from, to, { replace: true, wiring });
        const name = outputs.length === 1 ? item.label : `${item.label} · ${output.name}`;
        const label = inputs.length === 1 ? name : `${name} → ${input.name}`;
        const key = [source.id, output.name, input.name].join(" ");
        return { ...item, key, label, from, to, ...(error === null ? {} : { cannot: errorText(error, language) }) };
      }),
    );
  });
  return fittingFirst(listed);
}

/** What connections are called: by the layers at their ends, with the port where several of a layer are connected. */
export function connectionNames(graph: Pick<DesignDocument["graph"], "nodes" | "edges">): (edge: EdgeDocument) => string {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const [given, taken] = [portsBy(graph.edges, "source"), portsBy(graph.edges, "target")];
  const end = (id: string, port: string, ports: ReadonlyMap<string, ReadonlySet<string>>): string => {
    const name = names.get(id) ?? id;
    return (ports.get(id)?.size ?? 0) > 1 ? `${name} · ${port}` : name;
  };
  return ({ source, source_port, target, target_port }) => `${end(source, source_port, given)} → ${end(target, target_port, taken)}`;
}

/** Of each layer the ports at which connections begin, or end. */
function portsBy(edges: readonly EdgeDocument[], way: "source" | "target"): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const edge of edges) {
    const port = way === "source" ? edge.source_port : edge.target_port;
    found.set(edge[way], (found.get(edge[way]) ?? new Set()).add(port));
  }
  return found;
}
