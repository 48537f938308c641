/** The ports of a group that is drawn as one: those of its layers that lead out of it, and those that nothing is joined to yet. */
import type { Shape } from "../ir/tensor.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { EdgeDocument, GraphDocument, GroupDocument, NodeDocument } from "./document.ts";
import type { LayerLookup, PortReference } from "./ports.ts";

export interface GroupPort extends PortReference {
  readonly id: string;
  /** Of the layer that it stands for. */
  readonly name: string;
  /** What comes or goes there; null while it is not known. */
  readonly shape: Shape | null;
}
export interface GroupPorts {
  readonly inputs: readonly GroupPort[];
  readonly outputs: readonly GroupPort[];
}

/** So many ports of one side that nothing is joined to are shown. */
const MOST_OPEN = 6;

/** Of one side: `outputs` are where connections begin. */
export const groupPortId = ({ node, port }: PortReference): string => `${node} ${port}`;

/** @param given the shapes that a layer gives, one a port; null while they are not known */
export function groupPorts(
  graph: GraphDocument,
  group: GroupDocument,
  given: (node: string) => readonly Shape[] | null,
  lookup: LayerLookup = layerDefinition,
): GroupPorts {
  const ids = new Set(group.node_ids);
  const members = graph.nodes.filter(({ id }) => ids.has(id));
  const [into, from] = [new Map<string, EdgeDocument[]>(), new Map<string, EdgeDocument[]>()];
  for (const edge of graph.edges) {
    if (ids.has(edge.target)) listed(into, edge.target).push(edge);
    if (ids.has(edge.source)) listed(from, edge.source).push(edge);
  }
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  const shapeFrom = ({ source, source_port }: EdgeDocument): Shape | null => {
    const place = lookup(types.get(source) ?? "")?.ports.outputs.findIndex(({ name }) => name === source_port) ?? -1;
    return given(source)?.[place] ?? null;
  };
  const inputs = members.flatMap((node) => {
    const edges = into.get(node.id) ?? [];
    const known = lookup(node.type)?.ports.inputs ?? named(edges.map(({ target_port }) => target_port));
    return known.flatMap(({ name, optional }): Found[] => {
      const here = edges.filter(({ target_port }) => target_port === name);
      const crossing = here.find(({ source }) => !ids.has(source));
      if (crossing === undefined && (here.length > 0 || optional === true)) return [];
      return [found(node, name, crossing === undefined ? null : shapeFrom(crossing), crossing !== undefined)];
    });
  });
  const outputs = members.flatMap((node) => {
    const edges = from.get(node.id) ?? [];
    const known = lookup(node.type)?.ports.outputs ?? named(edges.map(({ source_port }) => source_port));
    return known.flatMap(({ name }, place): Found[] => {
      const crosses = edges.some(({ source_port, target }) => source_port === name && !ids.has(target));
      // Of a layer that nothing takes from the first output stands for the others.
      if (!crosses && (edges.length > 0 || place > 0)) return [];
      return [found(node, name, given(node.id)?.[place] ?? null, crosses)];
    });
  });
  return { inputs: shown(inputs), outputs: shown(outputs) };
}

type Found = GroupPort & { readonly joined: boolean };

const found = (node: NodeDocument, port: string, shape: Shape | null, joined: boolean): Found => {
  const at = { node: node.id, port };
  return { id: groupPortId(at), ...at, name: node.name, shape, joined };
};

const named = (names: readonly string[]): readonly { readonly name: string; readonly optional?: boolean }[] =>
  [...new Set(names)].map((name) => ({ name }));

function shown(ports: readonly Found[]): readonly GroupPort[] {
  let open = 0;
  return ports.filter(({ joined }) => joined || ++open <= MOST_OPEN).map(({ joined: _joined, ...port }) => port);
}

function listed(map: Map<string, EdgeDocument[]>, id: string): EdgeDocument[] {
  const known = map.get(id) ?? [];
  map.set(id, known);
  return known;
}
